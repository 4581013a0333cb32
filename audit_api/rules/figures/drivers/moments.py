"""Sums of products of whole numbers, from which every correlation follows: exact, and they add up
and can be taken apart again."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from operator import add, mul, sub
from typing import NamedTuple

from audit_api.rules.figures.drivers.eigen import Matrix


class Moments(NamedTuple):
    """Of rows of whole numbers: how many there are, the sum of each column, and the sum of the
    products of each pair of columns, by the first and then the second."""

    n: int
    sums: tuple[int, ...]
    products: tuple[tuple[int, ...], ...]

    def less(self, other: Moments) -> Moments:
        """What is left without the rows of `other`."""
        return Moments(
            self.n - other.n,
            tuple(map(sub, self.sums, other.sums)),
            tuple(
                tuple(map(sub, mine, theirs))
                for mine, theirs in zip(self.products, other.products, strict=True)
            ),
        )

    def plus(self, other: Moments) -> Moments:
        """The rows of both."""
        return Moments(
            self.n + other.n,
            tuple(map(add, self.sums, other.sums)),
            tuple(
                tuple(map(add, mine, theirs))
                for mine, theirs in zip(self.products, other.products, strict=True)
            ),
        )

    def varies(self, column: int) -> bool:
        """Whether not all numbers of a column are alike."""
        return self._together(column, column) > 0

    def correlations(self) -> Matrix:
        """The correlation of each pair of columns; of one that does not vary, 0."""
        columns = range(len(self.sums))
        spreads = [sqrt(self._together(column, column)) for column in columns]
        return [
            [
                float(first == second)
                if first == second or not spreads[first] or not spreads[second]
                else self._together(first, second) / spreads[first] / spreads[second]
                for second in columns
            ]
            for first in columns
        ]

    def _together(self, first: int, second: int) -> int:
        """n² times the covariance, exactly: the subtraction is where floats would lose it."""
        return self.n * self.products[first][second] - self.sums[first] * self.sums[second]


def moments(rows: Sequence[Sequence[int]]) -> Moments:
    """Return the moments of rows of as many whole numbers each; there is at least one row."""
    columns = list(zip(*rows, strict=True))
    return Moments(
        len(rows),
        tuple(map(sum, columns)),
        tuple(tuple(sum(map(mul, one, other)) for other in columns) for one in columns),
    )

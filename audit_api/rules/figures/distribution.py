"""How measured values are spread: counted in classes, so that counts add up and can be taken back.

A least or a most could not be taken back when an audit ceases to count.  Classes can, and there
are few of them, whatever is measured.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from audit_api.rules.exact import half_up

DIGITS = 3
"""A class is as narrow as the third digit of its values: up to 999 every whole unit has its own
where values have no decimals."""


class Spread(NamedTuple):
    """`n` measured values, in thousandths: the mean is exact; the least, the middle one (the lower
    of two) and the most are the starts of their classes.  None where nothing was measured."""

    n: int
    mean: int | None
    least: int | None
    median: int | None
    most: int | None


def class_start(value: int, starts: Sequence[int]) -> int:
    """Return where a value's class starts: the value itself down to its first three digits, but no
    lower than the last of the ordered `starts` that it reaches, so that no class holds two bands.
    """
    step: int = 10 ** max(len(str(abs(value))) - DIGITS, 0)
    reached = bisect_right(starts, value)
    start = value // step * step
    return max(start, starts[reached - 1]) if reached else start


def spread(counts: Mapping[int, int], total: int) -> Spread:
    """Return how values are spread, from how many are in each class, and from their sum."""
    classes = sorted(start for start, count in counts.items() if count)
    n = sum(counts.values())
    if not n:
        return Spread(0, None, None, None, None)
    below = list(accumulate(counts[start] for start in classes))
    median = classes[bisect_right(below, (n - 1) // 2)]
    return Spread(n, half_up(total, n), classes[0], median, classes[-1])


def by_band(counts: Mapping[int, int], starts: Sequence[int]) -> list[int]:
    """Return how many values fall in each band; the first band also takes what is below it."""
    bands = [0] * len(starts)
    for start, count in counts.items():
        bands[max(bisect_right(starts, start) - 1, 0)] += count
    return bands

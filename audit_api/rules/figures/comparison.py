"""Whether two means differ by more than chance, and how to ask that of many sites at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple, TypeAlias

from audit_api.rules.figures.student import t_beyond

CHANCE = 0.05
"""Below this a difference is told as more than chance."""

Interval: TypeAlias = tuple[int | None, int | None]
"""The ends of an interval, None where there is none."""


class Sample(NamedTuple):
    """Scores by their number, their sum and the sum of their squares, all integers."""

    n: int
    total: int
    squares: int

    @property
    def mean(self) -> float:
        return self.total / self.n

    @property
    def variance_of_mean(self) -> float:
        """The variance of the mean: s²/n, from exact sums."""
        spread = self.n * self.squares - self.total * self.total
        return spread / (self.n * self.n * (self.n - 1))


def welch(one: Sample, other: Sample) -> float | None:
    """The probability of means at least so far apart, were the truth behind both the same.

    Welch's unequal variances t-test, two-sided (B. L. Welch, 1947).  None where a side has fewer
    than two scores, or neither side has any spread.
    """
    if one.n < 2 or other.n < 2:
        return None
    mine, theirs = one.variance_of_mean, other.variance_of_mean
    both = mine + theirs
    if both == 0:
        return None
    t = (one.mean - other.mean) / sqrt(both)
    degrees = both * both / (mine * mine / (one.n - 1) + theirs * theirs / (other.n - 1))
    return t_beyond(t, degrees)


def apart(one: Interval, other: Interval) -> bool:
    """Whether two 95 % intervals are known and do not meet, which chance hardly explains; of those
    that meet it says nothing."""
    (low, high), (least, most) = one, other
    if low is None or high is None or least is None or most is None:
        return False
    return high < least or most < low


def adjusted(probabilities: Sequence[float | None]) -> list[float | None]:
    """The probabilities as they count when many are asked at once; None stays None.

    One in twenty of those that are called more than chance at 5 % is expected to be chance
    (Y. Benjamini & Y. Hochberg, 1995).
    """
    known = sorted((p, place) for place, p in enumerate(probabilities) if p is not None)
    results: list[float | None] = [None] * len(probabilities)
    least = 1.0
    for rank, (p, place) in reversed(list(enumerate(known, start=1))):
        least = min(least, p * len(known) / rank)
        results[place] = least
    return results

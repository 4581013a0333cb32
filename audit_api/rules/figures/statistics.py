"""What many audits say together: means, intervals, changes, ranks.

Means are exact and rounded half up once, to hundredths of a percent; floats take part in the
width of intervals alone.  Intervals are at 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from math import floor, sqrt
from statistics import NormalDist
from typing import NamedTuple

from audit_api.rules.exact import half_up
from audit_api.rules.figures.student import t_quantile

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
FULL = 10_000
"""100 % in hundredths of a percent."""


class NoInterval(StrEnum):
    """Why a figure has no interval: it is of one value; all its values are alike, and a spread of
    nothing is no knowledge; or it is an index of several figures."""

    ONE = "one"
    ALIKE = "alike"
    INDEX = "index"


class Mean(NamedTuple):
    """The mean of `n` scores and its interval, in hundredths of a percent; None where unknown."""

    n: int
    mean: int | None
    low: int | None = None
    high: int | None = None


class Change(NamedTuple):
    """`points`: difference in hundredths of a percentage point; `relative`: the difference as
    hundredths of a percent of what was before, None where that is missing or zero."""

    points: int | None
    relative: int | None


def rounded(value: float) -> int:
    """The nearest whole hundredth to a float in hundredths, halves up."""
    return floor(value + 0.5)


def average(n: int, total: int) -> int | None:
    """The mean alone of n scores from their sum, in hundredths of a percent."""
    return half_up(total, n) if n else None


def mean(n: int, total: int, squares: int, bounds: tuple[int, int] = (0, FULL)) -> Mean:
    """The mean of n scores from their sum and the sum of their squares (hundredths of a percent).

    Interval: mean ± t(n−1)·s/√n, clamped to the bounds; none below two scores, or where all are
    alike.
    """
    # n(n−1)·s², exactly: the subtraction of two large sums is where floats would lose it.
    spread = n * squares - total * total
    if n < 2 or spread == 0:
        return Mean(n, average(n, total))
    half = _reach(n - 1) * sqrt(spread / (n - 1)) / n
    centre = total / n
    low, high = max(centre - half, bounds[0]), min(centre + half, bounds[1])
    return Mean(n, average(n, total), rounded(low), rounded(high))


def no_interval(n: int, low: int | None) -> NoInterval | None:
    """Why a figure of `n` values has no interval; None where it has one, or is of nothing."""
    if n == 0 or low is not None:
        return None
    return NoInterval.ONE if n == 1 else NoInterval.ALIKE


def change(now: int | None, before: int | None) -> Change:
    """From one period to the next (环比, 同比), both in hundredths of a percent."""
    if now is None or before is None:
        return Change(None, None)
    points = now - before
    return Change(points, half_up(points * FULL, abs(before)) if before else None)


def ranks(scores: Sequence[int | None]) -> list[int | None]:
    """Each score's rank, the highest first; ties share a rank (1, 2, 2, 4), None has none."""
    order = sorted((score for score in scores if score is not None), reverse=True)
    first: dict[int, int] = {}
    for place, score in enumerate(order, start=1):
        first.setdefault(score, place)
    return [None if score is None else first[score] for score in scores]


@lru_cache(maxsize=4096)
def _reach(degrees: int) -> float:
    """How many standard errors an interval reaches."""
    return t_quantile(1 - CONFIDENCE, degrees)

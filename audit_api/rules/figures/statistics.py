"""What many audits say together: means, intervals, changes, ranks.

Means are exact and rounded half up once, to hundredths of a percent; floats take part in the
width of intervals alone.  Intervals are at 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import cos, floor, pi, sin, sqrt
from statistics import NormalDist
from typing import NamedTuple

from audit_api.rules.exact import half_up

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
FULL = 10_000
"""100 % in hundredths of a percent."""


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

    Interval: mean ± t(n−1)·s/√n, clamped to the bounds; none below two scores.
    """
    if n < 2:
        return Mean(n, average(n, total))
    # n(n−1)·s², exactly: the subtraction of two large sums is where floats would lose it.
    spread = n * squares - total * total
    half = t_quantile(n - 1) * sqrt(spread / (n - 1)) / n
    centre = total / n
    low, high = max(centre - half, bounds[0]), min(centre + half, bounds[1])
    return Mean(n, average(n, total), rounded(low), rounded(high))


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


SERIES_UP_TO = 200
"""Degrees of freedom up to which the finite series is used; above, the expansion errs by less
than 1e-10."""


@lru_cache(maxsize=4096)
def t_quantile(degrees: int) -> float:
    """The 97.5 % quantile of Student's t: how many standard errors a 95 % interval reaches.

    Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 26.7.3–26.7.4 (finite
    series in the angle, solved by bisection) and 26.7.5 (expansion).
    """
    if degrees > SERIES_UP_TO:
        return _t_expansion(degrees)
    low, high = 0.0, pi / 2
    for _ in range(80):
        angle = (low + high) / 2
        if _t_inside(angle, degrees) < CONFIDENCE:
            low = angle
        else:
            high = angle
    return sqrt(degrees) * sin(high) / cos(high)


def _t_inside(angle: float, degrees: int) -> float:
    """The probability of |t| below √ν·tan(angle)."""
    term = cos(angle) if degrees % 2 else 1.0
    series = term if degrees > 1 else 0.0
    for step in range(3 if degrees % 2 else 2, degrees - 1, 2):
        term *= (step - 1) / step * cos(angle) ** 2
        series += term
    if degrees % 2:
        return 2 / pi * (angle + sin(angle) * series)
    return sin(angle) * series


def _t_expansion(degrees: int) -> float:
    z = Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(degrees) ** power for power, term in enumerate(terms, start=1))

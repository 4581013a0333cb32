"""Whether two means differ by more than chance, and how to ask that of many sites at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log, sqrt
from typing import NamedTuple

CHANCE = 0.05
"""Below this a difference is told as more than chance."""
_STEPS, _PRECISION, _TINY = 500, 1e-15, 1e-300


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
    than two scores, or neither side has any spread: nothing can be told then.
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


def t_beyond(t: float, degrees: float) -> float:
    """The probability that Student's t lies farther from 0 than `t`, on either side.

    I_x(ν/2, ½) with x = ν/(ν + t²) (Abramowitz & Stegun, 26.7.1 and 26.5.27).
    """
    return incomplete_beta(degrees / (degrees + t * t), degrees / 2, 0.5)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction.

    Source: NIST Digital Library of Mathematical Functions, 8.17.22, evaluated by Lentz's method;
    the symmetry 8.17.4 keeps it where it converges fast.
    """
    if x <= 0 or x >= 1:
        return float(x > 0)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = exp(a * log(x) + b * log(1 - x) + lgamma(a + b) - lgamma(a) - lgamma(b))
    return front * _continued(x, a, b) / a


def _continued(x: float, a: float, b: float) -> float:
    c, d = 1.0, _inverse(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = _inverse(1 + term * d)
            c = 1 + term / c or _TINY
            step = c * d
            value *= step
        if abs(step - 1) < _PRECISION:
            break
    return value


def _inverse(value: float) -> float:
    return 1 / (value or _TINY)


def adjusted(probabilities: Sequence[float | None]) -> list[float | None]:
    """The probabilities as they count when many are asked at once; None stays None.

    Of what is called more than chance at 5 %, one in twenty is expected to be chance after all
    (Y. Benjamini & Y. Hochberg, 1995).
    """
    known = sorted((p, place) for place, p in enumerate(probabilities) if p is not None)
    found: list[float | None] = [None] * len(probabilities)
    least = 1.0
    for rank, (p, place) in reversed(list(enumerate(known, start=1))):
        least = min(least, p * len(known) / rank)
        found[place] = least
    return found

"""Student's t: how likely it lies so far from 0, and how far from 0 it lies so likely.

The second is solved from the first, so that whoever tests a difference and whoever draws an
interval mean the same distribution.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

_STEPS, _PRECISION, _TINY = 500, 1e-15, 1e-300
_CLOSE = 1e-9
"""A step of Newton's method that is shorter than this is the last: the next one would be about as
long as its square."""
_STIRLING_FROM = 20
"""From here on Stirling's series is exact to the last digit that a float has."""


def t_beyond(t: float, degrees: float) -> float:
    """The probability that Student's t lies farther from 0 than `t`, on either side.

    I_x(ν/2, ½) with x = ν/(ν + t²) (Abramowitz & Stegun, 26.7.1 and 26.5.27).
    """
    square, whole = t * t, degrees + t * t
    return incomplete_beta(degrees / whole, square / whole, degrees / 2, 0.5)


def t_quantile(beyond: float, degrees: float) -> float:
    """The distance from 0 that Student's t exceeds, on either side, with the probability `beyond`:
    how many standard errors an interval reaches that misses so often.

    `beyond` is from 1e-100 to 1.  Newton's method, from the first term of an expansion
    around the normal quantile (Abramowitz & Stegun, 26.7.5).
    """
    z = -NormalDist().inv_cdf(beyond / 2)
    t = z + (z**3 + z) / (4 * degrees)
    # The probability falls ever more slowly as t grows, so that every step but the first leads
    # closer from the same side.
    while True:
        step = (t_beyond(t, degrees) - beyond) / (2 * _density(t, degrees))
        t += step
        if abs(step) <= _CLOSE * max(t, 1.0):
            return t


def _density(t: float, degrees: float) -> float:
    spread = (degrees + 1) / 2 * log1p(t * t / degrees)
    return exp(-_log_beta(degrees / 2, 0.5) - spread) / sqrt(degrees)


def incomplete_beta(x: float, rest: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for a and b above 0.

    `rest` is 1 − x, which is known exactly where x is too close to 1 to tell.  Gauss's continued
    fraction of F(1−b, 1; a+1; −x/rest) has no differences that eat digits (NIST Digital Library
    of Mathematical Functions, 8.17.8, 15.8.1 and 15.7.1); the symmetry 8.17.4 keeps it where it
    converges fast.
    """
    if x <= 0 or rest <= 0:
        return float(rest <= 0)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(rest, x, b, a)
    powers = a * _log(x, rest) + (b - 1) * _log(rest, x)
    return exp(powers - _log_beta(a, b)) / _continued(x / rest, a, b)


def _log(x: float, rest: float) -> float:
    return log(x) if x < rest else log1p(-rest)


def _log_beta(a: float, b: float) -> float:
    """ln B(a, b), without the difference of two large numbers (DLMF, 5.11.1)."""
    less, more = min(a, b), max(a, b)
    if more < _STIRLING_FROM:
        return lgamma(less) + lgamma(more) - lgamma(less + more)
    both = less + more
    powers = (more - 0.5) * log1p(less / more) + less * log(both) - less
    return lgamma(less) - powers + _stirling(more) - _stirling(both)


def _stirling(z: float) -> float:
    """What ln Γ(z) is beyond (z − ½) ln z − z + ½ ln 2π."""
    square = z * z
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / z


def _continued(odds: float, a: float, b: float) -> float:
    """The fraction a + u₁·odds/(a+1 + u₂·odds/(a+2 + …)), from the top down (Lentz's method)."""
    value = above = a
    below = 0.0
    for n in range(_STEPS):
        for u, term in (
            ((n + 1 - b) * (n + a), a + 2 * n + 1),
            ((n + 1) * (n + a + b), a + 2 * n + 2),
        ):
            below = 1 / (term + u * odds * below or _TINY)
            above = term + u * odds / above or _TINY
            value *= above * below
        if abs(above * below - 1) < _PRECISION:
            break
    return value

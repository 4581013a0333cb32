"""Exponential smoothing with additive errors: what a series' next values are, and how sure that is.

The models are ETS(A,N,N) (a level that wanders) and ETS(A,Ad,N) (a level and a trend that fades);
Hyndman, Koehler, Ord & Snyder, Forecasting with Exponential Smoothing (2008), chapters 2, 5 and 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf, log, sqrt

TRENDS_FADE = (0.8, 0.98)
"""The least and the most that is left of a trend a period later; outside, it is no trend or does
not fade (Hyndman et al., 2008, 2.3)."""
_STEPS = 10
"""Into how many steps each parameter is divided before the search narrows down."""
_FINE = 1e-6
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Smoothing:
    """The parameters of a model: how much of each error the level takes (`alpha`) and the trend
    (`beta`), and what is left of the trend a period later (`phi`).  Without a trend, beta and phi
    are 0."""

    alpha: float
    beta: float = 0.0
    phi: float = 0.0

    @property
    def has_trend(self) -> bool:
        return self.phi > 0


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model that was fitted to `n` values: its last state, the sum of its squared errors of one
    step, and how many numbers were estimated for it beside the variance."""

    smoothing: Smoothing
    n: int
    level: float
    trend: float
    squares: float
    estimated: int

    @property
    def aicc(self) -> float:
        """Akaike's criterion, corrected for short series: the smaller, the better (Hurvich & Tsai,
        1989).  Infinite where the series is too short for it."""
        count = self.estimated + 1
        left = self.n - count - 1
        if left <= 0:
            return inf
        size = log(max(self.squares / self.n, _NOTHING))
        return self.n * size + 2 * count + 2 * count * (count + 1) / left

    @property
    def degrees(self) -> int:
        """How many values are left beyond what was estimated."""
        return self.n - self.estimated

    def forecast(self, steps: int) -> Iterator[tuple[float, float]]:
        """Yield the next values, each with the standard error of its prediction.

        The variance of h steps is σ²(1 + Σ c_j²) over j < h, with c_j = α + β(φ + … + φ^j)
        (Hyndman et al., 2008, 6.1).
        """
        each = self.smoothing
        deviation = sqrt(self.squares / self.degrees)
        faded = 0.0
        spread = 1.0
        for step in range(1, steps + 1):
            faded += each.phi**step if each.has_trend else 0.0
            yield self.level + faded * self.trend, deviation * sqrt(spread)
            spread += (each.alpha + each.beta * faded) ** 2


def fitted(values: Sequence[float]) -> Fitted:
    """Return the better of the two models of a series, by the smaller AICc."""
    models = [_level(values), _fading(values)]
    return min(models, key=lambda model: model.aicc)


def _level(values: Sequence[float]) -> Fitted:
    (alpha,) = _least(lambda point: _squares(values, Smoothing(point[0])), [(0.0, 1.0)])
    return _fit(values, Smoothing(alpha), estimated=2)


def _fading(values: Sequence[float]) -> Fitted:
    """Beta is sought as a share of alpha, beyond which the errors of a model would grow."""
    point = _least(
        lambda point: _squares(values, _with_trend(point)), [(0.0, 1.0), (0.0, 1.0), TRENDS_FADE]
    )
    return _fit(values, _with_trend(point), estimated=5)


def _with_trend(point: Sequence[float]) -> Smoothing:
    alpha, share, phi = point
    return Smoothing(alpha, alpha * share, phi)


def _squares(values: Sequence[float], smoothing: Smoothing) -> float:
    return _fit(values, smoothing, estimated=0).squares


def _fit(values: Sequence[float], smoothing: Smoothing, *, estimated: int) -> Fitted:
    """The model with these parameters and the first state that leaves the least squares.

    The errors are linear in the first level and trend: what they are from nothing, less what a
    first state of one would take away.  So the best first state is that of a linear regression.
    """
    errors, end = _run(values, smoothing, 0.0, 0.0)
    nothing = [0.0] * len(values)
    by_level, end_level = _run(nothing, smoothing, 1.0, 0.0)
    if not smoothing.has_trend:
        level = -_dot(errors, by_level) / _dot(by_level, by_level)
        trend = 0.0
        end_trend = (0.0, 0.0)
        by_trend = nothing
    else:
        by_trend, end_trend = _run(nothing, smoothing, 0.0, 1.0)
        level, trend = _solved(errors, by_level, by_trend)
    left = [
        error + level * one + trend * other
        for error, one, other in zip(errors, by_level, by_trend, strict=True)
    ]
    last_level, last_trend = (
        mine + level * one + trend * other
        for mine, one, other in zip(end, end_level, end_trend, strict=True)
    )
    return Fitted(smoothing, len(values), last_level, last_trend, _dot(left, left), estimated)


def _run(
    values: Sequence[float], smoothing: Smoothing, level: float, trend: float
) -> tuple[list[float], tuple[float, float]]:
    """The errors of one step from a first state, and the last state."""
    errors = []
    for value in values:
        fading = smoothing.phi * trend
        error = value - level - fading
        level += fading + smoothing.alpha * error
        trend = fading + smoothing.beta * error
        errors.append(error)
    return errors, (level, trend)


def _solved(
    errors: Sequence[float], by_level: Sequence[float], by_trend: Sequence[float]
) -> tuple[float, float]:
    """The level and the trend by which the errors, less what both take away, are least."""
    a, b, c = _dot(by_level, by_level), _dot(by_level, by_trend), _dot(by_trend, by_trend)
    d, e = -_dot(errors, by_level), -_dot(errors, by_trend)
    size = a * c - b * b
    if size <= _NOTHING * a * c:
        return d / a, 0.0
    return (d * c - e * b) / size, (a * e - b * d) / size


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _least(
    of: Callable[[Sequence[float]], float], bounds: Sequence[tuple[float, float]]
) -> list[float]:
    """The point within bounds where a function is least: the best of a grid, and from there ever
    shorter steps along each axis (Hooke & Jeeves, 1961).  The same function has the same point."""
    grid = [
        [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)] for low, high in bounds
    ]
    best = [*min(product(*grid), key=of)]
    least, step = of(best), 1 / _STEPS
    while step > _FINE:
        moved = False
        for axis, (low, high) in enumerate(bounds):
            for way in (-step, step):
                tried = [*best]
                tried[axis] = min(max(best[axis] + way * (high - low), low), high)
                found = of(tried)
                if found < least:
                    best, least, moved = tried, found, True
        if not moved:
            step /= 2
    return best

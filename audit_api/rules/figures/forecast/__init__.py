"""The next three periods of a score, with the interval that each will lie in 95 times in 100."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from audit_api.rules.figures.forecast.smoothing import Fitted, fitted
from audit_api.rules.figures.statistics import CONFIDENCE, FULL, average, rounded
from audit_api.rules.figures.student import t_quantile

STEPS = 3
LEAST_PERIODS = 8
LEAST_VISITS = 3
"""Nothing is forecast from fewer periods in a row, or from periods of fewer visits."""


class NoForecast(StrEnum):
    """Why nothing is forecast: too few periods in a row, for before them there is nothing, a period
    of too few visits, or one that other rules scored; scores that are all alike; periods that
    overlap, so that one visit stands in several."""

    FEW_PERIODS = "few_periods"
    FEW_VISITS = "few_visits"
    RULES_CHANGED = "rules_changed"
    ALIKE = "alike"
    OVERLAPPING = "overlapping"


class ForecastModel(StrEnum):
    """How the score moves: its level wanders, or it wanders along a trend that fades."""

    LEVEL = "level"
    FADING_TREND = "fading_trend"


class Observed(NamedTuple):
    """One period: `n` scores, their sum in hundredths of a percent, and by which rules."""

    n: int
    total: int
    rules: frozenset[str]


class Expected(NamedTuple):
    """A period to come: its score and the ends of its interval, in hundredths of a percent.

    `cut` says that an end would lie beyond 0 or 100 %, where no score can.
    """

    score: int
    low: int
    high: int
    cut: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected from the last `periods` periods in a row; of what is silent only why."""

    periods: int
    silence: NoForecast | None = None
    model: ForecastModel | None = None
    expected: tuple[Expected, ...] = ()


def forecast(series: Sequence[Observed]) -> Forecast:
    """Return what follows a series of periods that do not overlap, the oldest first.

    It is made from the mean score of each period by exponential smoothing (`smoothing`), with the
    model of the smaller AICc; the interval is Student's t times the model's standard error.
    """
    row, stopped_by = _in_a_row(series)
    if len(row) < LEAST_PERIODS:
        return Forecast(len(row), stopped_by)
    means = [float(average(each.n, each.total) or 0) for each in row]
    if len(set(means)) < 2:
        return Forecast(len(row), NoForecast.ALIKE)
    model = _model(tuple(means))
    kind = ForecastModel.FADING_TREND if model.smoothing.has_trend else ForecastModel.LEVEL
    return Forecast(len(row), None, kind, tuple(_expected(model)))


@lru_cache(maxsize=1_000)
def _model(means: tuple[float, ...]) -> Fitted:
    """The model of a row of means, which is sought for long and is always the same."""
    return fitted(means)


def _in_a_row(series: Iterable[Observed]) -> tuple[list[Observed], NoForecast]:
    """The last periods with enough visits and the same rules each, and what stands before them."""
    row: list[Observed] = []
    for each in reversed([*series]):
        if not each.n:
            return row[::-1], NoForecast.FEW_PERIODS
        if each.n < LEAST_VISITS:
            return row[::-1], NoForecast.FEW_VISITS
        if row and each.rules != row[-1].rules:
            return row[::-1], NoForecast.RULES_CHANGED
        row.append(each)
    return row[::-1], NoForecast.FEW_PERIODS


def _expected(model: Fitted) -> Iterator[Expected]:
    reach = t_quantile(1 - CONFIDENCE, model.degrees)
    for value, error in model.forecast(STEPS):
        low, high = value - reach * error, value + reach * error
        yield Expected(_score(value), _score(low), _score(high), cut=low < 0 or high > FULL)


def _score(value: float) -> int:
    """The nearest score to a value."""
    return rounded(min(max(value, 0.0), float(FULL)))

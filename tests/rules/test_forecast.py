"""Forecasts: the models of a statistics library, and intervals that hold what they say."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from audit_api.rules.figures.forecast import (
    LEAST_PERIODS,
    STEPS,
    ForecastModel,
    NoForecast,
    Observed,
    forecast,
)
from audit_api.rules.figures.forecast.smoothing import (
    Smoothing,
    _fading,
    _fit,
    _level,
    fitted,
)
from tests.chance import seed, times

RULES = frozenset({"a"})


def wandering(chance: Random, n: int, *, trend: float = 0.0) -> list[float]:
    level, values = 7000.0, []
    for _ in range(n):
        level += chance.gauss(trend, 60)
        values.append(level + chance.gauss(0, 150))
    return values


def observed(means: Sequence[float], n: int = 10) -> list[Observed]:
    return [Observed(n, round(mean) * n, RULES) for mean in means]


def library(values: Sequence[float], **trend: Any) -> Any:
    return ETSModel(pd.Series(values), error="add", initialization_method="estimated", **trend)


@pytest.mark.slow
@pytest.mark.parametrize("n", [12, 24, 36])
@pytest.mark.parametrize("fit", [_level, _fading])
def test_a_fit_is_at_least_as_close_as_that_of_statsmodels(fit: Any, n: int) -> None:
    trend = {"trend": "add", "damped_trend": True} if fit is _fading else {}
    for draw in range(3):
        values = wandering(Random(draw), n, trend=40)
        theirs = library(values, **trend).fit(disp=False, maxiter=2000)
        assert fit(values).squares <= theirs.sse * 1.0001


@pytest.mark.parametrize(
    "smoothing", [Smoothing(0.3), Smoothing(0.98), Smoothing(0.4, 0.2, 0.9), Smoothing(0.02)]
)
def test_forecasts_and_their_errors_are_those_of_statsmodels(smoothing: Smoothing) -> None:
    """The same parameters and the same first state give the same errors, values and variances."""
    values = wandering(Random(5), 20, trend=30)
    mine = _fit(values, smoothing, estimated=2)
    level, trend = first_state(values, smoothing)
    names = {"smoothing_level": smoothing.alpha, "initial_level": level}
    more: dict[str, Any] = {}
    if smoothing.has_trend:
        names |= {
            "smoothing_trend": smoothing.beta,
            "damping_trend": smoothing.phi,
            "initial_trend": trend,
        }
        more = {"trend": "add", "damped_trend": True}
    model = library(values, **more)
    theirs = model.smooth([names[name] for name in model.param_names])
    assert mine.squares == pytest.approx(theirs.sse, rel=1e-9)
    told = list(mine.forecast(STEPS))
    assert [value for value, _ in told] == pytest.approx(list(theirs.forecast(STEPS)), rel=1e-9)
    variances = theirs.get_prediction(20, 20 + STEPS - 1).forecast_variance
    ratios = [error**2 / variance for (_, error), variance in zip(told, variances, strict=True)]
    # Of the variance of one step theirs is the mean square, ours allows for what was estimated.
    assert ratios == pytest.approx([20 / 18] * STEPS, rel=1e-9)


def first_state(values: Sequence[float], smoothing: Smoothing) -> tuple[float, float]:
    """The level and the trend before the first value that leave the least squares, by numpy."""
    nothing = ran(values, smoothing, 0, 0)
    columns = [nothing - ran(values, smoothing, *start) for start in ((1, 0), (0, 1))]
    used = columns if smoothing.has_trend else columns[:1]
    found = np.linalg.lstsq(np.column_stack(used), nothing, rcond=None)[0]
    return found[0], found[1] if smoothing.has_trend else 0.0


def ran(values: Sequence[float], smoothing: Smoothing, level: float, trend: float) -> Any:
    """The errors of one step, as the model's equations have them."""
    errors = []
    for value in values:
        error = value - (level + smoothing.phi * trend)
        level = level + smoothing.phi * trend + smoothing.alpha * error
        trend = smoothing.phi * trend + smoothing.beta * error
        errors.append(error)
    return np.array(errors)


@pytest.mark.slow
def test_the_model_of_the_smaller_aicc_is_chosen() -> None:
    for n, trend in ((10, 0.0), (30, 0.0), (30, 200.0)):
        values = wandering(Random(n), n, trend=trend)
        level, fading = _level(values), _fading(values)
        for model, numbers in ((level, 3), (fading, 6)):
            size = n * log(model.squares / n)
            assert model.aicc == pytest.approx(size + 2 * numbers * n / (n - numbers - 1))
        assert fitted(values) == min(level, fading, key=lambda model: model.aicc)
    assert fitted(values).smoothing.has_trend
    assert _fading(wandering(Random(1), 7)).aicc == inf


def test_a_level_that_stands_is_forecast_by_its_mean() -> None:
    """Without any wandering it is a sample: its mean, and the interval of one more value."""
    values = [7000.0, 7100.0] * 8
    model = _level(values)
    assert model.smoothing.alpha == pytest.approx(0, abs=1e-5)
    found = forecast(observed(values)).expected[0]
    assert found.score == pytest.approx(7050, abs=1)
    half = stats.t.ppf(0.975, 14) * np.sqrt(16 * 2500 / 14)
    assert (found.low, found.high) == (
        pytest.approx(7050 - half, abs=1),
        pytest.approx(7050 + half, abs=1),
    )


def test_three_periods_are_forecast_ever_less_surely() -> None:
    found = forecast(observed(wandering(Random(4), 24)))
    assert (found.periods, found.silence, found.model) == (24, None, ForecastModel.LEVEL)
    widths = [each.high - each.low for each in found.expected]
    assert len(widths) == STEPS
    assert widths == sorted(widths)
    assert not any(each.cut for each in found.expected)
    assert all(each.low < each.score < each.high for each in found.expected)


def test_an_interval_is_cut_where_no_score_can_lie() -> None:
    found = forecast(observed([9900, 9800, 10_000, 9700, 10_000, 9900, 10_000, 9800]))
    assert {(each.high, each.cut) for each in found.expected} == {(10_000, True)}


def why(series: Sequence[Observed]) -> tuple[NoForecast | None, int]:
    found = forecast(series)
    assert (found.silence is None) == bool(found.expected)
    return found.silence, found.periods


def test_of_too_little_nothing_is_forecast() -> None:
    row = observed(wandering(Random(4), 12))
    assert why([]) == (NoForecast.FEW_PERIODS, 0)
    assert why(row[: LEAST_PERIODS - 1]) == (NoForecast.FEW_PERIODS, 7)
    assert why(row[:LEAST_PERIODS]) == (None, 8)
    gap = [*row[:6], Observed(0, 0, frozenset()), *row[6:]]
    assert why(gap) == (NoForecast.FEW_PERIODS, 6)
    few = [*row[:6], Observed(2, 14_000, RULES), *row[6:]]
    assert why(few) == (NoForecast.FEW_VISITS, 6)
    other = [each._replace(rules=frozenset({"b"})) for each in row[:6]]
    assert why([*other, *row[6:]]) == (NoForecast.RULES_CHANGED, 6)
    assert why(observed([8000] * 9)) == (NoForecast.ALIKE, 9)


@pytest.mark.slow
@pytest.mark.chance
def test_intervals_hold_what_comes_as_often_as_they_say() -> None:
    chance, held, tries = Random(seed(12)), 0, 0
    for _ in range(times(60)):
        values = wandering(chance, 15)
        for each, value in zip(forecast(observed(values[:12])).expected, values[12:], strict=True):
            held += each.low <= value <= each.high
            tries += 1
    assert held / tries > 0.85

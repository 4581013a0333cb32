"""Forecasts: the next three periods of a scope's score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit_api.rules.figures.forecast import (
    STEPS,
    Expected,
    Forecast,
    NoForecast,
    Observed,
    forecast,
)
from audit_api.rules.figures.periods import MAX_POINTS, Period
from audit_api.rules.totals import Kind
from audit_api.services.access import Who
from audit_api.services.insights.chosen import chosen
from audit_api.services.scorecards import CardRequest, Scope, figures
from audit_api.services.scorecards.figures import Figures
from audit_api.words import insights as words
from audit_api.words.insights import in_every_language


@dataclass(frozen=True, slots=True)
class ExpectedPeriod:
    """A period to come and what it is expected to score."""

    period: Period
    expected: Expected
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ScoreForecast:
    """What follows the period `last`, the last of the series that is over, by the audits of a
    checklist; `found` says from how many periods, or why nothing is told."""

    checklist: str | None
    last: Period
    found: Forecast
    expected: tuple[ExpectedPeriod, ...]
    text: Mapping[str, str]


def forecast_of(scope: Scope, request: CardRequest, *, by: Who, now: datetime) -> ScoreForecast:
    """Return the forecast of the periods after the one asked for, by what periods of its length
    scored up to it, of one checklist (`chosen`).

    A period that is not over yet, somewhere, is forecast instead: what has come of it is a part.
    """
    last = request.period.last_over(now)
    series = list(last.series(MAX_POINTS))
    checklist, keys = chosen(scope, _whole(series), request.checklist, by=by)
    found = Forecast(0, NoForecast.OVERLAPPING)
    if not last.rolling:
        history = figures.read_history(scope, last, series, keys)
        found = forecast([_observed(figures.within(history.months, each)) for each in series])
    following = list(last.following(STEPS))
    expected = tuple(
        ExpectedPeriod(period, each, in_every_language(words.expected, period, each))
        for period, each in zip(following, found.expected, strict=False)
    )
    return ScoreForecast(
        checklist, last, found, expected, in_every_language(words.forecast, found, following[0])
    )


def _whole(series: Sequence[Period]) -> Period:
    """All months of a series."""
    first, last = series[0], series[-1]
    return Period(first.first, last.first + last.months - first.first, rolling=True)


def _observed(of_period: Figures) -> Observed:
    whole = of_period.total(Kind.WHOLE)
    return Observed(whole.scored, whole.final_sum, frozenset(of_period.audits))

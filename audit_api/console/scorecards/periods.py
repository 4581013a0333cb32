"""The periods that a reader may choose: those in which there is something to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from audit_api.console.frame import reader
from audit_api.rules.figures.periods import QUARTER, YEAR, Period
from audit_api.services.scorecards.spans import Span

MAX_MONTHS, MAX_QUARTERS, MAX_YEARS = 24, 12, 10


class Group(NamedTuple):
    """Periods of one length, the latest first, each with its name."""

    title: str
    options: Sequence[tuple[str, str]]


def usual(span: Span | None, now: datetime) -> Period:
    """Return the period that is shown where none is asked for: the last quarter that is over, or
    the latest that has visits."""
    current = _quarter(now.date())
    over = current.last_over(now)
    if span is None or (over.starts <= span.last and span.first <= over.last_day):
        return over
    return _quarter(span.last)


def groups(chosen: Period, span: Span | None, now: datetime) -> Sequence[Group]:
    """Return what may be chosen; where `chosen` is none of it, it comes first."""
    first, last = span or Span(chosen.starts, now.date())
    last = max(last, now.date())
    latest = _month(last)
    listed = (
        ("console.scorecards.quarters", _back(_quarter(last), first, MAX_QUARTERS)),
        ("console.scorecards.months", _back(latest, first, MAX_MONTHS)),
        ("console.scorecards.years", _back(_year(last), first, MAX_YEARS)),
        ("console.scorecards.rolling", _rolling(latest)),
    )
    found = [Group(reader.said(code), _options(periods, now)) for code, periods in listed]
    if any(str(chosen) == value for group in found for value, _ in group.options):
        return found
    return [Group(reader.said("console.scorecards.chosen"), _options([chosen], now)), *found]


def recent(now: datetime, chosen: Period | None = None) -> Sequence[Group]:
    """Return what may be chosen wherever visits are, whether or not there are any."""
    current = _month(now.date())
    span = Span(current._replace(first=current.first - MAX_MONTHS).starts, now.date())
    return groups(chosen or _quarter(now.date()), span, now)


def words(period: Period, now: datetime) -> str:
    """Return a period's name, which says of one that is not over that it goes to date."""
    said = reader.period(period)
    return said if period.is_over(now) else reader.said("period.to_date", period=said)


def earlier(period: Period, span: Span | None) -> Period | None:
    """Return the period before in the series; None where nothing is as early."""
    before = next(period.series(2))
    return before if span is not None and before.last_day >= span.first else None


def later(period: Period, now: datetime) -> Period | None:
    """Return the period after in the series; None where it has not begun."""
    after = next(period.following(1))
    return after if after.ends <= now.date() or _begun(after, now) else None


def _begun(period: Period, now: datetime) -> bool:
    return not period.rolling and period.starts <= now.date()


def _options(periods: Sequence[Period], now: datetime) -> Sequence[tuple[str, str]]:
    return [(str(period), words(period, now)) for period in periods]


def _back(latest: Period, first: date, most: int) -> Sequence[Period]:
    return [*_until(reversed([*latest.series(most)]), first)]


def _until(periods: Iterator[Period], first: date) -> Iterator[Period]:
    return (period for period in periods if period.last_day >= first)


def _rolling(latest: Period) -> Sequence[Period]:
    """The twelve months up to this one, and up to the one before."""
    return [Period(latest.first - YEAR + 1 - back, YEAR, rolling=True) for back in range(2)]


def _month(day: date) -> Period:
    return Period(day.year * YEAR + day.month - 1, 1)


def _quarter(day: date) -> Period:
    return Period(day.year * YEAR + (day.month - 1) // QUARTER * QUARTER, QUARTER)


def _year(day: date) -> Period:
    return Period(day.year * YEAR, YEAR)

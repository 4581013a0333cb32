"""Periods of whole months: a month, a quarter, a year, or so many months up to one.

A period is written as `2026-03`, `2026-Q1`, `2026`, or `P6M/2026-03` (ISO 8601: the six months
that end with March 2026).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

YEAR, QUARTER = 12, 3
MAX_MONTHS = 36
"""The longest rolling period."""
MAX_POINTS = 36
"""The longest series."""
PATTERN = (
    r"(?P<year>[1-9][0-9]{3})(-(?P<month>0[1-9]|1[0-2])|-Q(?P<quarter>[1-4]))?"
    r"|P(?P<months>[1-9][0-9]?)M/(?P<end_year>[1-9][0-9]{3})-(?P<end>0[1-9]|1[0-2])"
)
_FORM = re.compile(PATTERN)
_WESTERNMOST = timezone(timedelta(hours=-12))
_FIRST, _LAST = 1000, 9998
"""The years whose days, and the days right after them, can be written."""


class Period(NamedTuple):
    """`months` whole months from `first`, counted since the year 0; `rolling` steps by one month,
    every other period by its own length."""

    first: int
    months: int
    rolling: bool = False

    @property
    def starts(self) -> date:
        """The first day."""
        return _day(self.first)

    @property
    def ends(self) -> date:
        """The first day of the last month."""
        return _day(self.first + self.months - 1)

    @property
    def all_months(self) -> list[date]:
        """The first day of every month."""
        return [_day(month) for month in range(self.first, self.first + self.months)]

    @property
    def last_day(self) -> date:
        """The last day."""
        return _day(self.first + self.months) - timedelta(days=1)

    def has(self, month: date) -> bool:
        """Whether the month, given by its first day, is one of the period's."""
        return self.starts <= month <= self.ends

    def is_over(self, now: datetime) -> bool:
        """Whether its last day is over in every time zone."""
        return self.last_day < now.astimezone(_WESTERNMOST).date()

    def last_over(self, now: datetime) -> Period:
        """The last period of the series up to this one that is over in every time zone."""
        today = now.astimezone(_WESTERNMOST).date()
        left = self.first + self.months - (today.year * YEAR + today.month - 1)
        steps = max(-(-left // self._step), 0)
        return self._replace(first=self.first - steps * self._step)

    @property
    def before(self) -> Period:
        """The period of the same length right before (环比)."""
        return self._replace(first=self.first - self.months)

    @property
    def year_before(self) -> Period:
        """The same period a year before (同比)."""
        return self._replace(first=self.first - YEAR)

    def series(self, points: int) -> Iterator[Period]:
        """The last `points` periods up to this one, oldest first."""
        for back in reversed(range(points)):
            yield self._replace(first=self.first - back * self._step)

    def following(self, points: int) -> Iterator[Period]:
        """The next `points` periods after this one."""
        for ahead in range(1, points + 1):
            yield self._replace(first=self.first + ahead * self._step)

    @property
    def _step(self) -> int:
        """By how many months a series steps."""
        return 1 if self.rolling else self.months

    def __str__(self) -> str:
        if self.rolling:
            return f"P{self.months}M/{self.ends:%Y-%m}"
        if self.months == YEAR:
            return f"{self.starts:%Y}"
        if self.months == QUARTER:
            return f"{self.starts:%Y}-Q{self.starts.month // QUARTER + 1}"
        return f"{self.starts:%Y-%m}"


def parse(text: str) -> Period | None:
    """The period that a text writes; None where it writes none, or one whose days, or those of
    the periods that it is compared with, cannot be written."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    period = _period(match)
    earliest = min(period.before.first, period.year_before.first)
    latest = period.first + period.months - 1
    within = earliest // YEAR >= _FIRST and latest // YEAR <= _LAST
    return period if within and period.months <= MAX_MONTHS else None


def _period(match: re.Match[str]) -> Period:
    if match["months"]:
        months = int(match["months"])
        last = int(match["end_year"]) * YEAR + int(match["end"]) - 1
        return Period(last - months + 1, months, rolling=True)
    first = int(match["year"]) * YEAR
    if match["month"]:
        return Period(first + int(match["month"]) - 1, 1)
    if match["quarter"]:
        return Period(first + (int(match["quarter"]) - 1) * QUARTER, QUARTER)
    return Period(first, YEAR)


def _day(month: int) -> date:
    year, place = divmod(month, YEAR)
    return date(year, place + 1, 1)

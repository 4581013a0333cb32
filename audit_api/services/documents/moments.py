"""Moments in documents: one clock, the site's own, and one form, that of ISO 8601, in every
language, so that a time and a date that somebody answered compare at sight."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def moment(at: datetime, clock: ZoneInfo) -> str:
    """Return a moment to the minute, with how far the clock is from UTC:
    2026-03-14 17:52 (UTC+08:00)."""
    day, _, rest = at.astimezone(clock).isoformat(timespec="minutes").partition("T")
    return f"{day} {rest[:5]} (UTC{rest[5:]})"


def time_of_day(at: datetime, clock: ZoneInfo) -> str:
    """Return a moment's time of the day alone: 17:52."""
    return f"{at.astimezone(clock):%H:%M}"

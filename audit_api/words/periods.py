"""Says periods and days as people write them."""

from __future__ import annotations

from audit_api.rules.figures.periods import QUARTER, YEAR, Period
from audit_api.words import say


def period_words(period: Period, locale: str) -> str:
    """Return a period as people write it: March 2026, Q1 2026, 2026, 6 months to March 2026."""
    end = period.ends
    values = {"year": end.year, "month": say(f"month.{end.month}", locale)}
    if period.rolling:
        return say("period.rolling", locale, months=period.months, **values)
    if period.months == YEAR:
        return say("period.year", locale, **values)
    if period.months == QUARTER:
        return say("period.quarter", locale, quarter=end.month // QUARTER, **values)
    return say("period.month", locale, **values)

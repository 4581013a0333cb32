"""Dates and times as people write them in each language (CLDR)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from audit_api.words import DEFAULT_LOCALE, spoken


def date_words(day: date, locale: str) -> str:
    """Return a day: "5 Mar 2026", 2026年3月5日."""
    return format_date(day, "d MMM y" if _cldr(locale) == "en" else "medium", locale=_cldr(locale))


def moment_words(moment: datetime, zone: ZoneInfo, locale: str) -> str:
    """Return a moment in a time zone, to the minute, without the zone's name."""
    cldr = _cldr(locale)
    form = "d MMM y, HH:mm" if cldr == "en" else "y年M月d日 HH:mm"
    return format_datetime(moment.astimezone(zone), form, locale=cldr)


def number_words(number: int, locale: str) -> str:
    """Return a whole number, its thousands parted."""
    return format_decimal(number, locale=_cldr(locale))


def _cldr(locale: str) -> str:
    return spoken(locale) or DEFAULT_LOCALE

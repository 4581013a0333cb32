"""The language of whoever reads a page, and what is said in it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Response, request

from audit_api.console.frame import sessions
from audit_api.rules.figures.periods import Period
from audit_api.web.languages import accepted
from audit_api.words import DEFAULT_LOCALE, LOCALES, pick, say, spoken, vocabulary
from audit_api.words.moments import date_words, moment_words, number_words
from audit_api.words.periods import period_words

_COOKIE = "console-language"
_YEAR = 365 * 24 * 3600


def locale() -> str:
    """Return the language of the page: what was chosen in this browser, else the person's own, else
    the first of the browser's that the product speaks."""
    chosen = request.cookies.get(_COOKIE)
    if chosen in LOCALES:
        return str(chosen)
    session = sessions.session()
    asked = session.who.locale if session else accepted()
    return spoken(asked or DEFAULT_LOCALE) or DEFAULT_LOCALE


def choose(response: Response, language: str) -> None:
    """Remember in this browser which of the product's languages was chosen."""
    response.set_cookie(_COOKIE, language, max_age=_YEAR, path="/", httponly=True, samesite="Lax")


def said(code: str, /, **values: object) -> str:
    """Return the sentence of a code in the reader's language."""
    return say(code, locale(), **values)


def picked(texts: dict[str, str]) -> str:
    """Return the text that is nearest to the reader's language."""
    return pick(texts, locale())


def day(value: date) -> str:
    return date_words(value, locale())


def moment(value: datetime, zone: str = "UTC") -> str:
    """Return a moment with the name of the zone that it is told in."""
    told = moment_words(value, ZoneInfo(zone), locale())
    return said("console.moment", moment=told, zone=zone)


def number(value: int) -> str:
    return number_words(value, locale())


def period(value: Period) -> str:
    return period_words(value, locale())


def told_done(code: str) -> str | None:
    """Return the sentence of what was done, None for a code that is none."""
    return vocabulary(locale()).get(f"console.done.{code}")

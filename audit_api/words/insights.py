"""Insights in words: the answer first, with the numbers that prove it, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from audit_api.rules.exact import percent
from audit_api.rules.figures.classes import LEAST_IN_CLASS, Class
from audit_api.rules.figures.drivers import Driver, Drivers, Unweighed
from audit_api.rules.figures.forecast import (
    LEAST_PERIODS,
    LEAST_VISITS,
    Expected,
    Forecast,
)
from audit_api.rules.figures.importance import Placed
from audit_api.rules.figures.periods import Period
from audit_api.rules.figures.repeats import Repeat
from audit_api.words import LOCALES, pick, say
from audit_api.words.periods import period_words

Texts = Mapping[str, str]
"""A text in the languages of its author."""


def in_every_language(sentence: Callable[..., str], *told: object) -> Texts:
    """Return what a function of this file says of `told`, in every language of the product."""
    return {locale: sentence(*told, locale) for locale in LOCALES}


def drivers(found: Drivers, outcome: str, first: Texts, locale: str) -> str:
    """Return which part has most to do with an outcome, or why none can be named."""
    named = say(f"insight.outcome.{outcome}", locale)
    if found.first is None:
        values = {"n": found.n, "need": found.need, "outcome": named}
        return say(f"insight.drivers.{found.silence}", locale, **values)
    return say(
        "insight.drivers.told",
        locale,
        part=pick(first, locale),
        outcome=named,
        share=percent(found.first.share),
        low=percent(found.first.low),
        high=percent(found.first.high),
        explained=percent(found.explained),
        n=found.n,
    )


def driver(found: Driver, place: Placed | None, title: Texts, locale: str) -> str:
    """Return what a part means for what is to be done, and how sure that is."""
    named = {"part": pick(title, locale)}
    if not found.more_than_chance:
        return say("insight.driver.chance", locale, **named)
    if place is None:
        return say("insight.driver.alone", locale, **named)
    sentence = say(f"insight.quadrant.{place.quadrant}", locale, **named)
    return sentence if place.sure else say("insight.quadrant.unsure", locale, sentence=sentence)


def unweighed(reason: Unweighed, title: Texts, locale: str) -> str:
    """Return why a part is not weighed."""
    return say(f"insight.unweighed.{reason}", locale, part=pick(title, locale))


def repeat(found: Repeat, question: Texts, site: str, critical: bool, locale: str) -> str:
    """Return how often a finding came again at a site, and since when."""
    code = "insight.repeat.critical" if critical else "insight.repeat"
    named = {"question": pick(question, locale), "site": site}
    return say(code, locale, **named, times=found.times, since=day_words(found.since, locale))


def repeats(findings: int, sites: int, visited: int, locale: str) -> str:
    """Return how many findings came again, at how many of the sites that were visited."""
    if not visited:
        return say("insight.repeats.unvisited", locale)
    code = "insight.repeats.told" if findings else "insight.repeats.none"
    return say(code, locale, findings=findings, sites=sites, visited=visited)


def weekdays(found: Sequence[Class], locale: str) -> str:
    """Return which weekdays differ from the others by more than chance."""
    return _classes("weekday", found, locale)


def hours(found: Sequence[Class], locale: str) -> str:
    """Return which hours differ from the others by more than chance."""
    return _classes("hour", found, locale)


def forecast(found: Forecast, next_period: Period | None, locale: str) -> str:
    """Return what the next period is expected to score, or why nothing can be said of it."""
    if found.silence is not None or next_period is None:
        values = {"periods": found.periods, "need": LEAST_PERIODS, "visits": LEAST_VISITS}
        return say(f"insight.forecast.{found.silence}", locale, **values)
    return expected(next_period, found.expected[0], locale)


def expected(period: Period, found: Expected, locale: str) -> str:
    """Return what a period is expected to score, and between what."""
    return say(
        "insight.forecast.cut" if found.cut else "insight.forecast.told",
        locale,
        period=period_words(period, locale),
        score=percent(found.score),
        low=percent(found.low),
        high=percent(found.high),
    )


def day_words(day: date, locale: str) -> str:
    """Return a day as people write it."""
    month = say(f"month.{day.month}", locale)
    return say("insight.day", locale, day=day.day, month=month, year=day.year)


def _classes(kind: str, found: Sequence[Class], locale: str) -> str:
    compared = [each for each in found if each.p is not None]
    if len(compared) < 2:
        return say(f"insight.{kind}s.few", locale, least=LEAST_IN_CLASS)
    told = [each for each in compared if each.more_than_chance]
    if not told:
        return say(f"insight.{kind}s.chance", locale)
    told.sort(key=lambda each: (-abs(each.difference or 0), each.key))
    return say("insight.joint", locale).join(_class(kind, each, locale) for each in told)


def _class(kind: str, found: Class, locale: str) -> str:
    difference = found.difference or 0
    named = say(f"weekday.{found.key}", locale) if kind == "weekday" else f"{found.key}:00"
    return say(
        f"insight.{kind}.{'better' if difference > 0 else 'worse'}",
        locale,
        named=named,
        points=f"{abs(difference) / 100:.2f}",
        score=percent(found.mean.mean),
        n=found.mean.n,
    )

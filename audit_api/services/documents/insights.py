"""Insights of a scope, worded: drivers, what came again, weekdays, what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from audit_api.drawing import Expected, Figure, Text
from audit_api.drawing.quadrant import QuadrantPart, Quadrants
from audit_api.pdf import Drivers, Repeats
from audit_api.services import insights
from audit_api.services.access import Who
from audit_api.services.documents.card_parts import period_words
from audit_api.services.documents.told import texts
from audit_api.services.insights import By, KeyDrivers, Outcome
from audit_api.services.scorecards import CardRequest, Scope

MAX_REPEATS = 10
"""Findings that came again and are named."""


def drivers(
    scope: Scope, request: CardRequest, *, by: Who, lang: str, customers: bool = True
) -> Drivers:
    """Return which touchpoints have most to do with the score; unless `customers` is false, with
    what customers would say, too."""
    found = insights.key_drivers(scope, request, outcome=Outcome.SCORE, parts=By.TOUCHPOINT, by=by)
    return Drivers(
        texts(found.text, lang),
        _quadrants(found, lang),
        tuple(texts(line.text, lang) for line in found.lines),
        tuple(texts(line.text, lang) for line in found.unweighed),
        tuple(_of_customers(scope, request, by=by, lang=lang)) if customers else (),
    )


def _of_customers(scope: Scope, request: CardRequest, *, by: Who, lang: str) -> Iterator[Text]:
    """What has most to do with what customers would say, where that can be told."""
    for outcome in (Outcome.NPS, Outcome.CSAT):
        found = insights.key_drivers(scope, request, outcome=outcome, parts=By.TOUCHPOINT, by=by)
        if found.found.first is not None:
            yield texts(found.text, lang)


def _quadrants(found: KeyDrivers, lang: str) -> Quadrants | None:
    if found.cross is None:
        return None
    parts = tuple(
        QuadrantPart(
            texts(line.title, lang),
            Figure(found.found.n, line.driver.share, line.driver.low, line.driver.high),
            Figure(*line.performance),
            sure=line.placed is not None and line.placed.sure,
        )
        for line in found.lines
    )
    return Quadrants(parts, found.cross.importance, found.cross.performance)


def repeats(scope: Scope, request: CardRequest, *, by: Who, lang: str) -> Repeats:
    """Return what failed at the latest visit to a site, and at the one before it."""
    found = insights.repeated(scope, request, most=MAX_REPEATS, by=by)
    return Repeats(texts(found.text, lang), tuple(texts(line.text, lang) for line in found.lines))


def weekdays(scope: Scope, request: CardRequest, *, by: Who, lang: str) -> Text:
    """Return what weekdays have to do with the score; the hour of a visit is nobody's to know."""
    return texts(insights.rhythm(scope, request, by=by).weekdays.text, lang)


class Outlook(NamedTuple):
    """The periods to come, and what is said of them, or why nothing can be."""

    expected: tuple[Expected, ...]
    text: Text


def outlook(scope: Scope, request: CardRequest, *, by: Who, lang: str, now: datetime) -> Outlook:
    """Return what the next periods are expected to score."""
    found = insights.forecast_of(scope, request, by=by, now=now)
    expected = tuple(
        Expected(
            period_words(each.period, lang),
            each.expected.score,
            each.expected.low,
            each.expected.high,
        )
        for each in found.expected
    )
    return Outlook(expected, texts(found.text, lang))

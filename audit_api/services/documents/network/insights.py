"""Insights of a paper's sites, worded: drivers, what came again, weekdays, what is to come."""

from __future__ import annotations

from typing import NamedTuple

from audit_api.drawing import Figure, Text
from audit_api.drawing.periods import Expected
from audit_api.drawing.quadrant import QuadrantPart, Quadrants
from audit_api.pdf import Drivers, Repeats
from audit_api.services import insights
from audit_api.services.documents.card_parts import period_words
from audit_api.services.documents.network.asked import Asked
from audit_api.services.documents.told import texts
from audit_api.services.insights import By, KeyDrivers, Outcome

MAX_REPEATS = 10
"""Findings that came again and are named."""


def drivers(asked: Asked) -> Drivers:
    """Return which touchpoints have most to do with the score."""
    found = insights.key_drivers(
        asked.subject, asked.request, outcome=Outcome.SCORE, parts=By.TOUCHPOINT, by=asked.by
    )
    return Drivers(
        texts(found.text, asked.lang),
        _quadrants(found, asked.lang),
        tuple(texts(line.text, asked.lang) for line in found.lines),
        tuple(texts(line.text, asked.lang) for line in found.unweighed),
    )


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


def repeats(asked: Asked) -> Repeats:
    """Return what failed at the latest visit to a site, and at the one before it."""
    found = insights.repeated(asked.subject, asked.request, most=MAX_REPEATS, by=asked.by)
    return Repeats(
        texts(found.text, asked.lang), tuple(texts(line.text, asked.lang) for line in found.lines)
    )


def weekdays(asked: Asked) -> Text:
    """Return what weekdays have to do with the score; the hour of a visit is nobody's to know."""
    return texts(
        insights.rhythm(asked.subject, asked.request, by=asked.by).weekdays.text, asked.lang
    )


class Outlook(NamedTuple):
    """The periods to come, and what is said of them, or why nothing can be."""

    expected: tuple[Expected, ...]
    text: Text


def outlook(asked: Asked) -> Outlook:
    """Return what the next periods are expected to score."""
    found = insights.forecast_of(asked.subject, asked.request, by=asked.by, now=asked.now)
    expected = tuple(
        Expected(
            period_words(each.period, asked.lang),
            each.expected.score,
            each.expected.low,
            each.expected.high,
        )
        for each in found.expected
    )
    return Outlook(expected, texts(found.text, asked.lang))

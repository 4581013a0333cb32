"""Figures as this room's pages write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from audit_api.console.frame import reader
from audit_api.drawing import shades
from audit_api.drawing.figures import LEAST_VISITS, Figure, number, signed
from audit_api.drawing.languages import Text, joined
from audit_api.rules.exact import half_up, percent


class Cell(NamedTuple):
    """A score in a table: in tenths of a percent, the class of its ground, of how many visits it
    is, and, where they have one, their interval in words."""

    text: str
    ground: str
    n: int
    told: str

    @property
    def scored(self) -> bool:
        return self.n > 0


def cell(figure: Figure) -> Cell:
    """Return a score on its shade; one of few visits is framed, for one visit must not shout."""
    score, n = figure.score, figure.n
    if score is None:
        return Cell("–", "none", 0, reader.said("console.scorecards.no_score"))
    ground = "few" if n < LEAST_VISITS else f"shade-{shades.step(score)}"
    return Cell(tenths(score), ground, n, interval(n, figure.low, figure.high))


def interval(n: int, low: int | None, high: int | None) -> str:
    """Return of how many visits a score is, and its interval, in words."""
    if low is None or high is None:
        return reader.said("console.scorecards.visits_alone", n=n)
    return reader.said(
        "console.scorecards.visits_interval", n=n, low=percent(low), high=percent(high)
    )


def tenths(score: int | None) -> str:
    """8645 as "86.5": a cell has no room for more."""
    return "–" if score is None else f"{half_up(score, 10) / 10:.1f}"


def told(text: Text) -> str:
    """Return a text of documents as a page says it."""
    return joined(text)


SAID: Mapping[str, Any] = {
    "cell": cell,
    "percent": percent,
    "points": number,
    "signed": signed,
    "told": told,
}
"""What templates write figures by."""

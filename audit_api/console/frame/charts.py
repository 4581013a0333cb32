"""Charts on pages: the drawings of the documents, as SVG, each with its figures as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import g
from markupsafe import Markup

from audit_api.console.frame import reader
from audit_api.drawing import Labels
from audit_api.drawing.lettering import Fonts
from audit_api.drawing.marks import Drawing, Table
from audit_api.svg import Cells, joined, painted, spoken
from audit_api.words import vocabulary

WIDE, NARROW = 511.0, 240.0
"""How wide a chart is drawn for a desk and for a phone, in points."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, its picture for a desk and, where there is one, for a phone, and what it
    shows as a table."""

    title: str
    wide: Markup
    narrow: Markup | None
    figures: Cells


def labels() -> Labels:
    """Return the fixed words of charts in the reader's language."""
    return Labels((vocabulary(reader.locale()),))


def fonts() -> Fonts:
    """Return the fonts that charts are set in."""
    # The fonts take long to load, and most calls draw nothing.
    from audit_api.typography.text import FONTS

    return FONTS


def chart(title: str, draw: Callable[[float], Drawing], figures: Cells) -> Chart:
    """Return a chart that `draw` draws in each width, with its figures."""
    return Chart(title, _picture(draw(WIDE), title), _picture(draw(NARROW), title), figures)


def fixed(title: str, drawing: Drawing, figures: Cells) -> Chart:
    """Return a chart that has one width."""
    return Chart(title, _picture(drawing, title), None, figures)


def rows(title: str, table: Table, below: Sequence[Drawing] = ()) -> Chart:
    """Return a chart of rows, which has the width of a desk; on a phone its figures stand for it.
    `below` it stands its legend."""
    return Chart(title, _picture(joined(table, *below), title), None, spoken(table))


def _picture(drawing: Drawing, title: str) -> Markup:
    g.charts = g.get("charts", 0) + 1
    return Markup(painted(drawing, f"chart-{g.charts}", title))

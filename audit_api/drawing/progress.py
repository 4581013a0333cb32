"""How far planned visits have come: a bar for each region, parted by what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import (
    Column,
    Fonts,
    height_of,
    line,
    lines,
    name,
    titles,
    within,
)
from audit_api.drawing.marks import Box, Drawing, Table

_TITLE = Column(0, 136)
_BAR = 144.0
_FIGURE = 48.0
_STEP = 9.0
_DEEPEST = 5
_HEAD = 21.0
_THICK = 9.0
_GAP = 0.8
_ABOVE = 8.0


@dataclass(frozen=True, slots=True)
class Advance:
    """A row of the chart: `depth` levels below the topmost, and how many of its `planned` visits
    stand how; those that nothing is told of are still to come."""

    title: Text
    depth: int
    planned: int
    counted: int
    in_review: int
    left_out: int
    late: int


_PARTS: tuple[tuple[str, Colour], ...] = (
    ("counted", colours.GOOD),
    ("in_review", colours.ORGANISATION),
    ("left_out", colours.QUIET),
    ("late", colours.BAD),
)
"""The parts of a bar, from its beginning; the rest is still to come."""
_NAMES = {
    "planned": "progress.planned",
    "counted": "progress.counted",
    "in_review": "progress.in_review",
    "left_out": "progress.left_out",
    "late": "progress.late",
}


def advances(rows: Sequence[Advance], labels: Labels, fonts: Fonts, width: float) -> Table:
    """A row for each region, below the titles of the columns."""
    figures = _figures(width)
    named = [(labels.say(_NAMES[member]), column) for member, column in figures.items()]
    head = Drawing(width, _HEAD + 2)
    head.words += titles([(labels.say("progress.region"), _TITLE), *named], _HEAD, fonts)
    head.rule()
    return Table(head, tuple(_row(row, figures, fonts, width) for row in rows))


def key(labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """What the parts of a bar are, a little apart from the rows above it."""
    entries = [
        (example(boxes=[Box(0, -_THICK / 2, EXAMPLE, _THICK, colour)]), labels.say(_NAMES[member]))
        for member, colour in _PARTS
    ]
    rest = example(boxes=[Box(0, -_THICK / 2, EXAMPLE, _THICK, colours.TRACK)])
    signs = legend([*entries, (rest, labels.say("progress.due"))], fonts, width)
    drawing = Drawing(width, _ABOVE + signs.height)
    drawing.add(signs, 0, _ABOVE)
    return drawing


def _figures(width: float) -> dict[str, Column]:
    """The columns of the figures, the last of which ends with the chart."""
    first = width - _FIGURE * len(_NAMES)
    return {
        member: Column(first + place * _FIGURE, _FIGURE - 2, "right")
        for place, member in enumerate(_NAMES)
    }


def _row(row: Advance, figures: dict[str, Column], fonts: Fonts, width: float) -> Drawing:
    inset = min(row.depth, _DEEPEST) * _STEP
    own = Column(inset, _TITLE.width - inset)
    style = styles.BODY if row.depth else styles.STRONG
    title = name(row.title, style, own.width, fonts, most=2)
    height = max(height_of(title), 13) + 6
    drawing = Drawing(width, height)
    drawing.words += within(_TITLE, lines(title, own, 3, fonts))
    drawing.boxes += _bar(row, min(figures["planned"].x, width) - 6 - _BAR, (height - _THICK) / 2)
    middle = (height - styles.BODY.leading) / 2
    for member, column in figures.items():
        count: int = getattr(row, member)
        shown = styles.STRONG if member == "planned" else styles.BODY
        drawing.words += line(str(count), shown if count else styles.MUTED, column, middle, fonts)
    drawing.rule()
    return drawing


def _bar(row: Advance, width: float, y: float) -> Iterator[Box]:
    yield Box(_BAR, y, width, _THICK, colours.TRACK)
    x = _BAR
    for member, colour in _PARTS:
        part = width * getattr(row, member) / max(row.planned, 1)
        if part:
            yield Box(x, y, max(part - _GAP, _GAP), _THICK, colour)
        x += part

"""The parts of many sites' score against the whole organisation's: a dot with its interval and a
bolt on one axis, each with its figure beside it, and how the part has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit_api.drawing import styles
from audit_api.drawing.axis import Axis, head
from audit_api.drawing.figures import Figure, signed
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import Column, Fonts, height_of, line, lines, name
from audit_api.drawing.marks import Drawing, Shape, Table
from audit_api.drawing.scores import explained, scored
from audit_api.drawing.signs import bolt
from audit_api.rules.exact import percent

_TITLE = Column(0, 142)
_AXIS = 160.0


@dataclass(frozen=True, slots=True)
class PartRow:
    """A touchpoint or a dimension: its figure, the organisation's, and the change of it in
    hundredths of a percentage point, with whether that is `beyond_chance`."""

    title: Text
    figure: Figure
    organisation: int | None
    change: int | None
    beyond_chance: bool


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands behind the title, of the organisation and of changes where any row has them; the
    axis takes what the others leave of the width."""

    axis: Axis
    score: Column
    organisation: Column | None
    change: Column | None
    visits: Column


def parts(
    rows: Sequence[PartRow], first: Text, labels: Labels, fonts: Fonts, width: float
) -> Table:
    """A row for each part, below the axis and the titles of the columns, of which `first` is the
    parts'."""
    columns = _columns(rows, width)
    named = (
        ("report.score", columns.score),
        ("report.organisation", columns.organisation),
        ("report.change", columns.change),
        ("report.visits", columns.visits),
    )
    titles = [(labels.say(code), column) for code, column in named if column]
    return Table(
        head(columns.axis, labels, (first, _TITLE), titles, fonts, width),
        tuple(_row(row, columns, fonts, width) for row in rows),
    )


def parts_legend(rows: Sequence[PartRow], labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """What the signs mean, of those alone that the chart has."""
    entries = explained((row.figure for row in rows), labels)
    if any(row.organisation is not None for row in rows):
        entries.insert(1, (example(bolt(EXAMPLE / 2, 0)), labels.say("report.organisation")))
    return legend(entries, fonts, width)


def _columns(rows: Sequence[PartRow], width: float) -> _Columns:
    visits = Column(width - 32, 32, "right")
    left, change, organisation = visits.x, None, None
    if any(row.change is not None for row in rows):
        change = Column(left - 54, 54, "right")
        left = change.x
    if any(row.organisation is not None for row in rows):
        organisation = Column(left - 54, 52, "right")
        left = organisation.x
    score = Column(left - 46, 44, "right")
    return _Columns(Axis(_AXIS, score.x - 14 - _AXIS), score, organisation, change, visits)


def _row(row: PartRow, columns: _Columns, fonts: Fonts, width: float) -> Drawing:
    title = name(row.title, styles.BODY, _TITLE.width, fonts, most=2)
    height = height_of(title) + 6
    drawing = Drawing(width, height, boxes=columns.axis.lines(height))
    drawing.shapes += _signs(row, columns.axis, height / 2)
    drawing.words += lines(title, _TITLE, 3, fonts)
    middle = (height - styles.BODY.leading) / 2
    for column, text, style in (
        (columns.score, percent(row.figure.score), styles.MUTED if row.figure.few else styles.BODY),
        (columns.organisation, percent(row.organisation), styles.BODY),
        (columns.change, signed(row.change), styles.STRONG if row.beyond_chance else styles.MUTED),
        (columns.visits, str(row.figure.n), styles.MUTED),
    ):
        drawing.words += line(text, style, column, middle, fonts) if column else []
    return drawing


def _signs(row: PartRow, axis: Axis, y: float) -> Iterator[Shape]:
    if row.organisation is not None:
        yield from bolt(axis.at(row.organisation), y)
    yield from scored(row.figure, axis, y)

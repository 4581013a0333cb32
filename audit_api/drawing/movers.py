"""Sites whose score moved: from where, to where, and whether chance explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import Axis, head
from audit_api.drawing.figures import Figure, signed
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import Column, Fonts, line
from audit_api.drawing.marks import Drawing, Shape, Table, Words
from audit_api.drawing.signs import dot, ring
from audit_api.rules.exact import percent

_HEIGHT = 24.0
_SITE = Column(0, 172)
_AXIS = 188.0
_FIGURE, _POINTS = 52.0, 60.0
_APART = 20.0


@dataclass(frozen=True, slots=True)
class Mover:
    """A site that moved from `before` to `now`; `p` is the probability that chance alone moves it
    so far, adjusted for the number of sites compared."""

    name: str
    code: str
    before: Figure
    now: Figure
    p: float | None
    beyond_chance: bool

    @property
    def points(self) -> int | None:
        """How far it moved, in hundredths of a percentage point; None where a score is missing."""
        if self.now.score is None or self.before.score is None:
            return None
        return self.now.score - self.before.score


@dataclass(frozen=True, slots=True)
class Movers:
    """Of `compared` sites those that improved most, and those that worsened most, since `base`."""

    base: Text
    compared: int
    improved: tuple[Mover, ...]
    worsened: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands behind the site; the axis takes what the others leave of the width."""

    axis: Axis
    before: Column
    now: Column
    points: Column


def movers(rows: Sequence[Mover], base: Text, labels: Labels, fonts: Fonts, width: float) -> Table:
    """A row for each site that moved since `base`, below the axis and the titles of the columns."""
    columns = _columns(width)
    named = (
        (base, columns.before),
        (labels.say("report.now"), columns.now),
        (labels.say("report.change"), columns.points),
    )
    return Table(
        head(columns.axis, labels, (labels.say("report.site"), _SITE), named, fonts, width),
        tuple(_row(row, columns, fonts, width) for row in rows),
    )


def movers_legend(base: Text, labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """What the signs of a move mean."""
    middle = EXAMPLE / 2
    entries = [
        (example(ring(middle, 0)), base),
        (example(dot(middle, 0)), labels.say("report.now")),
    ]
    return legend(entries, fonts, width)


def _columns(width: float) -> _Columns:
    points = Column(width - _POINTS, _POINTS, "right")
    now = Column(points.x - _FIGURE, _FIGURE, "right")
    before = Column(now.x - _FIGURE, _FIGURE, "right")
    return _Columns(Axis(_AXIS, before.x - _APART - _AXIS), before, now, points)


def _row(row: Mover, columns: _Columns, fonts: Fonts, width: float) -> Drawing:
    drawing = Drawing(width, _HEIGHT, boxes=columns.axis.lines(_HEIGHT))
    drawing.shapes += _signs(row, columns.axis)
    drawing.words += line(row.name, styles.CELL, _SITE, 2.5, fonts)
    drawing.words += line(row.code, styles.TINY, _SITE, 2.5 + styles.CELL.leading - 0.5, fonts)
    for figure, column in ((row.before, columns.before), (row.now, columns.now)):
        drawing.words += _figure(figure, column, fonts)
    style = styles.STRONG if row.beyond_chance else styles.MUTED
    middle = (_HEIGHT - style.leading) / 2
    drawing.words += line(signed(row.points), style, columns.points, middle, fonts)
    drawing.rule()
    return drawing


def _figure(figure: Figure, column: Column, fonts: Fonts) -> list[Words]:
    return [
        *line(percent(figure.score), styles.CELL, column, 2.5, fonts),
        *line(f"n {figure.n}", styles.TINY, column, 2.5 + styles.CELL.leading - 0.5, fonts),
    ]


def _signs(row: Mover, axis: Axis) -> Iterator[Shape]:
    """An open mark where the site was, a full one where it is, and a line between them."""
    y = _HEIGHT / 2
    ends = [axis.at(figure.score) for figure in (row.before, row.now) if figure.score is not None]
    if len(ends) == 2:
        yield Shape(((ends[0], y), (ends[1], y)), colours.ORGANISATION, 2.4)
    for figure, sign in ((row.before, ring), (row.now, dot)):
        if figure.score is not None:
            yield from sign(axis.at(figure.score), y)

"""Own sites against those of competitors: a dot and a triangle on one axis, each with its interval
and, beside it, its figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import Axis, head
from audit_api.drawing.figures import FULL, Figure, drawn_interval, number, signed
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import (
    Column,
    Fonts,
    height_of,
    line,
    lines,
    name,
    title,
    titles,
    within,
)
from audit_api.drawing.marks import Drawing, Shape, Table, Words
from audit_api.drawing.signs import dot, open_triangle, ring, triangle, whisker
from audit_api.rules.figures.comparison import CHANCE, apart

_TITLE = Column(0, 140)
_AXIS = 156.0
_OWN_SCALE = 180.0
"""Where the scale of a part with its own begins: its ends are told beside it."""
_ENDS = 34.0
_LANE = 6.5
_SIGN = 15.0
"""Where a sign stands again in the column of figures, clear of the axis."""

Sign = Callable[[float, float], list[Shape]]


@dataclass(frozen=True, slots=True)
class RivalPart:
    """A part: the mean over own sites and that over the competitors', and the probability that
    chance alone makes them differ so, None where only their intervals tell; the scale goes from
    `least` to `most` in hundredths."""

    title: Text
    own: Figure
    competitors: Figure
    p: float | None
    least: int = 0
    most: int = FULL
    unit: str = "%"

    @property
    def difference(self) -> int | None:
        """By how much own sites are above the competitors', in hundredths."""
        if self.own.score is None or self.competitors.score is None:
            return None
        return self.own.score - self.competitors.score

    @property
    def beyond_chance(self) -> bool:
        """Whether the difference is more than chance; without a probability, whether the intervals
        do not meet."""
        if self.p is not None:
            return self.p < CHANCE
        own, theirs = self.own, self.competitors
        return apart((own.low, own.high), (theirs.low, theirs.high))

    @property
    def on_the_axis(self) -> bool:
        """Whether it stands on the axis of scores, from 0 to 100 %."""
        return (self.least, self.most, self.unit) == (0, FULL, "%")


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands behind the title; the axis takes what the others leave of the width."""

    axis: Axis
    score: Column
    visits: Column
    difference: Column


def rivals(
    rows: Sequence[RivalPart], first: Text, labels: Labels, fonts: Fonts, width: float
) -> Table:
    """Two lines for each part, own sites above, below the axis and the titles of the columns, of
    which `first` is the parts'.

    Where a part has a scale of its own, each stands on its own.
    """
    scaled = not all(row.on_the_axis for row in rows)
    columns = _columns(width, scaled=scaled)
    above = _scales_head if scaled else _axis_head
    return Table(
        above(columns, first, labels, fonts, width),
        tuple(_row(row, columns, fonts, width, scaled=scaled) for row in rows),
    )


def rivals_legend(rows: Sequence[RivalPart], labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """What the signs mean, of those alone that the chart has."""
    middle = EXAMPLE / 2
    span = whisker(0, EXAMPLE, 0)
    entries = [
        (example([*span, *dot(middle, 0)]), labels.say("report.own_sites_interval")),
        (example([*span, *triangle(middle, 0)]), labels.say("report.competitors_interval")),
    ]
    scored = [
        (row, figure)
        for row in rows
        for figure in (row.own, row.competitors)
        if figure.score is not None
    ]
    if any(drawn_interval(figure, row.most - row.least) is None for row, figure in scored):
        alone = example([*ring(middle - 4.5, 0), *open_triangle(middle + 4.5, 0)])
        entries.append((alone, labels.say("report.no_interval")))
    return legend(entries, fonts, width)


def _columns(width: float, *, scaled: bool) -> _Columns:
    difference = Column(width - 58, 58, "right")
    visits = Column(difference.x - 36, 34, "right")
    score = Column(visits.x - 60, 58, "right")
    start, behind = (_OWN_SCALE, _ENDS) if scaled else (_AXIS, 16)
    return _Columns(Axis(start, score.x - behind - start), score, visits, difference)


def _axis_head(
    columns: _Columns, first: Text, labels: Labels, fonts: Fonts, width: float
) -> Drawing:
    named = (
        (labels.say("report.score"), columns.score),
        (labels.say("report.visits"), columns.visits),
        (labels.say("report.difference"), columns.difference),
    )
    return head(columns.axis, labels, (first, _TITLE), named, fonts, width)


def _scales_head(
    columns: _Columns, first: Text, labels: Labels, fonts: Fonts, width: float
) -> Drawing:
    named = (
        (first, _TITLE),
        (labels.say("report.scale"), _scale_column(columns.axis)),
        (labels.say("report.value"), columns.score),
        (labels.say("report.answers"), columns.visits),
        (labels.say("report.difference_plain"), columns.difference),
    )
    deepest = max(height_of(title(text, column, fonts)) for text, column in named)
    drawing = Drawing(width, deepest + 3, words=titles(named, deepest, fonts))
    drawing.rule()
    return drawing


def _row(row: RivalPart, columns: _Columns, fonts: Fonts, width: float, *, scaled: bool) -> Drawing:
    said = name(row.title, styles.BODY, _TITLE.width, fonts, most=2)
    height = max(height_of(said), _LANE * 4) + 6
    drawing = Drawing(width, height, words=lines(said, _TITLE, 3, fonts))
    middle = height / 2
    if scaled:
        drawing.shapes += _scale(row, columns.axis, middle)
        drawing.words += _ends(row, columns.axis, middle, fonts)
    else:
        drawing.boxes += columns.axis.lines(height)
    for figure, signs, y in (
        (row.own, (dot, ring), middle - _LANE),
        (row.competitors, (triangle, open_triangle), middle + _LANE),
    ):
        drawing.shapes += _mark(row, figure, signs, columns, y)
        drawing.words += _told(figure, row.unit, columns, y, fonts)
    style = styles.STRONG if row.beyond_chance else styles.BODY
    told = signed(row.difference)
    top = middle - style.leading / 2
    drawing.words += line(told, style, columns.difference, top, fonts)
    drawing.rule()
    return drawing


def _place(row: RivalPart, axis: Axis, value: int) -> float:
    share = (value - row.least) / max(1, row.most - row.least)
    return axis.x + axis.width * min(max(share, 0), 1)


def _mark(
    row: RivalPart, figure: Figure, signs: tuple[Sign, Sign], columns: _Columns, y: float
) -> Iterator[Shape]:
    """A value with its interval, and its sign again before its figure; without an interval it is
    open."""
    axis, interval = columns.axis, drawn_interval(figure, row.most - row.least)
    if interval is not None:
        low, high = interval
        yield from whisker(_place(row, axis, low), _place(row, axis, high), y)
    if figure.score is not None:
        sign = signs[interval is None]
        yield from sign(_place(row, axis, figure.score), y)
        yield from sign(columns.score.x + _SIGN, y)


def _told(figure: Figure, unit: str, columns: _Columns, y: float, fonts: Fonts) -> list[Words]:
    style = styles.MUTED if figure.score is None else styles.BODY
    top = y - style.leading / 2
    return [
        *line(number(figure.score, unit), style, columns.score, top, fonts),
        *line(str(figure.n), styles.MUTED, columns.visits, top, fonts),
    ]


def _scale(row: RivalPart, axis: Axis, y: float) -> Iterator[Shape]:
    """A line from the least to the most, and on it where nothing is."""
    yield Shape(((axis.x, y), (axis.x + axis.width, y)), colours.LINE, 1.2)
    if row.least < 0 < row.most:
        zero = _place(row, axis, 0)
        yield Shape(((zero, y - 4), (zero, y + 4)), colours.QUIET, 0.7)


def _scale_column(axis: Axis) -> Column:
    return Column(axis.x, axis.width, "centre")


def _ends(row: RivalPart, axis: Axis, y: float, fonts: Fonts) -> list[Words]:
    """The figures of both ends, outside the line."""
    before = Column(axis.x - _ENDS, _ENDS - 4, "right")
    behind = Column(axis.x + axis.width + 4, _ENDS - 6)
    ends = [
        *line(_end(row.least, row.unit), styles.TINY, before, y - 4.5, fonts),
        *line(_end(row.most, row.unit), styles.TINY, behind, y - 4.5, fonts),
    ]
    return within(_scale_column(axis), ends)


def _end(value: int, unit: str) -> str:
    return f"{value / 100:g}{unit}".replace("-", "−")

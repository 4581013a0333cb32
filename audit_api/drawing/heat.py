"""Sites against touchpoints: a table of scores whose shade shows where they are low.

The shade is `shades`'s, on one fixed scale from 0 to 100 %, so that two tables compare at sight.
A figure of few visits has no shade, whatever it is: one visit must not shout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import TICKS, named
from audit_api.drawing.figures import LEAST_VISITS, Figure
from audit_api.drawing.languages import Labels, Text, joined
from audit_api.drawing.legend import EXAMPLE, example, legend
from audit_api.drawing.lettering import (
    Column,
    Fonts,
    block,
    height_of,
    line,
    lines,
    titles,
    within,
)
from audit_api.drawing.marks import Box, Drawing, Shape, Table
from audit_api.drawing.shades import SHADES, ink, shade
from audit_api.drawing.styles import tinted
from audit_api.rules.exact import half_up

MOST_COLUMNS = 10
"""How many touchpoints have room beside each other."""

_LEAST, _MOST = 0.25, 0.4
"""The shares of the width between which the site's name has its room."""
_VISITS, _WHOLE, _PART = 26.0, 34.0, 54.0
"""How wide columns are, that of a touchpoint where names leave it the room."""
_CODE = 0.4
_MOST_STRAIGHT = 5
_LOW, _HIGH = 16.0, 23.0
"""A row of scores alone, and one that has numbers of visits below them."""
_STEP, _THICK = 20.0, 9.0


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A site, or the total: the score of the whole, then that of each column."""

    name: str
    code: str
    whole: Figure
    parts: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The table: its columns are touchpoints, in the journey's order."""

    columns: tuple[Text, ...]
    rows: tuple[HeatRow, ...]
    total: HeatRow


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns stand: the site, its visits, its score, and `count` touchpoints."""

    width: float
    count: int

    @property
    def site(self) -> Column:
        others = _VISITS + _WHOLE + 8 + _PART * self.count
        wide = min(max(self.width - others, self.width * _LEAST), self.width * _MOST)
        return Column(0, wide)

    @property
    def visits(self) -> Column:
        return Column(self.site.width, _VISITS, "right")

    @property
    def whole(self) -> Column:
        return Column(self.site.width + _VISITS + 4, _WHOLE, "centre")

    @property
    def cell(self) -> float:
        """How wide a touchpoint is."""
        return (self.width - self._left) / self.count

    def part(self, place: int) -> Column:
        return Column(self._left + place * self.cell, self.cell, "centre")

    @property
    def _left(self) -> float:
        return self.whole.x + _WHOLE + 4


def heat(table: Heat, labels: Labels, fonts: Fonts, width: float) -> Table:
    """The total, then a row for each site, below the titles of at most `MOST_COLUMNS` columns."""
    grid = _Grid(width, len(table.columns))
    return Table(
        _head(table.columns, grid, labels, fonts),
        (
            _row(table.total, grid, fonts, strong=True),
            *(_row(row, grid, fonts) for row in table.rows),
        ),
    )


def parted(table: Heat) -> tuple[Heat, ...]:
    """Tables of at most `MOST_COLUMNS` columns, about equally wide, that together are the whole."""
    count = len(table.columns)
    each = ceil(count / ceil(count / MOST_COLUMNS)) if count else 1
    return tuple(_piece(table, start, start + each) for start in range(0, count, each))


def heat_legend(labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """The scale of the shades, and what a cell without one means."""
    drawing = Drawing(width)
    before = fonts.width(fonts.fit(_said(labels), styles.SMALL, width / 3), styles.SMALL) + 18
    drawing.words += line(_said(labels), styles.SMALL, Column(0, before), 0, fonts)
    for place, colour in enumerate(SHADES):
        x = before + place * _STEP
        drawing.boxes.append(Box(x, 0.5, _STEP, _THICK, colour))
    drawing.shapes.append(_frame(before, 0.5, _STEP * len(SHADES), _THICK))
    for tick in TICKS:
        x = before + _STEP * len(SHADES) * tick / TICKS[-1]
        drawing.words += line(named(tick), styles.TINY, Column(x - 16, 32, "centre"), 10, fonts)
    few = example([_frame(0, -_THICK / 2, EXAMPLE, _THICK)])
    entries = [
        (few, labels.say("report.heat_few", least=LEAST_VISITS)),
        (_example("n 2", fonts), labels.say("report.heat_visits")),
    ]
    below = legend(entries, fonts, width)
    drawing.add(below, 0, 22)
    drawing.height = 22 + below.height
    return drawing


def _said(labels: Labels) -> str:
    return joined(labels.say("report.score_axis"), " · ")


def _example(said: str, fonts: Fonts) -> Drawing:
    column = Column(0, EXAMPLE, "centre")
    words = line(said, styles.TINY, column, -styles.TINY.leading / 2, fonts)
    return Drawing(EXAMPLE, 0, words=words)


def _piece(table: Heat, start: int, end: int) -> Heat:
    def cut(row: HeatRow) -> HeatRow:
        return HeatRow(row.name, row.code, row.whole, row.parts[start:end])

    return Heat(table.columns[start:end], tuple(map(cut, table.rows)), cut(table.total))


def _head(columns: Sequence[Text], grid: _Grid, labels: Labels, fonts: Fonts) -> Drawing:
    """The titles; those of many columns stand on two levels, so that each has room."""
    levels = 2 if len(columns) > _MOST_STRAIGHT else 1
    rooms = [_room(grid, place, levels) for place in range(grid.count)]
    made = [
        block(title, styles.TINY, room.width, fonts, most=2)
        for title, room in zip(columns, rooms, strict=True)
    ]
    lower = max(map(height_of, made[levels - 1 :: levels]), default=0)
    upper = max(map(height_of, made[::2]), default=0) if levels == 2 else 0
    height = max(upper + lower, styles.SMALL.leading * len(labels.languages)) + 4
    drawing = Drawing(grid.width, height)
    for place, (said, room) in enumerate(zip(made, rooms, strict=True)):
        foot = height - 3 - (lower if levels == 2 and place % 2 == 0 else 0)
        words = lines(said, room, foot - height_of(said), fonts)
        drawing.words += within(grid.part(place), words)
        if foot < height - 3:
            middle = grid.part(place).x + grid.cell / 2
            drawing.shapes.append(Shape(((middle, foot), (middle, height - 1)), colours.LINE, 0.5))
    first = (
        (labels.say("report.site"), grid.site),
        (labels.say("report.visits"), grid.visits),
        (labels.say("report.score"), grid.whole),
    )
    drawing.words += titles(first, height - 3, fonts)
    drawing.rule()
    return drawing


def _room(grid: _Grid, place: int, levels: int) -> Column:
    """Where a title stands: as wide as its columns on that level leave, within the table."""
    part = grid.part(place)
    reach = grid.cell * levels / 2 - 2
    left, right = part.x + grid.cell / 2 - reach, part.x + grid.cell / 2 + reach
    return Column(left, min(right, grid.width) - left, "centre")


def _row(row: HeatRow, grid: _Grid, fonts: Fonts, *, strong: bool = False) -> Drawing:
    style = styles.SMALL_STRONG if strong else styles.CELL
    code = fonts.fit(row.code, styles.TINY, grid.site.width * _CODE)
    room = grid.site.width - fonts.width(code, styles.TINY) - 8
    name = block(row.name, style, room, fonts, most=2)
    counted = any(_counted(figure, row.whole) for figure in row.parts)
    height = _HIGH if counted or len(name) > 1 else _LOW
    drawing = Drawing(grid.width, height + (3 if strong else 0))
    middle = (height - style.leading) / 2
    drawing.words += lines(name, grid.site, (height - height_of(name)) / 2, fonts)
    ends = Column(grid.site.x, grid.site.width - 2, "right")
    drawing.words += within(grid.site, line(code, styles.TINY, ends, middle + 1, fonts))
    drawing.words += line(str(row.whole.n), styles.SMALL, grid.visits, middle, fonts)
    _cell(drawing, row.whole, grid.whole, height, fonts)
    for place, figure in enumerate(row.parts):
        told = figure.n if _counted(figure, row.whole) else None
        _cell(drawing, figure, grid.part(place), height, fonts, told)
    if strong:
        drawing.rule()
    return drawing


def _counted(figure: Figure, whole: Figure) -> bool:
    """Whether a cell says of how many visits it is: of others than its site, whose own stand in a
    column."""
    return figure.score is not None and figure.n != whole.n


def _cell(
    drawing: Drawing,
    figure: Figure,
    column: Column,
    height: float,
    fonts: Fonts,
    told: int | None = None,
) -> None:
    """A score on its shade, and below it of how many visits it is, where that is told."""
    x, y, wide, high = column.x + 0.6, 0.6, column.width - 1.2, height - 1.2
    colour = colours.QUIET
    if figure.score is not None and figure.few:
        drawing.shapes.append(_frame(x + 0.3, y + 0.3, wide - 0.6, high - 0.6))
    elif figure.score is not None:
        drawing.boxes.append(Box(x, y, wide, high, shade(figure.score)))
        colour = ink(figure.score)
    said = line(_tenths(figure.score), tinted(styles.CELL, colour), column, 0, fonts)
    below = [] if told is None else line(f"n {told}", tinted(styles.TINY, colour), column, 0, fonts)
    top = (height - styles.CELL.leading - (styles.TINY.leading - 1 if below else 0)) / 2
    drawing.words += [words.moved(0, top) for words in said]
    drawing.words += [words.moved(0, top + styles.CELL.leading - 1) for words in below]


def _frame(x: float, y: float, width: float, height: float) -> Shape:
    right, foot = x + width, y + height
    return Shape(((x, y), (right, y), (right, foot), (x, foot), (x, y)), colours.LINE, 0.6)


def _tenths(score: int | None) -> str:
    """8645 as "86.5": a cell has no room for more."""
    return "–" if score is None else f"{half_up(score, 10) / 10:.1f}"

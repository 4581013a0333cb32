"""Sites beside each other: place, score with its interval, and a column for each wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import AXIS_HEIGHT, Axis
from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.legend import legend
from audit_api.drawing.lettering import Block, Column, Fonts, block, height_of, lines, title
from audit_api.drawing.marks import Box, Drawing, Table
from audit_api.drawing.scores import explained, scored
from audit_api.drawing.styles import Style
from audit_api.rules.exact import percent

_HEIGHT = 24.0
_SITE = 26.0
_LEAST, _MOST = 0.25, 0.36
"""The shares of the width between which the site's name has its room."""
_AXIS = 68.0
"""How long the axis is where names leave it the room."""
_PASSED = 44.0
_WAVE, _NARROW, _FEW_WAVES = 49.0, 45.0, 4
"""How wide a wave is: less where there are many."""
_GAP = 4.0
_APART = 16.0


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """A site, or the total; `rank` is None with too few visits.  `waves` has a figure for each
    wave, the newest last, which is this paper's own; `beyond_chance` says that it differs from the
    one before it by more than chance."""

    name: str
    code: str
    region: str
    rank: int | None
    pass_rate: int | None
    waves: tuple[Figure, ...]
    beyond_chance: bool = False

    @property
    def figure(self) -> Figure:
        return self.waves[-1]


@dataclass(frozen=True, slots=True)
class League:
    """The table: `waves` are their names, the oldest first."""

    waves: tuple[Text, ...]
    rows: tuple[LeagueRow, ...]
    total: LeagueRow


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands beside each other; the axis takes what the others leave of the width."""

    rank: Column
    site: Column
    waves: tuple[Column, ...]
    axis: Axis
    passed: Column


def league(table: League, labels: Labels, fonts: Fonts, width: float) -> Table:
    """The total, then a row for each site, the ranked first, below the titles of the columns."""
    columns = _columns(width, len(table.waves))
    rows = sorted(table.rows, key=lambda row: row.rank is None)
    return Table(
        _head(table.waves, columns, labels, fonts, width),
        (
            _row(table.total, columns, fonts, width, total=True),
            *(_row(row, columns, fonts, width) for row in rows),
        ),
    )


def league_legend(table: League, labels: Labels, fonts: Fonts, width: float) -> Drawing:
    """What the signs mean, of those alone that the table has."""
    figures = [row.figure for row in (table.total, *table.rows)]
    return legend(explained(figures, labels), fonts, width)


def _head(
    waves: Sequence[Text], columns: _Columns, labels: Labels, fonts: Fonts, width: float
) -> Drawing:
    """The titles of the columns, those of waves on two lines, and the axis."""
    axis = columns.axis.words(labels.say("report.score_axis"), fonts)
    fixed = (
        ("report.rank", columns.rank),
        ("report.site", columns.site),
        ("report.pass_rate", columns.passed),
    )
    titles = [(title(labels.say(code), column, fonts), column) for code, column in fixed]
    for text, column in zip(waves, columns.waves, strict=True):
        titles.append((block(text, styles.TINY, column.width, fonts, most=2), column))
    foot = max(AXIS_HEIGHT, *(height_of(said) for said, _ in titles))
    drawing = Drawing(width, foot + 2)
    for said, column in titles:
        drawing.words += lines(said, column, foot - height_of(said), fonts)
    drawing.words += [words.moved(0, foot - AXIS_HEIGHT) for words in axis]
    drawing.rule()
    return drawing


def _columns(width: float, count: int) -> _Columns:
    wide = _WAVE if count <= _FEW_WAVES else _NARROW
    others = _SITE + wide * count + _APART * 2 + _AXIS + _PASSED
    site = Column(_SITE, min(max(width - others, width * _LEAST), width * _MOST))
    first = site.x + site.width + _GAP
    waves = tuple([Column(first + wide * at, wide - _GAP, "right") for at in range(count)])
    passed = Column(width - _PASSED, _PASSED, "right")
    start = first + wide * count - _GAP + _APART
    axis = Axis(start, passed.x - _APART - start)
    return _Columns(Column(0, _SITE - 8, "right"), site, waves, axis, passed)


def _row(
    row: LeagueRow, columns: _Columns, fonts: Fonts, width: float, *, total: bool = False
) -> Drawing:
    site = _site(row, columns.site, fonts, total=total)
    height = max(_HEIGHT, height_of(site) + 4)
    drawing = Drawing(width, height)
    if total:
        drawing.boxes.append(Box(0, 0, width, height, colours.WASH))
    drawing.boxes += columns.axis.lines(height)
    drawing.shapes += scored(row.figure, columns.axis, height / 2)
    rank = "–" if row.rank is None else str(row.rank)
    cells = [
        (() if total else ((rank, styles.CELL),), columns.rank),
        (site, columns.site),
        *(
            (_wave(wave, strong=row.beyond_chance and column == columns.waves[-1]), column)
            for wave, column in zip(row.waves, columns.waves, strict=True)
        ),
        (((percent(row.pass_rate), styles.CELL),), columns.passed),
    ]
    for said, column in cells:
        drawing.words += lines(said, column, (height - height_of(said)) / 2, fonts)
    drawing.rule()
    return drawing


def _site(row: LeagueRow, column: Column, fonts: Fonts, *, total: bool) -> Block:
    """The name, and below it the code and the region."""
    style = styles.SMALL_STRONG if total else styles.CELL
    told = " · ".join(part for part in (row.code, row.region) if part)
    below = block(told, styles.TINY, column.width, fonts, most=1) if told else []
    return [*block(row.name, style, column.width, fonts, most=2), *below]


def _wave(figure: Figure, *, strong: bool) -> Block:
    """A wave's score, and below it of how many visits."""
    if figure.score is None:
        return [("–", styles.SMALL)]
    return [
        (percent(figure.score), _weight(figure, strong=strong)),
        (f"n {figure.n}", styles.TINY),
    ]


def _weight(figure: Figure, *, strong: bool) -> Style:
    """Bold is what chance does not explain, quiet what rests on few visits."""
    if strong:
        return styles.SMALL_STRONG
    return styles.SMALL if figure.few else styles.CELL

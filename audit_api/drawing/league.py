"""Sites beside each other: place, score with its interval, and a column for each wave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import AXIS_HEIGHT, Axis
from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.lettering import Column, Fonts, block, height_of, line, lines, title
from audit_api.drawing.marks import Box, Drawing, Shape, Table, Words
from audit_api.drawing.signs import dot, ring, whisker
from audit_api.drawing.styles import Style
from audit_api.rules.exact import percent

_HEIGHT = 24.0
_SITE = 26.0
_PART = 0.27
"""The share of the width that the site's name has."""
_VISITS, _PASSED = 32.0, 44.0
_WAVE, _NARROW, _FEW_WAVES = 52.0, 40.0, 2
"""How wide a wave is: less where many stand before this one."""
_GAP = 4.0
_APART = 14.0


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
    earlier: tuple[Column, ...]
    score: Column
    axis: Axis
    visits: Column
    passed: Column


def league(table: League, labels: Labels, fonts: Fonts, width: float) -> Table:
    """The total, then a row for each site, below the titles of the columns."""
    columns = _columns(width, len(table.waves) - 1)
    return Table(
        _head(table.waves, columns, labels, fonts, width),
        (
            _row(table.total, columns, fonts, width, total=True),
            *(_row(row, columns, fonts, width) for row in table.rows),
        ),
    )


def _head(
    waves: Sequence[Text], columns: _Columns, labels: Labels, fonts: Fonts, width: float
) -> Drawing:
    """The titles of the columns, those of waves on two lines, and the axis."""
    axis = columns.axis.words(labels.say("report.score_axis"), fonts)
    fixed = (
        ("report.rank", columns.rank),
        ("report.site", columns.site),
        ("report.visits", columns.visits),
        ("report.pass_rate", columns.passed),
    )
    titles = [(title(labels.say(code), column, fonts), column) for code, column in fixed]
    for text, column in zip(waves, (*columns.earlier, columns.score), strict=True):
        titles.append((block(text, styles.TINY, column.width, fonts, most=2), column))
    foot = max(AXIS_HEIGHT, *(height_of(said) for said, _ in titles))
    drawing = Drawing(width, foot + 2)
    for said, column in titles:
        drawing.words += lines(said, column, foot - height_of(said), fonts)
    drawing.words += [words.moved(0, foot - AXIS_HEIGHT) for words in axis]
    drawing.rule()
    return drawing


def _columns(width: float, earlier: int) -> _Columns:
    site = Column(_SITE, width * _PART)
    wide = _WAVE if earlier <= _FEW_WAVES else _NARROW
    first = site.x + site.width + _GAP
    starts = [first + wide * place for place in range(earlier + 1)]
    waves = tuple([Column(start, wide - _GAP, "right") for start in starts[:-1]])
    score = Column(starts[-1], wide - _GAP, "right")
    passed = Column(width - _PASSED, _PASSED, "right")
    visits = Column(passed.x - _VISITS, _VISITS, "right")
    start = score.x + score.width + _APART
    axis = Axis(start, visits.x - _APART - start)
    return _Columns(Column(0, _SITE - 8, "right"), site, waves, score, axis, visits, passed)


def _row(
    row: LeagueRow, columns: _Columns, fonts: Fonts, width: float, *, total: bool = False
) -> Drawing:
    drawing = Drawing(width, _HEIGHT)
    if total:
        drawing.boxes.append(Box(0, 0, width, _HEIGHT, colours.WASH))
    drawing.boxes += columns.axis.lines(_HEIGHT)
    drawing.shapes += _signs(row.figure, columns.axis)
    rank = "–" if row.rank is None else str(row.rank)
    figure = row.figure
    score = _weight(figure, strong=row.beyond_chance)
    middle = (_HEIGHT - styles.CELL.leading) / 2
    for column, text, style in (
        *(() if total else ((columns.rank, rank, styles.CELL),)),
        (columns.score, percent(figure.score), score),
        (columns.visits, str(figure.n), styles.SMALL),
        (columns.passed, percent(row.pass_rate), styles.CELL),
    ):
        drawing.words += line(text, style, column, middle, fonts)
    drawing.words += _site(row, columns.site, fonts, total=total)
    for wave, column in zip(row.waves[:-1], columns.earlier, strict=True):
        drawing.words += _wave(wave, column, fonts)
    drawing.rule()
    return drawing


def _site(row: LeagueRow, column: Column, fonts: Fonts, *, total: bool) -> list[Words]:
    """The name, and below it the code and the region."""
    told = " · ".join(part for part in (row.code, row.region) if part)
    style = styles.SMALL_STRONG if total else styles.CELL
    top = 2.5 if told else (_HEIGHT - style.leading) / 2
    return [
        *line(row.name, style, column, top, fonts),
        *line(told, styles.TINY, column, 2.5 + style.leading - 0.5, fonts),
    ]


def _wave(figure: Figure, column: Column, fonts: Fonts) -> list[Words]:
    """An earlier wave's score, and below it of how many visits."""
    if figure.score is None:
        return line("–", styles.SMALL, column, (_HEIGHT - styles.SMALL.leading) / 2, fonts)
    return [
        *line(percent(figure.score), _weight(figure), column, 2.5, fonts),
        *line(f"n {figure.n}", styles.TINY, column, 2.5 + styles.CELL.leading - 0.5, fonts),
    ]


def _weight(figure: Figure, *, strong: bool = False) -> Style:
    """Bold is what chance does not explain, quiet what rests on few visits."""
    if strong:
        return styles.SMALL_STRONG
    return styles.SMALL if figure.few else styles.CELL


def _signs(figure: Figure, axis: Axis) -> Iterator[Shape]:
    y = _HEIGHT / 2
    if figure.low is not None and figure.high is not None:
        yield from whisker(axis.at(figure.low), axis.at(figure.high), y)
    if figure.score is not None:
        yield from (ring if figure.low is None else dot)(axis.at(figure.score), y)

"""Metrics on their own scales: a dot with its interval between the ends, and the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.figures import number
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.lettering import (
    Column,
    Fonts,
    block,
    height_of,
    line,
    lines,
    title,
    titles,
    within,
)
from audit_api.drawing.marks import Drawing, Shape, Table, Words
from audit_api.drawing.signs import dot, whisker
from audit_api.rules.figures.statistics import NoInterval

_TITLE = Column(0, 142)
_SCALE = 190.0
_ANSWERS = 35.28
_ENDS = 34.0


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of the customers' answers, in hundredths of its own unit: 4250 is NPS 42.50.

    `least` and `most` are the ends of its scale, in the same hundredths; `unit` is "%" or "".
    `no_interval` says why there is none, where that is to be told.
    """

    title: Text
    n: int
    value: int | None
    least: int
    most: int
    low: int | None = None
    high: int | None = None
    unit: str = ""
    no_interval: NoInterval | None = None


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands behind the title; the scale takes what the others leave of the width."""

    scale: Column
    value: Column
    interval: Column
    answers: Column


def metrics(rows: Sequence[Metric], labels: Labels, fonts: Fonts, width: float) -> Table:
    """A row for each metric below the titles of the columns."""
    columns = _columns(width)
    return Table(
        _head(columns, labels, fonts, width),
        tuple(_row(row, columns, labels, fonts, width) for row in rows),
    )


def _columns(width: float) -> _Columns:
    answers = Column(width - _ANSWERS, _ANSWERS, "right")
    interval = Column(answers.x - 62, 60, "right")
    value = Column(interval.x - 48, 46, "right")
    scale = Column(_SCALE, value.x - 36 - _SCALE, "centre")
    return _Columns(scale, value, interval, answers)


def _head(columns: _Columns, labels: Labels, fonts: Fonts, width: float) -> Drawing:
    named = [
        (labels.say("report.metric"), _TITLE),
        (labels.say("report.scale"), columns.scale),
        (labels.say("report.value"), columns.value),
        (labels.say("report.interval_short"), columns.interval),
        (labels.say("report.answers"), columns.answers),
    ]
    deepest = max(height_of(title(text, column, fonts)) for text, column in named)
    drawing = Drawing(width, deepest + 3, words=titles(named, deepest, fonts))
    drawing.rule()
    return drawing


def _row(row: Metric, columns: _Columns, labels: Labels, fonts: Fonts, width: float) -> Drawing:
    name = block(row.title, styles.BODY, _TITLE.width, fonts, most=2)
    interval = block(_interval(row, labels), styles.SMALL, columns.interval.width, fonts, most=1)
    height = max(height_of(name), height_of(interval), 13) + 8
    drawing = Drawing(width, height, words=lines(name, _TITLE, 4, fonts))
    drawing.shapes += _scale(row, columns.scale, height / 2)
    drawing.words += _ends(row, columns.scale, height / 2, fonts)
    value = styles.MUTED if row.value is None else styles.STRONG
    middle = (height - styles.BODY.leading) / 2
    drawing.words += line(number(row.value, row.unit), value, columns.value, middle, fonts)
    drawing.words += lines(interval, columns.interval, (height - height_of(interval)) / 2, fonts)
    drawing.words += line(str(row.n), styles.MUTED, columns.answers, middle, fonts)
    return drawing


def _interval(row: Metric, labels: Labels) -> Text:
    if row.low is not None and row.high is not None:
        return f"{number(row.low)} – {number(row.high)}"
    match row.no_interval:
        case NoInterval.ONE:
            return labels.say("report.answer_alone")
        case NoInterval.ALIKE:
            return labels.say("report.answers_alike")
        case _:
            return "–"


def _scale(row: Metric, column: Column, y: float) -> Iterator[Shape]:
    """A line from the least to the most, and on it where nothing is, the interval, the value."""

    def at(value: int) -> float:
        share = (value - row.least) / max(1, row.most - row.least)
        return column.x + column.width * min(max(share, 0), 1)

    yield Shape(((column.x, y), (column.x + column.width, y)), colours.LINE, 2.4)
    if row.least < 0 < row.most:
        yield Shape(((at(0), y - 4), (at(0), y + 4)), colours.QUIET, 0.7)
    if row.low is not None and row.high is not None:
        yield from whisker(at(row.low), at(row.high), y)
    if row.value is not None:
        yield from dot(at(row.value), y)


def _ends(row: Metric, column: Column, y: float, fonts: Fonts) -> list[Words]:
    """The figures of both ends, outside the line."""
    before = Column(column.x - _ENDS, _ENDS - 4, "right")
    behind = Column(column.x + column.width + 4, _ENDS - 4)
    ends = [
        *line(_end(row.least, row.unit), styles.TINY, before, y - 4.5, fonts),
        *line(_end(row.most, row.unit), styles.TINY, behind, y - 4.5, fonts),
    ]
    return within(column, ends)


def _end(value: int, unit: str) -> str:
    return f"{value / 100:g}{unit}".replace("-", "−")

"""Scores as bars against an axis, each with its figure beside it: a length is never the only
sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import Axis, head
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.lettering import Column, Fonts, height_of, line, lines, name
from audit_api.drawing.marks import Box, Drawing, Table
from audit_api.rules.exact import percent

_TITLE = Column(0, 150)
_AXIS = 164.0
_FINDINGS = 49.28
_THICK = 9.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart; `score` in hundredths of a percent, `None` draws no bar; `share` is what
    the row counts for in the whole."""

    title: Text
    score: int | None
    share: str
    findings: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands behind the title; the axis takes what the others leave of the width."""

    axis: Axis
    score: Column
    share: Column
    findings: Column


def bars(rows: Sequence[Bar], labels: Labels, fonts: Fonts, width: float) -> Table:
    """A row for each bar, below the axis and the titles of the columns."""
    columns = _columns(width)
    named = (
        (labels.say("report.score"), columns.score),
        (labels.say("report.share"), columns.share),
        (labels.say("report.findings"), columns.findings),
    )
    first = labels.say("report.touchpoint"), _TITLE
    return Table(
        head(columns.axis, labels, first, named, fonts, width),
        tuple(_row(row, columns, fonts, width) for row in rows),
    )


def _columns(width: float) -> _Columns:
    findings = Column(width - _FINDINGS, _FINDINGS, "right")
    share = Column(findings.x - 64, 60, "right")
    score = Column(share.x - 56, 52, "right")
    return _Columns(Axis(_AXIS, score.x - 10 - _AXIS), score, share, findings)


def _row(row: Bar, columns: _Columns, fonts: Fonts, width: float) -> Drawing:
    title = name(row.title, styles.BODY, _TITLE.width, fonts, most=2)
    height = max(height_of(title), 13) + 6
    drawing = Drawing(width, height, boxes=columns.axis.lines(height))
    drawing.words += lines(title, _TITLE, 3, fonts)
    if row.score:
        drawing.boxes.append(_bar(columns.axis, row.score, (height - _THICK) / 2))
    middle = (height - styles.BODY.leading) / 2
    for column, text, style in (
        (columns.score, percent(row.score), styles.MUTED if row.score is None else styles.STRONG),
        (columns.share, row.share, styles.BODY),
        (columns.findings, str(row.findings), styles.STRONG if row.findings else styles.MUTED),
    ):
        drawing.words += line(text, style, column, middle, fonts)
    return drawing


def _bar(axis: Axis, score: int, y: float) -> Box:
    return Box(axis.x, y, axis.at(score) - axis.x, _THICK, colours.GOOD)

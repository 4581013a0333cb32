"""Sections that are a chart: a heading, a legend, and rows that may run over pages."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.drawing import styles
from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.marks import Drawing, Table
from audit_api.drawing.periods import Expected, Period
from audit_api.drawing.trend import trend
from audit_api.pdf import look
from audit_api.pdf.columns import height_side_by_side, side_by_side
from audit_api.pdf.document import heading
from audit_api.pdf.page import Flow
from audit_api.typography.text import FONTS

_TOGETHER, _FIRST = 260.0, 90.0
"""How high a chart is that is not parted, and how much of another stays with its heading."""


def charted(flow: Flow, title: Text, table: Table, legend: Drawing | None = None) -> None:
    """The section; a short chart is not parted."""
    heading(flow, title, keep=room(table, legend))
    if legend is not None:
        flow.draw(legend)
    flow.table(table)


def room(table: Table, legend: Drawing | None = None) -> float:
    """What stays on one page: the whole where it is short, else the first rows."""
    above = table.head.height + (legend.height if legend else 0)
    heights = [row.height for row in table.rows]
    if above + sum(heights) <= _TOGETHER:
        return above + sum(heights)
    return above + max(sum(heights[:1]), min(sum(heights[:3]), _FIRST))


def traced(
    flow: Flow,
    labels: Labels,
    periods: Sequence[Period],
    pass_mark: int | None,
    expected: Sequence[Expected] = (),
    forecast: Text | None = None,
) -> None:
    """The trend, with what is expected of periods to come and the sentence that tells of it."""
    if not periods:
        return
    drawing = trend(periods, pass_mark, labels, FONTS, look.WIDTH, expected)
    below = height_side_by_side(forecast, styles.BODY) if forecast else 0
    heading(flow, labels.say("report.trend"), keep=drawing.height + below)
    flow.draw(drawing)
    if forecast:
        side_by_side(flow, forecast, styles.BODY)

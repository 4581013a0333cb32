"""Sections that are a chart: a heading, a legend, and rows that may run over pages."""

from __future__ import annotations

from audit_api.drawing.languages import Text
from audit_api.drawing.marks import Drawing, Table
from audit_api.pdf.document import heading
from audit_api.pdf.page import Flow

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

"""The sites beside each other: where each is weak, how they rank, and which of them moved."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.drawing import styles
from audit_api.drawing.heat import heat, heat_legend, parted
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.league import league, league_legend
from audit_api.drawing.marks import Drawing
from audit_api.drawing.movers import Mover, movers, movers_legend
from audit_api.pdf import look
from audit_api.pdf.charts import charted, room
from audit_api.pdf.columns import height_side_by_side, side_by_side
from audit_api.pdf.document import heading
from audit_api.pdf.network.values import NetworkReport
from audit_api.pdf.page import Flow
from audit_api.pdf.structure import Tag
from audit_api.typography.text import FONTS

_TITLE = styles.STRONG.leading + 4


def by_touchpoint(flow: Flow, report: NetworkReport) -> None:
    """A cell for each site and touchpoint; what is too wide comes in several tables."""
    if report.heat is None:
        return
    labels = report.labels
    title = labels.say("report.heat")
    legend: Drawing | None = heat_legend(labels, FONTS, look.WIDTH)
    for piece in parted(report.heat):
        charted(flow, title, heat(piece, labels, FONTS, look.WIDTH), legend)
        title, legend = labels.say("report.continued", title=labels.say("report.heat")), None


def ranked(flow: Flow, report: NetworkReport) -> None:
    if report.league is not None:
        labels = report.labels
        table = league(report.league, labels, FONTS, look.WIDTH)
        legend = league_legend(report.league, labels, FONTS, look.WIDTH)
        charted(flow, labels.say("report.league"), table, legend)


def moved(flow: Flow, report: NetworkReport) -> None:
    """Those that improved, then those that worsened."""
    if report.movers is not None:
        improved, worsened = report.movers.improved, report.movers.worsened
        _moved(flow, report, ("report.improved", improved), ("report.worsened", worsened))


def worsened(flow: Flow, report: NetworkReport) -> None:
    if report.movers is not None:
        _moved(flow, report, ("report.worsened", report.movers.worsened))


def moved_farthest(flow: Flow, report: NetworkReport, most: int) -> None:
    """So many sites in one table, whichever way they moved, the farthest first."""
    if report.movers is not None:
        rows = (*report.movers.improved, *report.movers.worsened)
        farthest = sorted(rows, key=lambda row: -abs(row.points or 0))
        _moved(flow, report, (None, farthest[:most]))


def _moved(flow: Flow, report: NetworkReport, *groups: tuple[str | None, Sequence[Mover]]) -> None:
    """The sites of each group below its name, where it has one."""
    found = report.movers
    shown = [(code, rows) for code, rows in groups if rows]
    if found is None or not shown:
        return
    labels = report.labels
    told = [labels.say("report.movers_compared", compared=found.compared, base=found.base)]
    if not any(row.beyond_chance for _, rows in shown for row in rows):
        told.append(labels.say("report.movers_chance"))
    legend = movers_legend(found.base, labels, FONTS, look.WIDTH)
    tables = [(code, movers(rows, found.base, labels, FONTS, look.WIDTH)) for code, rows in shown]
    above = sum(height_side_by_side(text, styles.BODY) for text in told) + _TITLE
    heading(flow, labels.say("report.movers"), keep=above + room(tables[0][1], legend))
    for text in told:
        side_by_side(flow, text, styles.BODY)
    flow.space(4)
    flow.draw(legend)
    for place, (code, table) in enumerate(tables):
        flow.space(10 if place else 0)
        if code is not None:
            _subheading(flow, labels.say(code), keep=room(table))
        flow.table(table)


def _subheading(flow: Flow, title: Text, keep: float) -> None:
    flow.need(_TITLE + keep)
    with flow.part(Tag.SUBHEADING):
        flow.page.put(look.LEFT, flow.y, joined(title, " · "), styles.STRONG, look.WIDTH)
    flow.space(_TITLE)

"""How the score has gone, of which parts it is made, and which answers lie behind it."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.drawing.distribution import distributions
from audit_api.drawing.metrics import metrics
from audit_api.drawing.parts import PartRow, parts, parts_legend
from audit_api.pdf import look
from audit_api.pdf.charts import charted, traced
from audit_api.pdf.network.values import NetworkReport, Part
from audit_api.pdf.page import Flow
from audit_api.typography.text import FONTS


def course(flow: Flow, report: NetworkReport, *, told: bool = True) -> None:
    """The trend with what is expected and, unless it is told elsewhere, the sentence about it."""
    sentence = report.forecast if told else None
    traced(flow, report.labels, report.trend, report.scale.pass_mark, report.expected, sentence)


def touchpoints(flow: Flow, report: NetworkReport) -> None:
    _parts(flow, report, "report.by_touchpoint", "report.touchpoint", report.touchpoints)


def dimensions(flow: Flow, report: NetworkReport) -> None:
    _parts(flow, report, "report.by_dimension", "report.dimension", report.dimensions)


def customers(flow: Flow, report: NetworkReport) -> None:
    """The metrics of what customers would say."""
    if report.metrics:
        labels = report.labels
        table = metrics(report.metrics, labels, FONTS, look.WIDTH)
        charted(flow, labels.say("report.metrics"), table)


def answers(flow: Flow, report: NetworkReport) -> None:
    """How questions were answered."""
    labels = report.labels
    for each in report.questionnaires:
        title = labels.say("report.distributions")
        if each.title is not None:
            title = labels.say("report.distributions_of", checklist=each.title)
        charted(flow, title, distributions(each.rows, labels, FONTS, look.WIDTH))


def _parts(flow: Flow, report: NetworkReport, code: str, first: str, given: Sequence[Part]) -> None:
    if not given:
        return
    labels, rows = report.labels, [_row(part) for part in given]
    table = parts(rows, labels.say(first), labels, FONTS, look.WIDTH)
    charted(flow, labels.say(code), table, parts_legend(rows, labels, FONTS, look.WIDTH))


def _row(part: Part) -> PartRow:
    change = part.change
    return PartRow(part.title, part.figure, part.organisation, change.points, change.beyond_chance)

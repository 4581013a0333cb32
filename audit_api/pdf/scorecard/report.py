"""A site's scorecard, from frozen values to the bytes of a PDF."""

from __future__ import annotations

from audit_api.drawing import styles
from audit_api.drawing.comparison import comparison, room
from audit_api.drawing.languages import joined
from audit_api.drawing.metrics import metrics
from audit_api.drawing.trend import HEIGHT, trend
from audit_api.pdf.columns import height_side_by_side, side_by_side
from audit_api.pdf.document import edges, heading
from audit_api.pdf.page import Flow
from audit_api.pdf.paint import Properties, paint
from audit_api.pdf.scorecard.details import failing, remarks
from audit_api.pdf.scorecard.summary import summary
from audit_api.pdf.scorecard.values import SiteScorecardReport


def render_scorecard(report: SiteScorecardReport) -> bytes:
    """The scorecard as a PDF: A4, fonts embedded, text that can be searched and copied.

    The same scorecard gives the same bytes.
    """
    return paint(lay_out_scorecard(report), _properties(report))


def lay_out_scorecard(report: SiteScorecardReport) -> Flow:
    """The pages of the scorecard as marks, not yet painted."""
    labels, flow = report.labels, Flow()
    summary(flow, report)
    if report.trend:
        heading(flow, labels.say("report.trend"), keep=HEIGHT + styles.SMALL.leading * 2)
        trend(flow, report.trend, report.scale.pass_mark, labels)
    for code, rows, first in (
        ("report.by_touchpoint", report.touchpoints, "report.touchpoint"),
        ("report.by_dimension", report.dimensions, "report.dimension"),
    ):
        if rows:
            heading(flow, labels.say(code), keep=room(flow, rows))
            comparison(flow, rows, labels.say(first), labels)
    if report.metrics:
        heading(flow, labels.say("report.metrics"), keep=70)
        metrics(flow, report.metrics, labels)
    failing(flow, report)
    remarks(flow, report)
    _reading(flow, report)
    period = joined(report.period)
    as_of = joined(labels.say("report.as_of", moment=report.as_of), " · ")
    title = f"{report.site_name} · {period}"
    edges(flow, labels, title=title, owner=report.organisation, identity=as_of)
    return flow


def _reading(flow: Flow, report: SiteScorecardReport) -> None:
    """How the figures are to be read."""
    rules = [
        report.labels.say(code, least=report.least)
        for code in ("report.read_score", "report.read_interval", "report.read_change")
    ]
    keep = sum(height_side_by_side(flow, rule, styles.SMALL) + 3 for rule in rules)
    heading(flow, report.labels.say("report.how_to_read"), keep)
    for rule in rules:
        side_by_side(flow, rule, styles.SMALL)
        flow.space(3)


def _properties(report: SiteScorecardReport) -> Properties:
    title = joined(report.labels.say("report.scorecard_title"))
    return Properties(
        title=f"{title} – {report.site_name} – {joined(report.period)}",
        subject=f"{report.site_code} · {report.region}",
        author=report.organisation,
        language=report.locale,
        made=report.until,
    )

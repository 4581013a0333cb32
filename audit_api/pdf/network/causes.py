"""What the score goes with: what has most to do with it, and which days."""

from __future__ import annotations

from audit_api.drawing import styles
from audit_api.drawing.quadrant import quadrant
from audit_api.pdf import look
from audit_api.pdf.columns import side_by_side
from audit_api.pdf.document import sentences
from audit_api.pdf.network.values import NetworkReport
from audit_api.pdf.page import Flow
from audit_api.typography.text import FONTS


def drivers(flow: Flow, report: NetworkReport) -> None:
    """What has most to do with the score, a sentence for each part, what is left out, the parts
    between importance and performance, and what has most to do with what customers would say."""
    found = report.drivers
    if found is not None:
        sentences(flow, report.labels.say("report.drivers"), found.told, found.parts)
        for text in found.unweighed:
            side_by_side(flow, text, styles.SMALL)
            flow.space(2)
        if found.quadrants is not None:
            drawing = quadrant(found.quadrants, report.labels, FONTS, look.WIDTH)
            flow.space(6)
            flow.need(drawing.height)
            flow.draw(drawing)
        for text in found.customers:
            flow.space(4)
            side_by_side(flow, text, styles.BODY)


def weekdays(flow: Flow, report: NetworkReport) -> None:
    if report.weekdays is not None:
        sentences(flow, report.labels.say("report.weekdays"), report.weekdays)

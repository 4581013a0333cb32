"""What the score goes with: what has most to do with it, what comes again, and which days."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.drawing import styles
from audit_api.drawing.languages import Text
from audit_api.drawing.quadrant import quadrant
from audit_api.pdf import look
from audit_api.pdf.columns import height_side_by_side, side_by_side
from audit_api.pdf.document import bullets, heading
from audit_api.pdf.network.values import NetworkReport
from audit_api.pdf.page import Flow
from audit_api.pdf.text import FONTS


def drivers(flow: Flow, report: NetworkReport) -> None:
    """What has most to do with the score, a sentence for each part, what is left out, and the
    parts between importance and performance."""
    found = report.drivers
    if found is not None:
        _told(flow, report, "report.drivers", found.told, found.parts)
        for text in found.unweighed:
            side_by_side(flow, text, styles.SMALL)
            flow.space(2)
        if found.quadrants is not None:
            drawing = quadrant(found.quadrants, report.labels, FONTS, look.WIDTH)
            flow.space(6)
            flow.need(drawing.height)
            flow.draw(drawing)


def repeats(flow: Flow, report: NetworkReport) -> None:
    if report.repeats is not None:
        _told(flow, report, "report.repeats", report.repeats.told, report.repeats.lines)


def weekdays(flow: Flow, report: NetworkReport) -> None:
    if report.weekdays is not None:
        _told(flow, report, "report.weekdays", report.weekdays, ())


def _told(
    flow: Flow, report: NetworkReport, code: str, first: Text, others: Sequence[Text]
) -> None:
    """A sentence, and those that follow from it."""
    keep = sum(height_side_by_side(text, styles.BODY) + 4 for text in (first, *others[:2]))
    heading(flow, report.labels.say(code), keep=keep)
    side_by_side(flow, first, styles.BODY)
    if others:
        flow.space(4)
        bullets(flow, others)

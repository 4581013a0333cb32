"""How the score came about, sentence by sentence; two languages stand in two columns."""

from __future__ import annotations

from audit_api.drawing import styles
from audit_api.pdf import look
from audit_api.pdf.audit.values import AuditReport
from audit_api.pdf.columns import side_by_side
from audit_api.pdf.document import heading
from audit_api.pdf.page import Flow


def explanation(flow: Flow, report: AuditReport) -> None:
    if report.explanation is None:
        return
    told = report.explanation
    heading(flow, report.labels.say("report.explanation"), keep=styles.BODY.leading * 4)
    side_by_side(flow, told.method, styles.BODY)
    flow.space(5)
    for step in told.steps:
        side_by_side(flow, step, look.NOTE)
        flow.space(3)

"""The visits that a scorecard rests on, the latest first."""

from __future__ import annotations

from functools import partial

from audit_api.drawing.languages import Labels, Text
from audit_api.drawing.lettering import Block, height_of
from audit_api.pdf import look
from audit_api.pdf.document import heading
from audit_api.pdf.page import Flow
from audit_api.pdf.rows import Heads, heads, row
from audit_api.pdf.scorecard.values import SiteScorecardReport, VisitLine
from audit_api.pdf.structure import Tag
from audit_api.rules.exact import percent

_COLUMNS: Heads = (
    ("report.day", look.LEFT, 64.0, "left"),
    ("report.checklist", look.LEFT + 70, 228.0, "left"),
    ("report.score", look.LEFT + 304, 60.0, "right"),
    ("report.verdict", look.LEFT + 372, 74.0, "right"),
    ("report.findings", look.LEFT + 452, look.WIDTH - 452, "right"),
)


def visits(flow: Flow, report: SiteScorecardReport) -> None:
    if not report.visits:
        return
    labels = report.labels
    heading(flow, labels.say("report.visits_counted"), keep=70, count=len(report.visits))
    head = partial(row, flow, _COLUMNS, heads(_COLUMNS, labels), below=3, head=True)
    with flow.part(Tag.TABLE):
        head()
        flow.on_new_page = head
        for line in report.visits:
            cells = _cells(line, labels)
            flow.need(max(map(height_of, cells)) + 6)
            flow.rule()
            flow.space(3)
            row(flow, _COLUMNS, cells, below=3)
        flow.on_new_page = None


def _cells(line: VisitLine, labels: Labels) -> list[Block]:
    texts: tuple[Text, ...] = (
        str(line.day),
        line.checklist,
        percent(line.score),
        _verdict(line, labels),
        str(line.findings),
    )
    return [
        Flow.block(text, look.ANSWER, width, 2)
        for text, (_, _, width, _) in zip(texts, _COLUMNS, strict=True)
    ]


def _verdict(line: VisitLine, labels: Labels) -> Text:
    if line.passed is None:
        return "–"
    return labels.say("report.passed" if line.passed else "report.failed")

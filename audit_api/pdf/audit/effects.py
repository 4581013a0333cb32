"""What changed the score: each critical effect with what it did to its section and to the whole."""

from __future__ import annotations

from functools import partial

from audit_api.drawing.lettering import Block, height_of
from audit_api.pdf import look
from audit_api.pdf.audit.values import AuditReport, EffectLine
from audit_api.pdf.document import heading
from audit_api.pdf.page import Flow
from audit_api.pdf.rows import Heads, heads, row
from audit_api.pdf.structure import Tag

_COLUMNS: Heads = (
    ("report.cause", look.LEFT, 196.0, "left"),
    ("report.effect", look.LEFT + 206, 122.0, "left"),
    ("report.section_score", look.LEFT + 334, 86.0, "right"),
    ("report.total_score", look.LEFT + 424, look.WIDTH - 424, "right"),
)
_MOST_LINES = 6


def effects(flow: Flow, report: AuditReport) -> None:
    if not report.effects:
        return
    rows = [_cells(line) for line in report.effects]
    heading(flow, report.labels.say("report.effects"), keep=24 + _height(rows[0]))
    head = partial(row, flow, _COLUMNS, heads(_COLUMNS, report.labels), below=3, head=True)
    with flow.part(Tag.TABLE):
        head()
        flow.on_new_page = head
        for cells in rows:
            flow.need(_height(cells))
            flow.rule()
            flow.space(4)
            row(flow, _COLUMNS, cells, below=4)
        flow.on_new_page = None


def _cells(line: EffectLine) -> list[Block]:
    texts = (
        (line.cause, look.ANSWER),
        (line.done, look.ANSWER_STRONG),
        (line.section, look.ANSWER),
        (line.total, look.ANSWER),
    )
    return [
        Flow.block(text, style, width, _MOST_LINES)
        for (text, style), (_, _, width, _) in zip(texts, _COLUMNS, strict=True)
    ]


def _height(cells: list[Block]) -> float:
    return max(map(height_of, cells)) + 8

"""What changed the score: each critical effect with what it did to its section and to the whole."""

from __future__ import annotations

from functools import partial

from audit_api.drawing import styles
from audit_api.drawing.lettering import Align, Block, height_of
from audit_api.pdf import look
from audit_api.pdf.audit.values import AuditReport, EffectLine
from audit_api.pdf.document import heading
from audit_api.pdf.page import Flow

_COLUMNS: tuple[tuple[str, float, float, Align], ...] = (
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
    heads = [
        flow.block(report.labels.say(code), styles.SMALL, width, 1)
        for code, _, width, _ in _COLUMNS
    ]
    heading(flow, report.labels.say("report.effects"), keep=24 + _height(rows[0]))
    head = partial(_put, flow, heads, below=3)
    head()
    flow.on_new_page = head
    for row in rows:
        flow.need(_height(row))
        flow.rule()
        flow.space(4)
        _put(flow, row, below=4)
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


def _height(row: list[Block]) -> float:
    return max(map(height_of, row)) + 8


def _put(flow: Flow, row: list[Block], *, below: float) -> None:
    for block, (_, x, width, align) in zip(row, _COLUMNS, strict=True):
        flow.page.put_block(x, flow.y, block, width, align)
    flow.space(max(map(height_of, row)) + below)

"""How the score came about, sentence by sentence; two languages stand in two columns."""

from __future__ import annotations

from audit_api.pdf import look
from audit_api.pdf.document import heading
from audit_api.pdf.languages import Text, each
from audit_api.pdf.look import Style
from audit_api.pdf.page import Block, Flow
from audit_api.pdf.values import AuditReport

_BETWEEN = 18.0


def explanation(flow: Flow, report: AuditReport) -> None:
    if report.explanation is None:
        return
    told = report.explanation
    heading(flow, report.labels.say("report.explanation"), keep=look.BODY.leading * 4)
    side_by_side(flow, told.method, look.BODY)
    flow.space(5)
    for step in told.steps:
        side_by_side(flow, step, look.NOTE)
        flow.space(3)
    if not told.questions:
        return
    heading(flow, report.labels.say("report.by_question"), keep=look.SMALL.leading * 4)
    for step in told.questions:
        side_by_side(flow, step, look.SMALL)
        flow.space(3)


def side_by_side(flow: Flow, text: Text, style: Style) -> None:
    """A paragraph in a column for each language, written line by line, so that a long one runs
    over pages in all its columns at once."""
    columns, room = _columns(flow, text, style)
    flow.need(min(max(map(len, columns)), 4) * style.leading)
    for index in range(max(map(len, columns))):
        flow.need(style.leading)
        for place, column in enumerate(columns):
            x = look.LEFT + place * (room + _BETWEEN)
            flow.page.put_block(x, flow.y, column[index : index + 1])
        flow.space(style.leading)


def height_side_by_side(flow: Flow, text: Text, style: Style) -> float:
    columns, _ = _columns(flow, text, style)
    return max(map(len, columns)) * style.leading


def _columns(flow: Flow, text: Text, style: Style) -> tuple[list[Block], float]:
    """The blocks of all languages and the width of a column."""
    words = each(text)
    room = (look.WIDTH - _BETWEEN * (len(words) - 1)) / len(words)
    return [flow.block(one, style, room) for one in words], room

"""What lies behind a score: the questions that cost it most, and what visitors wrote."""

from __future__ import annotations

from collections.abc import Sequence

from audit_api.drawing import colours, styles
from audit_api.drawing.figures import number
from audit_api.drawing.languages import Labels, Text, joined
from audit_api.drawing.lettering import Align, height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.document import heading
from audit_api.pdf.page import Flow
from audit_api.pdf.scorecard.values import Comment, FailingQuestion

_NUMBER = (look.LEFT, 30.0)
_QUESTION = (look.LEFT + 34, 300.0)
_FAILED = (look.LEFT + 344, 84.0)
_IMPACT = (look.LEFT + 434, look.WIDTH - 434)
_QUOTE = (look.LEFT + 12, look.WIDTH - 12)


def failing(flow: Flow, labels: Labels, questions: Sequence[FailingQuestion]) -> None:
    """The questions in the order given."""
    if not questions:
        return
    columns: tuple[tuple[str, tuple[float, float], Align], ...] = (
        ("report.number", _NUMBER, "left"),
        ("report.question", _QUESTION, "left"),
        ("report.failed_of", _FAILED, "right"),
        ("report.impact", _IMPACT, "right"),
    )
    heads = [
        (*column, align, flow.block(labels.say(code), styles.SMALL, column[1], 1))
        for code, column, align in columns
    ]
    deepest = max(height_of(block) for *_, block in heads)
    heading(flow, labels.say("report.failing"), keep=70)

    def head() -> None:
        for x, width, align, block in heads:
            flow.page.put_block(x, flow.y, block, width, align)
        flow.space(deepest + 3)

    head()
    flow.on_new_page = head
    for row in questions:
        _failing(flow, row, labels)
    flow.on_new_page = None


def _failing(flow: Flow, row: FailingQuestion, labels: Labels) -> None:
    title = flow.block(row.title, look.ANSWER, _QUESTION[1], most=4)
    touchpoint = flow.block(joined(row.touchpoint), styles.SMALL, _QUESTION[1], most=1)
    height = height_of(title) + height_of(touchpoint) + 8
    flow.need(height)
    flow.rule()
    page, y = flow.page, flow.y + 4
    page.put(_NUMBER[0], y, row.number, look.ANSWER_MUTED, _NUMBER[1])
    page.put_block(_QUESTION[0], y, title)
    page.put_block(_QUESTION[0], y + height_of(title), touchpoint)
    count = labels.say("report.failed_count", failed=row.failed, asked=row.asked)
    page.put_block(
        _FAILED[0], y, flow.block(count, look.ANSWER, _FAILED[1], 1), _FAILED[1], "right"
    )
    page.put(_IMPACT[0], y, number(row.impact), look.ANSWER_STRONG, _IMPACT[1], "right")
    flow.space(height)


def comments(
    flow: Flow, labels: Labels, remarks: Sequence[Comment], title: Text | None = None
) -> None:
    """The comments in the order given, those about what went well first."""
    if not remarks:
        return
    heading(flow, title or labels.say("report.remarks"), keep=70)
    for good, code in ((True, "report.went_well"), (False, "report.went_wrong")):
        chosen = [comment for comment in remarks if comment.good is good]
        if chosen:
            flow.need(styles.STRONG.leading + styles.BODY.leading * 3)
            said = joined(labels.say(code), " · ")
            flow.page.put(look.LEFT, flow.y, said, styles.STRONG, look.WIDTH)
            flow.space(styles.STRONG.leading + 4)
        for comment in chosen:
            _comment(flow, comment)


def _comment(flow: Flow, comment: Comment) -> None:
    lines = flow.block(comment.text, styles.BODY, _QUOTE[1])
    flow.need(min(len(lines), 3) * styles.BODY.leading + styles.SMALL.leading)
    for line in lines:
        flow.need(styles.BODY.leading)
        colour = colours.GOOD if comment.good else colours.BAD
        flow.page.boxes.append(Box(look.LEFT, flow.y, 2, styles.BODY.leading, colour))
        flow.page.put_block(_QUOTE[0], flow.y, [line])
        flow.space(styles.BODY.leading)
    flow.need(styles.SMALL.leading)
    told = f"{comment.visited_on} · {joined(comment.touchpoint)}"
    flow.page.put(_QUOTE[0], flow.y, told, styles.SMALL, _QUOTE[1])
    flow.space(styles.SMALL.leading + 7)

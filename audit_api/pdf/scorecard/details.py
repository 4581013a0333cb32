"""What lies behind a score: the questions that cost it most, and what visitors wrote."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from audit_api.drawing import colours, styles
from audit_api.drawing.figures import number
from audit_api.drawing.languages import Labels, Text, joined
from audit_api.drawing.lettering import Block, height_of
from audit_api.drawing.marks import Box
from audit_api.drawing.styles import Style
from audit_api.pdf import look
from audit_api.pdf.document import heading
from audit_api.pdf.page import Flow
from audit_api.pdf.rows import Heads, heads, row
from audit_api.pdf.scorecard.values import Comment, FailingQuestion
from audit_api.pdf.structure import Tag

_COLUMNS: Heads = (
    ("report.number", look.LEFT, 30.0, "left"),
    ("report.question", look.LEFT + 34, 300.0, "left"),
    ("report.failed_of", look.LEFT + 344, 84.0, "right"),
    ("report.impact", look.LEFT + 434, look.WIDTH - 434, "right"),
)
_QUOTE = (look.LEFT + 12, look.WIDTH - 12)


def failing(flow: Flow, labels: Labels, questions: Sequence[FailingQuestion]) -> None:
    """The questions in the order given."""
    if not questions:
        return
    heading(flow, labels.say("report.failing"), keep=70)
    head = partial(row, flow, _COLUMNS, heads(_COLUMNS, labels), below=3, head=True)
    with flow.part(Tag.TABLE):
        head()
        flow.on_new_page = head
        for question in questions:
            cells = _cells(question, labels)
            flow.need(max(map(height_of, cells)) + 8)
            flow.rule()
            flow.space(4)
            row(flow, _COLUMNS, cells, below=4)
        flow.on_new_page = None


def _cells(question: FailingQuestion, labels: Labels) -> list[Block]:
    title, touchpoint = question.title, joined(question.touchpoint)
    count = labels.say("report.failed_count", failed=question.failed, asked=question.asked)
    texts: tuple[tuple[tuple[Text, Style, int], ...], ...] = (
        ((question.number, look.ANSWER_MUTED, 1),),
        ((title, look.ANSWER, 4), (touchpoint, styles.SMALL, 1)),
        ((count, look.ANSWER, 1),),
        ((number(question.impact), look.ANSWER_STRONG, 1),),
    )
    return [
        [line for text in cell for line in Flow.block(text[0], text[1], width, text[2])]
        for cell, (_, _, width, _) in zip(texts, _COLUMNS, strict=True)
    ]


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
            with flow.part(Tag.SUBHEADING):
                flow.page.put(look.LEFT, flow.y, said, styles.STRONG, look.WIDTH)
            flow.space(styles.STRONG.leading + 4)
        for comment in chosen:
            _comment(flow, comment)


def _comment(flow: Flow, comment: Comment) -> None:
    lines = flow.block(comment.text, styles.BODY, _QUOTE[1])
    flow.need(min(len(lines), 3) * styles.BODY.leading + styles.SMALL.leading)
    with flow.part(Tag.PARAGRAPH):
        for line in lines:
            flow.need(styles.BODY.leading)
            colour = colours.GOOD if comment.good else colours.BAD
            flow.page.boxes.append(Box(look.LEFT, flow.y, 2, styles.BODY.leading, colour))
            flow.page.put_block(_QUOTE[0], flow.y, [line])
            flow.space(styles.BODY.leading)
    flow.need(styles.SMALL.leading)
    where = (comment.site, str(comment.visited_on), joined(comment.touchpoint))
    told = " · ".join(filter(None, where))
    flow.page.put(_QUOTE[0], flow.y, told, styles.SMALL, _QUOTE[1])
    flow.space(styles.SMALL.leading + 7)

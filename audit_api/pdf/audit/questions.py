"""Every question by touchpoint, with its answer, its points, its comment and its photos."""

from __future__ import annotations

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Labels, joined
from audit_api.drawing.lettering import Align, Block, height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.audit.findings import MOST_LINES, SHORT_COMMENT, answer_text
from audit_api.pdf.audit.values import AuditReport, QuestionLine, State, TouchpointPart
from audit_api.pdf.document import heading
from audit_api.pdf.gallery import THUMBNAILS, Photos, first_row, gallery
from audit_api.pdf.page import Flow
from audit_api.rules.exact import percent

_QUESTION = (look.LEFT + 34, 272.0)
_ANSWER = (look.LEFT + 316, 134.0)
_POINTS = (look.LEFT + 454, look.WIDTH - 454)
_COMMENT = (_QUESTION[0], look.RIGHT - _QUESTION[0] - 6)
_LONG_ANSWER = 5
_BAR = 21.0
_HEADS: tuple[tuple[str, float, float, Align], ...] = (
    ("report.number", look.LEFT + 6, 28.0, "left"),
    ("report.question", *_QUESTION, "left"),
    ("report.answer", _ANSWER[0] + 12, _ANSWER[1] - 12, "left"),
    ("report.points", _POINTS[0], _POINTS[1] - 6, "right"),
)


def questions(flow: Flow, report: AuditReport, photos: Photos) -> None:
    asked = [part for part in report.touchpoints if part.questions]
    if not asked:
        return
    keep = _touchpoint_room(flow, asked[0], report.labels)
    heading(flow, report.labels.say("report.all_questions"), keep)
    for part in asked:
        _touchpoint(flow, part, report.labels, photos)


def _touchpoint_room(flow: Flow, part: TouchpointPart, labels: Labels) -> float:
    """What stays on one page: the touchpoint's head and its first question."""
    head = _BAR + 8 + 2 * styles.SMALL.leading
    first = part.questions[0]
    return head + _question_room(flow, first, _cells(flow, first, labels))


def _touchpoint(flow: Flow, part: TouchpointPart, labels: Labels, photos: Photos) -> None:
    flow.need(_touchpoint_room(flow, part, labels))
    flow.mark(part.title, level=1)

    title, score = joined(part.title, " · "), percent(part.score)
    heads = [
        (x, width, align, flow.block(labels.say(code), styles.SMALL, width, 1))
        for code, x, width, align in _HEADS
    ]
    deepest = max(height_of(block) for *_, block in heads)

    def head() -> None:
        """Drawn again on every page that the touchpoint runs over."""
        page, y = flow.page, flow.y + _BAR + 4
        page.boxes.append(Box(look.LEFT, flow.y, look.WIDTH, _BAR, colours.WASH))
        page.put(look.LEFT + 6, flow.y + 3.5, title, look.SUBHEADING, look.WIDTH - 100)
        page.put(look.LEFT, flow.y + 3.5, score, look.SUBHEADING, look.WIDTH - 6, "right")
        for x, width, align, block in heads:
            page.put_block(x, y, block, width, align)
        flow.space(_BAR + 4 + deepest + 4)

    head()
    flow.on_new_page = head
    for line in part.questions:
        _question(flow, line, labels, photos)
    flow.on_new_page = None
    flow.space(12)


def _cells(flow: Flow, line: QuestionLine, labels: Labels) -> tuple[Block, Block]:
    """The blocks of title and answer; an answer too long for its column has none there."""
    strong = look.ANSWER_STRONG if line.failed else look.ANSWER
    shown = strong if line.state == State.ANSWERED else look.ANSWER_MUTED
    answer = flow.block(answer_text(line, labels), shown, _ANSWER[1] - 12)
    return (
        flow.block(line.title, strong, _QUESTION[1], most=MOST_LINES),
        answer if len(answer) <= _LONG_ANSWER else [],
    )


def _row_height(cells: tuple[Block, Block]) -> float:
    return max(look.ANSWER.leading, *map(height_of, cells)) + 7


def _question_room(flow: Flow, line: QuestionLine, cells: tuple[Block, Block]) -> float:
    """What stays on one page: the row and, unless long text stands between, its first photos."""
    row = _row_height(cells)
    comment = flow.block(line.comment, look.NOTE, _COMMENT[1]) if line.comment else []
    if not cells[1] or len(comment) > SHORT_COMMENT:
        return row + look.NOTE.leading
    return row + height_of(comment) + 5 + first_row(flow, line.photos, THUMBNAILS)


def _question(flow: Flow, line: QuestionLine, labels: Labels, photos: Photos) -> None:
    cells = _cells(flow, line, labels)
    flow.need(_question_room(flow, line, cells))
    flow.rule()
    _row(flow, line, cells)
    flow.space(_row_height(cells))
    if not cells[1]:
        flow.write(answer_text(line, labels), look.ANSWER, *_COMMENT)
        flow.space(2)
    if line.comment:
        flow.write(line.comment, look.NOTE, *_COMMENT)
        flow.space(3)
    if line.photos:
        flow.space(2)
        gallery(flow, line.photos, THUMBNAILS, photos, joined(labels.say("report.photo_lost")))


def _row(flow: Flow, line: QuestionLine, cells: tuple[Block, Block]) -> None:
    page, y = flow.page, flow.y + 4
    strong = look.ANSWER_STRONG if line.failed else look.ANSWER
    title, answer = cells
    page.put(look.LEFT + 6, y, line.number, look.ANSWER_MUTED, 26)
    page.put_block(_QUESTION[0], y, title)
    if line.failed:
        page.boxes.append(Box(_ANSWER[0] - 1, y + 1.5, 9, 9, colours.BAD, radius=1.5))
        page.put(_ANSWER[0] - 1, y + 1.5, "×", look.SMALL_CROSS, 9, "centre")
    page.put_block(_ANSWER[0] + 12, y, answer)
    points = f"{line.earned} / {line.possible}" if line.possible else "–"
    page.put(_POINTS[0], y, points, strong, _POINTS[1] - 6, "right")

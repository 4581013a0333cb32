"""Every question by touchpoint, with its answer and its points, and with its comment and photos
where no finding has told them already."""

from __future__ import annotations

from dataclasses import dataclass, replace

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Labels, joined
from audit_api.drawing.lettering import Block, height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.audit.findings import MOST_LINES, SHORT_COMMENT, answer_text
from audit_api.pdf.audit.values import (
    AuditReport,
    Impression,
    QuestionLine,
    State,
    TouchpointPart,
)
from audit_api.pdf.columns import Beside, beside, side_by_side
from audit_api.pdf.document import heading
from audit_api.pdf.gallery import THUMBNAILS, Photos, first_row, gallery
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.rows import Heads, heads, row
from audit_api.pdf.structure import Element, Tag
from audit_api.rules.exact import percent

_QUESTION = (look.LEFT + 34, 272.0)
_ANSWER = (look.LEFT + 316, 134.0)
_POINTS = (look.LEFT + 454, look.WIDTH - 454)
_COMMENT = (_QUESTION[0], look.RIGHT - _QUESTION[0] - 6)
_LONG_ANSWER = 5
_BAR = 21.0
_HEADS: Heads = (
    ("report.number", look.LEFT + 6, 28.0, "left"),
    ("report.question", *_QUESTION, "left"),
    ("report.answer", _ANSWER[0] + 12, _ANSWER[1] - 12, "left"),
    ("report.points", _POINTS[0], _POINTS[1] - 6, "right"),
)


@dataclass(frozen=True, slots=True)
class _Cells:
    """A question's row, broken into lines."""

    title: Beside
    answer: Block
    points: Block
    note: Beside | None

    @property
    def height(self) -> float:
        title = self.title.height + (self.note.height if self.note else 0)
        tallest = max(title, height_of(self.answer), height_of(self.points))
        return max(look.ANSWER.leading, tallest) + 7


def questions(flow: Flow, report: AuditReport, photos: Photos) -> None:
    asked = [part for part in report.touchpoints if part.questions]
    if not asked:
        return
    keep = _touchpoint_room(flow, asked[0], report.labels) + look.NOTE.leading
    heading(flow, report.labels.say("report.all_questions"), keep)
    if report.findings:
        side_by_side(flow, report.labels.say("report.told_above"), look.NOTE)
        flow.space(4)
    for part in asked:
        _touchpoint(flow, _without(part, report.impression), report.labels, photos)


def _without(part: TouchpointPart, told: Impression | None) -> TouchpointPart:
    """A touchpoint without the long answer that the first page has told."""
    if told is None:
        return part
    lines = tuple(
        replace(line, answer="", state=State.TOLD) if line.number == told.number else line
        for line in part.questions
    )
    return replace(part, questions=lines)


def _touchpoint_room(flow: Flow, part: TouchpointPart, labels: Labels) -> float:
    """What stays on one page: the touchpoint's head and its first question."""
    head = _BAR + 8 + 2 * styles.SMALL.leading
    first = part.questions[0]
    return head + _question_room(flow, first, _cells(first, labels))


def _touchpoint(flow: Flow, part: TouchpointPart, labels: Labels, photos: Photos) -> None:
    flow.need(_touchpoint_room(flow, part, labels))
    flow.mark(part.title, level=1)

    title, score = joined(part.title, " · "), percent(part.score)
    continued = joined(labels.say("report.continued", title=part.title), " · ")
    named = heads(_HEADS, labels)

    def bar(title: str) -> None:
        flow.page.boxes.append(Box(look.LEFT, flow.y, look.WIDTH, _BAR, colours.WASH))
        y = flow.y + 3.5
        flow.page.put(look.LEFT + 6, y, title, look.SUBHEADING, look.WIDTH - 100)
        flow.page.put(look.LEFT, y, score, look.SUBHEADING, look.WIDTH - 6, "right")
        flow.space(_BAR + 4)

    def head() -> None:
        row(flow, _HEADS, named, below=4, head=True)

    def again() -> None:
        """Drawn on every page that the touchpoint runs over."""
        bar(continued)
        head()

    with flow.part(Tag.SUBHEADING):
        bar(title)
    with flow.part(Tag.TABLE):
        head()
        flow.on_new_page = again
        for line in part.questions:
            _question(flow, line, labels, photos)
        flow.on_new_page = None
    flow.space(12)


def _cells(line: QuestionLine, labels: Labels) -> _Cells:
    """What stands in the columns; an answer too long for its own has none there."""
    strong = look.ANSWER_STRONG if line.failed else look.ANSWER
    quiet = look.ANSWER_MUTED
    answered = line.state == State.ANSWERED
    answer = Flow.block(answer_text(line, labels), strong if answered else quiet, _ANSWER[1] - 12)
    title = quiet if line.state == State.HIDDEN else strong
    return _Cells(
        beside(line.title, title, _QUESTION[1], most=MOST_LINES),
        answer if len(answer) <= _LONG_ANSWER else [],
        Flow.block(line.points, strong, _POINTS[1] - 6, most=3),
        beside(line.note, styles.SMALL, _QUESTION[1], most=4) if line.note else None,
    )


def _question_room(flow: Flow, line: QuestionLine, cells: _Cells) -> float:
    """What stays on one page: the row and, unless long text stands between, its first photos."""
    comment = flow.block(_comment(line) or "", look.NOTE, _COMMENT[1])
    if not cells.answer or len(comment) > SHORT_COMMENT:
        return cells.height + look.NOTE.leading
    photos = () if line.failed else line.photos
    return cells.height + height_of(comment) + 5 + first_row(flow, photos, THUMBNAILS)


def _comment(line: QuestionLine) -> str | None:
    """The comment of what is no finding: a finding's was told among the findings."""
    return None if line.failed else line.comment


def _question(flow: Flow, line: QuestionLine, labels: Labels, photos: Photos) -> None:
    cells = _cells(line, labels)
    flow.need(_question_room(flow, line, cells))
    flow.rule()
    answer = _row(flow, line, cells, labels)
    flow.space(cells.height)
    with flow.structure.inside(answer):
        _below(flow, line, cells, labels, photos)


def _below(flow: Flow, line: QuestionLine, cells: _Cells, labels: Labels, photos: Photos) -> None:
    """What belongs to the answer and has no room beside it."""
    if not cells.answer:
        side_by_side(flow, answer_text(line, labels), look.ANSWER, *_COMMENT)
        flow.space(2)
    if comment := _comment(line):
        flow.write(comment, look.NOTE, *_COMMENT)
        flow.space(3)
    if line.photos and not line.failed:
        flow.space(2)
        gallery(flow, line.photos, THUMBNAILS, photos, joined(labels.say("report.photo_lost")))


def _row(flow: Flow, line: QuestionLine, cells: _Cells, labels: Labels) -> Element:
    """The cells side by side; return the answer's."""
    page, structure, y = flow.page, flow.structure, flow.y + 4
    with structure.row():
        with structure.cell(0):
            page.put(look.LEFT + 6, y, line.number, look.ANSWER_MUTED, 26)
        with structure.cell(1):
            cells.title.put(flow, _QUESTION[0], y)
            if cells.note:
                cells.note.put(flow, _QUESTION[0], y + cells.title.height)
        with structure.cell(2) as answer:
            page.put_block(_ANSWER[0] + 12, y, cells.answer)
            if line.failed:
                _cross(page, y + 1.5, labels)
        with structure.cell(3):
            page.put_block(_POINTS[0], y, cells.points, _POINTS[1] - 6, "right")
    return answer


def _cross(page: Page, y: float, labels: Labels) -> None:
    """The sign of a finding, which is said in its place."""
    page.boxes.append(Box(_ANSWER[0] - 1, y, 9, 9, colours.BAD, radius=1.5))
    with page.structure.part(Tag.SPAN, labels.say("report.finding")):
        page.put(_ANSWER[0] - 1, y, "×", look.SMALL_CROSS, 9, "centre")

"""What was seen: the findings with their evidence, then every question by touchpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from audit_api.pdf import look
from audit_api.pdf.chart import percent
from audit_api.pdf.gallery import EVIDENCE, THUMBNAILS, first_row, gallery
from audit_api.pdf.page import Box, Flow
from audit_api.pdf.photo import Photo
from audit_api.pdf.summary import heading
from audit_api.pdf.values import AuditReport, QuestionLine, State, TouchpointPart

Photos = Callable[[str], Photo | None]

_QUESTION = (look.LEFT + 34, 268.0)
_ANSWER = (look.LEFT + 312, 134.0)
_POINTS = (look.LEFT + 450, look.WIDTH - 450)
_FINDING = (look.LEFT + 22, look.WIDTH - 22)
_COMMENT = (_QUESTION[0], look.RIGHT - _QUESTION[0] - 6)
_MOST_LINES = 12
_LONG_ANSWER = 4
_SHORT_COMMENT = 6


def findings(flow: Flow, report: AuditReport, photos: Photos) -> None:
    failed = [(part, line) for part in report.touchpoints for line in part.questions if line.failed]
    keep = _finding_room(flow, failed[0][1]) if failed else look.BODY.leading
    heading(flow, f"{report.labels['report.findings']} ({len(failed)})", keep)
    if not failed:
        flow.write(report.labels["report.no_findings"], look.BODY)
    for part, line in failed:
        _finding(flow, part.title, line, report.labels, photos)


def _finding_title(flow: Flow, line: QuestionLine) -> list[str]:
    title = f"{line.number}  {line.title}"
    return flow.wrapped(title, look.SUBHEADING, _FINDING[1], most=_MOST_LINES)


def _finding_room(flow: Flow, line: QuestionLine) -> float:
    """What stays on one page: the title and, unless the comment is long, the first photos."""
    room = len(_finding_title(flow, line)) * look.SUBHEADING.leading + look.NOTE.leading
    comment = flow.wrapped(line.comment, look.BODY, _FINDING[1]) if line.comment else []
    if len(comment) > _SHORT_COMMENT:
        return room + _SHORT_COMMENT * look.BODY.leading
    return room + len(comment) * look.BODY.leading + 7 + first_row(flow, line.photos, EVIDENCE)


def _finding(
    flow: Flow, touchpoint: str, line: QuestionLine, words: Mapping[str, str], photos: Photos
) -> None:
    x, width = _FINDING
    flow.need(_finding_room(flow, line))
    title = _finding_title(flow, line)
    flow.page.boxes.append(Box(look.LEFT, flow.y + 1, 13, 13, look.BAD, radius=2))
    flow.page.put(look.LEFT, flow.y + 1, "×", look.CROSS, 13, "centre")
    flow.page.put_lines(x, flow.y, title, look.SUBHEADING)
    flow.space(len(title) * look.SUBHEADING.leading)
    told = [touchpoint, words["report.answered"].format(answer=answer_text(line, words))]
    if line.possible:
        told.append(words["report.points_of"].format(earned=line.earned, possible=line.possible))
    flow.write(" · ".join(told), look.NOTE, x, width)
    if line.comment:
        flow.space(2)
        flow.write(line.comment, look.BODY, x, width)
    flow.space(5)
    gallery(flow, line.photos, EVIDENCE, photos, words["report.photo_lost"])
    flow.space(6)


def questions(flow: Flow, report: AuditReport, photos: Photos) -> None:
    if not report.touchpoints:
        return
    keep = _touchpoint_room(flow, report.touchpoints[0], report.labels)
    heading(flow, report.labels["report.all_questions"], keep)
    for part in report.touchpoints:
        _touchpoint(flow, part, report.labels, photos)


def _touchpoint_room(flow: Flow, part: TouchpointPart, words: Mapping[str, str]) -> float:
    """What stays on one page: the touchpoint's head and its first question."""
    return 36 + (_question_room(flow, part.questions[0], words) if part.questions else 0)


def _touchpoint(flow: Flow, part: TouchpointPart, words: Mapping[str, str], photos: Photos) -> None:
    flow.need(_touchpoint_room(flow, part, words))
    flow.mark(part.title, level=1)

    def head() -> None:
        """Drawn again on every page that the touchpoint runs over."""
        page, y = flow.page, flow.y + 23
        page.boxes.append(Box(look.LEFT, flow.y, look.WIDTH, 20, look.WASH))
        page.put(look.LEFT + 6, flow.y + 2.5, part.title, look.SUBHEADING, look.WIDTH - 100)
        score = percent(part.score)
        page.put(look.LEFT, flow.y + 2.5, score, look.SUBHEADING, look.WIDTH - 6, "right")
        page.put(look.LEFT + 6, y, words["report.number"], look.SMALL, 28)
        page.put(_QUESTION[0], y, words["report.question"], look.SMALL, _QUESTION[1])
        page.put(_ANSWER[0] + 12, y, words["report.answer"], look.SMALL, _ANSWER[1] - 12)
        page.put(_POINTS[0], y, words["report.points"], look.SMALL, _POINTS[1] - 6, "right")
        flow.space(36)

    head()
    flow.on_new_page = head
    for line in part.questions:
        _question(flow, line, words, photos)
    flow.on_new_page = None
    flow.space(10)


def _cells(flow: Flow, line: QuestionLine, words: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The lines of title and answer; an answer too long for its column has none there."""
    style = look.ANSWER_STRONG if line.failed else look.ANSWER
    answer = flow.wrapped(answer_text(line, words), look.ANSWER_STRONG, _ANSWER[1] - 12)
    return (
        flow.wrapped(line.title, style, _QUESTION[1], most=_MOST_LINES),
        answer if len(answer) <= _LONG_ANSWER else [],
    )


def _question_room(flow: Flow, line: QuestionLine, words: Mapping[str, str]) -> float:
    """What stays on one page: the row and, unless long text stands between, its first photos."""
    title, answer = _cells(flow, line, words)
    row = max(len(title), len(answer)) * look.ANSWER.leading + 6
    comment = flow.wrapped(line.comment, look.NOTE, _COMMENT[1]) if line.comment else []
    if not answer or len(comment) > _SHORT_COMMENT:
        return row + look.NOTE.leading
    text = len(comment) * look.NOTE.leading + 4
    return row + text + first_row(flow, line.photos, THUMBNAILS)


def _question(flow: Flow, line: QuestionLine, words: Mapping[str, str], photos: Photos) -> None:
    flow.need(_question_room(flow, line, words))
    title, answer = _cells(flow, line, words)
    height = max(len(title), len(answer)) * look.ANSWER.leading + 6
    flow.rule()
    _question_row(flow, line, title, answer)
    flow.space(height)
    if not answer:
        flow.write(answer_text(line, words), look.ANSWER, *_COMMENT)
        flow.space(2)
    if line.comment:
        flow.write(line.comment, look.NOTE, *_COMMENT)
        flow.space(2)
    flow.space(2)
    gallery(flow, line.photos, THUMBNAILS, photos, words["report.photo_lost"])


def _question_row(flow: Flow, line: QuestionLine, title: list[str], answer: list[str]) -> None:
    page, y = flow.page, flow.y + 3
    strong = look.ANSWER_STRONG if line.failed else look.ANSWER
    page.put(look.LEFT + 6, y, line.number, look.ANSWER, 26)
    page.put_lines(_QUESTION[0], y, title, strong)
    if line.failed:
        page.boxes.append(Box(_ANSWER[0] - 1, y + 1.5, 9, 9, look.BAD, radius=1.5))
        page.put(_ANSWER[0] - 1, y + 1.5, "×", look.SMALL_CROSS, 9, "centre")
    shown = strong if line.state == State.ANSWERED else look.ANSWER_MUTED
    page.put_lines(_ANSWER[0] + 12, y, answer, shown)
    points = f"{line.earned} / {line.possible}" if line.possible else "–"
    page.put(_POINTS[0], y, points, strong, _POINTS[1] - 6, "right")


def answer_text(line: QuestionLine, words: Mapping[str, str]) -> str:
    """The answer, or the word for why there is none."""
    return line.answer if line.state == State.ANSWERED else words[f"report.{line.state}"]

"""What failed, the critical first: each finding with its comment and its photos."""

from __future__ import annotations

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Labels, Text, each, joined, together
from audit_api.drawing.lettering import height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.audit.values import AuditReport, QuestionLine, State
from audit_api.pdf.columns import Beside, beside, side_by_side
from audit_api.pdf.document import heading
from audit_api.pdf.gallery import EVIDENCE, Photos, first_row, gallery
from audit_api.pdf.page import Flow
from audit_api.pdf.structure import Tag
from audit_api.typography.text import FONTS

MOST_LINES = 12
SHORT_COMMENT = 6

_FINDING = (look.LEFT + 22, look.WIDTH - 22)
_BADGE = 15.0


def findings(flow: Flow, report: AuditReport, photos: Photos) -> None:
    """Every finding with its evidence."""
    failed = report.findings
    _heading(flow, report, _room(flow, failed[0][1]) if failed else styles.BODY.leading)
    for part, line in failed:
        _finding(flow, part.title, line, report.labels, photos)


def named(flow: Flow, report: AuditReport) -> None:
    """Every finding on a line or two, without its evidence."""
    _heading(flow, report, styles.BODY.leading * 3)
    with flow.part(Tag.LIST):
        for _, line in report.findings:
            title, critical = _title(line), line.critical
            flow.need(title.height + (look.NOTE.leading if critical else 0))
            _cross(flow)
            with flow.part(Tag.ITEM), flow.part(Tag.BODY):
                title.put(flow, _FINDING[0], flow.y)
                flow.space(title.height)
                if critical:
                    _critical(flow, critical, report.labels)
            flow.space(5)


def answer_text(line: QuestionLine, labels: Labels) -> Text:
    """The answer, or the words for why there is none."""
    return line.answer if line.state == State.ANSWERED else labels.say(f"report.{line.state}")


def _heading(flow: Flow, report: AuditReport, keep: float) -> None:
    labels, count = report.labels, len(report.findings)
    heading(flow, labels.say("report.findings"), keep, count=count)
    if not count:
        flow.write(labels.say("report.no_findings"), styles.BODY)


def _title(line: QuestionLine) -> Beside:
    numbered = tuple(f"{line.number}  {said}" for said in each(line.title))
    return beside(numbered, look.SUBHEADING, _FINDING[1], most=MOST_LINES)


def _room(flow: Flow, line: QuestionLine) -> float:
    """What stays on one page: the title and, unless the comment is long, the first photos."""
    room = _title(line).height + look.NOTE.leading * 2 + (_BADGE * 2 if line.critical else 0)
    comment = flow.block(line.comment, styles.BODY, _FINDING[1]) if line.comment else []
    if len(comment) > SHORT_COMMENT:
        return room + SHORT_COMMENT * styles.BODY.leading
    return room + height_of(comment) + 8 + first_row(flow, line.photos, EVIDENCE)


def _finding(
    flow: Flow, touchpoint: Text, line: QuestionLine, labels: Labels, photos: Photos
) -> None:
    x, width = _FINDING
    flow.need(_room(flow, line))
    title = _title(line)
    _cross(flow)
    with flow.part(Tag.SUBHEADING):
        title.put(flow, x, flow.y)
    flow.space(title.height)
    if line.critical:
        _critical(flow, line.critical, labels)
    told = [touchpoint, labels.say("report.answered", answer=answer_text(line, labels))]
    if line.points != "–":
        told.append(labels.say("report.points_told", points=line.points))
    side_by_side(flow, together(tuple(told), " · "), look.NOTE, x, width)
    if line.comment:
        flow.space(3)
        flow.write(line.comment, styles.BODY, x, width)
    flow.space(5)
    gallery(flow, line.photos, EVIDENCE, photos, joined(labels.say("report.photo_lost")))
    flow.space(7)


def _cross(flow: Flow) -> None:
    flow.page.boxes.append(Box(look.LEFT, flow.y + 0.5, 13, 13, colours.BAD, radius=2))
    with flow.unsaid():
        flow.page.put(look.LEFT, flow.y + 0.5, "×", look.CROSS, 13, "centre")


def _critical(flow: Flow, done: Text, labels: Labels) -> None:
    """That a finding is critical, on a ground of its colour, and what it did beside it."""
    said = joined(labels.say("report.critical"))
    wide = FONTS.width(said, look.TAG) + 10
    x, width = _FINDING
    flow.page.boxes.append(Box(x, flow.y + 1.5, wide, 12, colours.BAD, radius=2))
    with flow.part(Tag.PARAGRAPH):
        flow.page.put(x + 5, flow.y + 2.5, said, look.TAG, wide)
    if len(each(done)) > 1:
        flow.space(_BADGE)  # two columns stand where all others do: below
    else:
        x, width = x + wide + 6, width - wide - 6
    words = beside(done, look.ANSWER_STRONG, width, most=3)
    words.put(flow, x, flow.y + 1.5)
    flow.space(max(look.ANSWER_STRONG.leading, words.height) + 3)

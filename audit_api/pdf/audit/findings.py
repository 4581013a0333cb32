"""What failed, first of all details: each finding with its comment and its photos."""

from __future__ import annotations

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Labels, Text, each, joined, together
from audit_api.drawing.lettering import Block, height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.audit.values import AuditReport, QuestionLine, State
from audit_api.pdf.document import heading
from audit_api.pdf.gallery import EVIDENCE, Photos, first_row, gallery
from audit_api.pdf.page import Flow

MOST_LINES = 12
SHORT_COMMENT = 6

_FINDING = (look.LEFT + 22, look.WIDTH - 22)


def findings(flow: Flow, report: AuditReport, photos: Photos) -> None:
    failed = [(part, line) for part in report.touchpoints for line in part.questions if line.failed]
    keep = _room(flow, failed[0][1]) if failed else styles.BODY.leading
    heading(flow, report.labels.say("report.findings"), keep, count=len(failed))
    if not failed:
        flow.write(report.labels.say("report.no_findings"), styles.BODY)
    for part, line in failed:
        _finding(flow, part.title, line, report.labels, photos)


def answer_text(line: QuestionLine, labels: Labels) -> Text:
    """The answer, or the words for why there is none."""
    return line.answer if line.state == State.ANSWERED else labels.say(f"report.{line.state}")


def _title(flow: Flow, line: QuestionLine) -> Block:
    first, *others = each(line.title)
    numbered = (f"{line.number}  {first}", *others)
    return flow.block(numbered, look.SUBHEADING, _FINDING[1], most=MOST_LINES)


def _room(flow: Flow, line: QuestionLine) -> float:
    """What stays on one page: the title and, unless the comment is long, the first photos."""
    room = height_of(_title(flow, line)) + look.NOTE.leading * 2
    comment = flow.block(line.comment, styles.BODY, _FINDING[1]) if line.comment else []
    if len(comment) > SHORT_COMMENT:
        return room + SHORT_COMMENT * styles.BODY.leading
    return room + height_of(comment) + 8 + first_row(flow, line.photos, EVIDENCE)


def _finding(
    flow: Flow, touchpoint: Text, line: QuestionLine, labels: Labels, photos: Photos
) -> None:
    x, width = _FINDING
    flow.need(_room(flow, line))
    title = _title(flow, line)
    flow.page.boxes.append(Box(look.LEFT, flow.y + 0.5, 13, 13, colours.BAD, radius=2))
    flow.page.put(look.LEFT, flow.y + 0.5, "×", look.CROSS, 13, "centre")
    flow.page.put_block(x, flow.y, title)
    flow.space(height_of(title))
    told = [touchpoint, labels.say("report.answered", answer=answer_text(line, labels))]
    if line.possible:
        told.append(labels.say("report.points_of", earned=line.earned, possible=line.possible))
    flow.write(together(tuple(told), " · "), look.NOTE, x, width)
    if line.comment:
        flow.space(3)
        flow.write(line.comment, styles.BODY, x, width)
    flow.space(5)
    gallery(flow, line.photos, EVIDENCE, photos, joined(labels.say("report.photo_lost")))
    flow.space(7)

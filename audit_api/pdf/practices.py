"""Examples with their photos: what was praised where the score is best, and what failed where it is
worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audit_api.drawing import colours, styles
from audit_api.drawing.languages import Labels, Text, each, joined, together
from audit_api.drawing.lettering import height_of
from audit_api.drawing.marks import Box
from audit_api.pdf import look
from audit_api.pdf.columns import beside, side_by_side
from audit_api.pdf.document import heading
from audit_api.pdf.gallery import EVIDENCE, Grid, PhotoRef, Photos, first_row, gallery
from audit_api.pdf.page import Flow
from audit_api.pdf.structure import Tag

_X, _WIDTH = EVIDENCE.x, EVIDENCE.width
_PHOTOS = Grid(_X, _WIDTH, 4)
_LONG = 6
"""Lines of a comment that stay together with what they are about."""


@dataclass(frozen=True, slots=True)
class Practice:
    """An example with its photos: what was praised at a site that scores best, or what failed at
    one that scores worst.  `comment` is the visitor's own."""

    site: str
    day: date
    touchpoint: Text
    question: Text
    answer: Text
    comment: str | None
    photos: tuple[PhotoRef, ...]
    good: bool


def practices(
    flow: Flow, labels: Labels, title: Text, examples: Sequence[Practice], photos: Photos
) -> None:
    """The examples in the order given, below a title."""
    if not examples:
        return
    heading(flow, title, keep=_room(flow, examples[0]))
    for practice in examples:
        _example(flow, practice, labels, photos)


def _room(flow: Flow, practice: Practice) -> float:
    """What stays on one page: the question and, unless the comment is long, the first photos."""
    question = beside(practice.question, look.SUBHEADING, _WIDTH, most=4)
    comment = flow.block(practice.comment, styles.BODY, _WIDTH) if practice.comment else []
    told = question.height + look.NOTE.leading * 3
    if len(comment) > _LONG:
        return told + _LONG * styles.BODY.leading
    return told + height_of(comment) + 8 + first_row(flow, practice.photos, _PHOTOS)


def _example(flow: Flow, practice: Practice, labels: Labels, photos: Photos) -> None:
    flow.need(_room(flow, practice))
    said, colour = ("+", colours.GOOD) if practice.good else ("−", colours.BAD)
    flow.page.boxes.append(Box(look.LEFT, flow.y + 0.5, 13, 13, colour, radius=2))
    with flow.unsaid():
        flow.page.put(look.LEFT, flow.y + 0.5, said, look.CROSS, 13, "centre")
    question = beside(practice.question, look.SUBHEADING, _WIDTH, most=4)
    with flow.part(Tag.SUBHEADING):
        question.put(flow, _X, flow.y)
    flow.space(question.height)
    told: list[Text] = [f"{practice.site} · {practice.day}", practice.touchpoint]
    if any(each(practice.answer)):
        told.append(labels.say("report.answered", answer=practice.answer))
    side_by_side(flow, together(tuple(told), " · "), look.NOTE, _X, _WIDTH)
    if practice.comment:
        flow.space(3)
        flow.write(practice.comment, styles.BODY, _X, _WIDTH)
    flow.space(5)
    gallery(flow, practice.photos, _PHOTOS, photos, joined(labels.say("report.photo_lost")))
    flow.space(7)

"""Examples of a visit, with photos: answers that are praised or complained of.

Which example is taken is drawn by lot, the same at every drawing: nobody can choose what is seen of
a site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from audit_api.database import db
from audit_api.drawing import Text
from audit_api.models import Audit
from audit_api.pdf import PhotoRef, Practice
from audit_api.rules.checklist.questions import TRACES, Question, QuestionType
from audit_api.rules.checklist.sections import Section, walk
from audit_api.rules.lifecycle import PhotoState
from audit_api.rules.scoring import QuestionResult
from audit_api.rules.scoring.praise import NEARLY_ALL, Tone, tone
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import photos
from audit_api.services.documents.counted import Counted
from audit_api.services.documents.languages import spoken
from audit_api.services.documents.lots import lot
from audit_api.services.documents.told import texts
from audit_api.words import answers

MAX_PHOTOS = 2
"""Photos of an example."""
MAX_EXAMPLES = 2
"""Examples of either tone that a site's own document shows."""


class Example(NamedTuple):
    """An answer with photos that is praised or complained of."""

    visit: Counted
    touchpoint: Section
    question: Question
    comment: str | None
    lot: bytes


def of_site(visits: Sequence[Counted], name: str, *, by: Who, lang: str) -> tuple[Practice, ...]:
    """Return examples from visits to a site of this name, what was praised first."""
    return tuple(
        practice
        for wanted in Tone
        for practice in islice(practices(visits, name, wanted, by=by, lang=lang), MAX_EXAMPLES)
    )


def practices(
    visits: Sequence[Counted], name: str, wanted: Tone, *, by: Who, lang: str
) -> Iterator[Practice]:
    """Yield the examples of a tone from visits to a site, as they are drawn: each question once."""
    examples = (example for visit in visits for example in _examples(visit, wanted))
    shown: set[str] = set()
    for example in sorted(examples, key=_first_told):
        refs = () if example.question.key in shown else _photos(example, by)
        if refs:
            shown.add(example.question.key)
            yield Practice(
                name,
                example.visit.day,
                texts(example.touchpoint.title, lang),
                texts(example.question.title, lang),
                _answer(example, lang),
                example.comment,
                refs,
                good=wanted is Tone.PRAISE,
            )


def _examples(visit: Counted, wanted: Tone) -> Iterator[Example]:
    pictured = visit.read.visit.photos
    results = {
        result.question.key: result for result in visit.version.scorer.results(visit.read.visit)
    }
    scores = {part.key: part.score or 0 for part in visit.read.score.touchpoints}
    for path in walk(visit.version.checklist.touchpoints):
        for question in path[-1].questions:
            if question.type in TRACES or not pictured.get(question.key):
                continue
            if _tone(results[question.key], scores[path[0].key]) is wanted:
                answer = visit.read.visit.answers.get(question.key, {})
                comment = answer.get("comment", "").strip() or None
                drawn_by = lot(visit.audit_id, question.key)
                yield Example(visit, path[0], question, comment, drawn_by)


def _tone(result: QuestionResult, touchpoint_score: int) -> Tone | None:
    """What an answer says of the visit; a photo that was asked for brings no points, and speaks
    for its touchpoint where that earned nearly all of its own."""
    if result.question.type is QuestionType.PHOTO:
        return Tone.PRAISE if touchpoint_score >= NEARLY_ALL * 100 else None
    return tone(result)


def _first_told(example: Example) -> tuple[bool, bytes]:
    """What a visitor wrote of says more than what is only seen."""
    return example.comment is None, example.lot


def _photos(example: Example, by: Who) -> tuple[PhotoRef, ...]:
    """The photos of an example that a site may see and that can be opened."""
    site = access.as_site(by)
    audit = db.session.scalar(access.visible_audits(site).where(Audit.id == example.visit.audit_id))
    if audit is None:
        return ()
    shown = (
        photo
        for photo in photos.shown(audit, by=site)
        if photo.question == example.question.key and photo.state == PhotoState.READY
    )
    keys = [photos.key(audit.organisation_id, audit.id, photo.id, "display") for photo in shown]
    return tuple(PhotoRef(key) for key in keys[:MAX_PHOTOS])


def _answer(example: Example, lang: str) -> Text:
    given = example.visit.read.visit.answers.get(example.question.key, {})
    if "value" not in given:
        return ""
    return spoken(lambda locale: answers.answer(example.question, given["value"], locale), lang)

"""Best practice and worst, with their photos: of the best sites in the better half of the league
that have a photo to show it by, and of the worst in the other half.

Which visits are looked at, and which example is taken, is drawn by lot, the same at every drawing:
nobody can choose what a board sees of a site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.drawing import Text
from audit_api.models import Audit, Photo
from audit_api.pdf import PhotoRef, Practice
from audit_api.rules.checklist.questions import TRACES, Question, QuestionType
from audit_api.rules.checklist.sections import Section, walk
from audit_api.rules.lifecycle import PhotoState
from audit_api.rules.scoring import QuestionResult
from audit_api.rules.scoring.praise import NEARLY_ALL, Tone, tone
from audit_api.services import access
from audit_api.services.audits import photos
from audit_api.services.documents.counted import Counted, these
from audit_api.services.documents.languages import spoken
from audit_api.services.documents.lots import drawn, lot
from audit_api.services.documents.network.asked import Asked
from audit_api.services.documents.network.sites import Beside, Ranked
from audit_api.services.documents.told import texts
from audit_api.services.insights.sample import SampledAudit
from audit_api.words import answers

MAX_EXAMPLES = 3
"""Examples of either kind, each of another site."""
MAX_SITES = 12
"""Sites of either half whose visits are looked at."""
MAX_VISITS = 4
"""Visits of such a site that are looked at."""
MAX_PHOTOS = 2
"""Photos of an example."""


class Example(NamedTuple):
    """An answer with photos that is praised or complained of."""

    visit: Counted
    touchpoint: Section
    question: Question
    comment: str | None
    lot: bytes


def practices(asked: Asked, sites: Beside, audits: Sequence[SampledAudit]) -> tuple[Practice, ...]:
    """Return examples of best practice and of worst, as far as visits have photos that a site may
    see."""
    ranking = [each for each in sites.ranked if each.line.rank is not None]
    half = len(ranking) // 2
    pictured = _pictured(audits)
    ends = ((ranking[:half], Tone.PRAISE), (ranking[::-1][:half], Tone.COMPLAINT))
    return tuple(
        practice
        for end, wanted in ends
        for practice in islice(_practices(asked, end, pictured, wanted), MAX_EXAMPLES)
    )


def _pictured(audits: Sequence[SampledAudit]) -> Mapping[UUID, list[UUID]]:
    """The visits that have a photo that can be opened, by site."""
    site_ids = {audit.id: audit.site_id for audit in audits}
    rows = db.session.scalars(
        sa.select(Photo.audit_id)
        .where(Photo.audit_id.in_(site_ids), Photo.state == PhotoState.READY)
        .distinct()
    )
    found: dict[UUID, list[UUID]] = {}
    for audit_id in rows:
        found.setdefault(site_ids[audit_id], []).append(audit_id)
    return found


def _practices(
    asked: Asked, end: Sequence[Ranked], pictured: Mapping[UUID, list[UUID]], wanted: Tone
) -> Iterator[Practice]:
    """An example of each site that has one, from the end on."""
    told = (each for each in end if each.line.site.site_id in pictured)
    for site in islice(told, MAX_SITES):
        visits = these(drawn(pictured[site.line.site.site_id], MAX_VISITS))
        practice = _practice(asked, site, visits, wanted)
        if practice is not None:
            yield practice


def _practice(
    asked: Asked, site: Ranked, visits: Sequence[Counted], wanted: Tone
) -> Practice | None:
    examples = (example for visit in visits for example in _examples(visit, wanted))
    for example in sorted(examples, key=_first_told):
        refs = _photos(asked, example)
        if refs:
            return Practice(
                site.line.site.name,
                example.visit.day,
                texts(example.touchpoint.title, asked.lang),
                texts(example.question.title, asked.lang),
                _answer(example, asked.lang),
                example.comment,
                refs,
                good=wanted is Tone.PRAISE,
            )
    return None


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


def _photos(asked: Asked, example: Example) -> tuple[PhotoRef, ...]:
    """The photos of an example that a site may see and that can be opened."""
    site = access.as_site(asked.by)
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

"""Comments for a scorecard, picked so that nobody can choose what a site reads of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Revision
from audit_api.pdf import Comment
from audit_api.rules import lifecycle
from audit_api.rules.checklist.sections import Section, questions_of
from audit_api.rules.figures.periods import Period
from audit_api.rules.scoring.praise import Tone, tone
from audit_api.services import standing
from audit_api.services.checklists import compiled
from audit_api.services.documents.audit_parts import texts

MAX_COMMENTS = 3
"""Comments of each tone."""


class Candidate(NamedTuple):
    """A comment of a visit: `lot` orders the comments by what nobody can foresee or steer."""

    lot: bytes
    audit_id: UUID
    day: date
    touchpoint: Section
    text: str
    tone: Tone


def comments(
    site_id: UUID, period: Period, scoring_keys: Collection[str] | None, lang: str
) -> tuple[Comment, ...]:
    """Return up to three comments of praise and three complaints, the latest first; those of
    audits that were scored by other rules than `scoring_keys` are left out.

    They are drawn by lot, the same at every drawing; a visit gives a second one only where the
    others have none left.
    """
    candidates = sorted(_candidates(site_id, period, scoring_keys), key=lambda each: each.lot)
    return tuple(
        Comment(each.text, each.day, texts(each.touchpoint.title, lang), good=chosen is Tone.PRAISE)
        for chosen in Tone
        for each in sorted(
            draw_by_lot(candidates, chosen), key=lambda each: (-each.day.toordinal(), each.lot)
        )
    )


def draw_by_lot(candidates: list[Candidate], tone: Tone) -> list[Candidate]:
    """Return the comments that the lot falls on; `candidates` are in the order of their lots."""
    first: list[Candidate] = []
    further: list[Candidate] = []
    seen: set[UUID] = set()
    for candidate in candidates:
        if candidate.tone is tone:
            (further if candidate.audit_id in seen else first).append(candidate)
            seen.add(candidate.audit_id)
    return [*first, *further][:MAX_COMMENTS]


def _candidates(
    site_id: UUID, period: Period, scoring_keys: Collection[str] | None
) -> Iterator[Candidate]:
    rows = db.session.execute(
        sa.select(
            Audit.id,
            Audit.organisation_id,
            Audit.checklist_version_id,
            Audit.business_date,
            Revision.content,
            Revision.score,
        )
        .join(Revision, standing.IS_STANDING)
        .where(
            Audit.site_id == site_id,
            Audit.business_date.between(period.starts, period.last_day),
            Audit.state.in_(lifecycle.COUNTED),
            sa.true() if scoring_keys is None else Audit.scoring_key.in_(scoring_keys),
        )
    )
    for audit_id, organisation_id, version_id, day, content, score in rows:
        version = compiled.by_id(organisation_id, version_id)
        visit = standing.read(content, score).visit
        results = {result.question.key: result for result in version.scorer.results(visit)}
        for touchpoint in version.checklist.touchpoints:
            for question in questions_of(touchpoint):
                text = visit.answers.get(question.key, {}).get("comment", "").strip()
                said = tone(results[question.key])
                if text and said is not None:
                    lot = hashlib.sha256(f"{audit_id}/{question.key}".encode()).digest()
                    yield Candidate(lot, audit_id, day, touchpoint, text, said)

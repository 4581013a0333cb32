"""Comments for a scorecard, picked so that nobody can choose what a site reads of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Revision
from audit_api.pdf import Comment
from audit_api.rules import lifecycle
from audit_api.rules.checklist.sections import Section, questions_of
from audit_api.rules.figures.periods import Period
from audit_api.services import standing
from audit_api.services.checklists import compiled
from audit_api.services.documents.audit_parts import texts

MAX_COMMENTS = 3
"""Comments of each kind, good and bad."""


class Candidate(NamedTuple):
    """A comment of a visit: `lot` orders the comments by what nobody can foresee or steer."""

    lot: bytes
    audit_id: UUID
    day: date
    touchpoint: Section
    text: str
    good: bool


def comments(site_id: UUID, period: Period, lang: str) -> tuple[Comment, ...]:
    """Return up to three comments on what went well and three on what did not, the latest first.

    They are drawn by lot, the same at every drawing; a visit gives a second one only where the
    others have none left.
    """
    candidates = sorted(_candidates(site_id, period))
    drawn = [*draw_by_lot(candidates, good=True), *draw_by_lot(candidates, good=False)]
    drawn.sort(key=lambda each: (not each.good, -each.day.toordinal(), each.lot))
    return tuple(
        Comment(each.text, each.day, texts(each.touchpoint.title, lang), each.good)
        for each in drawn
    )


def draw_by_lot(candidates: list[Candidate], *, good: bool) -> list[Candidate]:
    """Return the comments that the lot falls on; `candidates` are in the order of their lots."""
    first: list[Candidate] = []
    further: list[Candidate] = []
    seen: set[UUID] = set()
    for candidate in candidates:
        if candidate.good is good:
            (further if candidate.audit_id in seen else first).append(candidate)
            seen.add(candidate.audit_id)
    return [*first, *further][:MAX_COMMENTS]


def _candidates(site_id: UUID, period: Period) -> Iterator[Candidate]:
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
        )
    )
    for audit_id, organisation_id, version_id, day, content, score in rows:
        checklist = compiled.by_id(organisation_id, version_id).checklist
        answers, failed_keys = orjson.loads(content)["answers"], orjson.loads(score)["failed"]
        for touchpoint in checklist.touchpoints:
            for question in questions_of(touchpoint):
                text = answers.get(question.key, {}).get("comment", "").strip()
                if text:
                    lot = hashlib.sha256(f"{audit_id}/{question.key}".encode()).digest()
                    good = question.key not in failed_keys
                    yield Candidate(lot, audit_id, day, touchpoint, text, good)

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
from audit_api.pdf import Remark
from audit_api.rules import lifecycle
from audit_api.rules.checklist.sections import Section, questions_of
from audit_api.rules.figures.periods import Period
from audit_api.services import standing
from audit_api.services.checklists import compiled
from audit_api.services.documents.audit_parts import texts

MAX_COMMENTS = 3
"""Comments of each kind, good and bad."""


class Written(NamedTuple):
    """A comment of a visit: `lot` orders the comments by what nobody can foresee or steer."""

    lot: bytes
    audit_id: UUID
    day: date
    touchpoint: Section
    comment: str
    good: bool


def remarks(site_id: UUID, period: Period, lang: str) -> tuple[Remark, ...]:
    """Return up to three comments on what went well and three on what did not, the latest first.

    They are drawn by lot, the same at every drawing; a visit has a second one only where others
    have none left.
    """
    written = sorted(_written(site_id, period))
    chosen = [*drawn(written, good=True), *drawn(written, good=False)]
    chosen.sort(key=lambda each: (not each.good, -each.day.toordinal(), each.lot))
    return tuple(
        Remark(each.comment, each.day, texts(each.touchpoint.title, lang), each.good)
        for each in chosen
    )


def drawn(written: list[Written], *, good: bool) -> list[Written]:
    """Return those that the lot falls on, of comments in the order of their lots."""
    first: list[Written] = []
    further: list[Written] = []
    seen: set[UUID] = set()
    for each in written:
        if each.good is good:
            (further if each.audit_id in seen else first).append(each)
            seen.add(each.audit_id)
    return [*first, *further][:MAX_COMMENTS]


def _written(site_id: UUID, period: Period) -> Iterator[Written]:
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
        answers, failed = orjson.loads(content)["answers"], orjson.loads(score)["failed"]
        for touchpoint in checklist.touchpoints:
            for question in questions_of(touchpoint):
                comment = answers.get(question.key, {}).get("comment", "").strip()
                if comment:
                    lot = hashlib.sha256(f"{audit_id}/{question.key}".encode()).digest()
                    good = question.key not in failed
                    yield Written(lot, audit_id, day, touchpoint, comment, good)

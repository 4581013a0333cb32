"""The standing revision of an audit, read back: what was sent, the visit in it, and its score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Revision
from audit_api.rules.scoring import Score, Visit
from audit_api.rules.scoring.score import score_from_json

IS_STANDING = sa.and_(
    Revision.audit_id == Audit.id, Revision.content_digest == Audit.content_digest
)
"""Joins audits with the revisions that stand."""


class ReadBack(NamedTuple):
    """What a stored revision says: `content` as it was sent, the visit in it, and its score."""

    content: Mapping[str, Any]
    visit: Visit
    score: Score


@dataclass(frozen=True, slots=True)
class Standing:
    """The revision of an audit that stands, with what it says."""

    revision: Revision
    content: Mapping[str, Any]
    visit: Visit
    score: Score


def of(audit: Audit) -> Standing:
    """Return the standing revision of an audit."""
    revision = db.session.get_one(Revision, (audit.id, audit.content_digest))
    return Standing(revision, *read(revision.content, revision.score))


def scores(audit_ids: Collection[UUID]) -> dict[UUID, Score]:
    """Return the scores of the standing revisions of audits, by audit."""
    rows = db.session.execute(
        sa.select(Audit.id, Revision.score)
        .join(Revision, IS_STANDING)
        .where(Audit.id.in_(audit_ids))
    )
    return {audit_id: score_from_json(orjson.loads(score)) for audit_id, score in rows}


def read(content_json: str, score_json: str) -> ReadBack:
    """Return what the two stored texts of a revision say."""
    content: Mapping[str, Any] = orjson.loads(content_json)
    score = score_from_json(orjson.loads(score_json))
    photos = Counter(photo["question"] for photo in content.get("photos", ()))
    return ReadBack(content, Visit(content["answers"], photos, score.site), score)

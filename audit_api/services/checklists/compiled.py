"""Published checklist versions, compiled once a process: immutable, so never stale."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import ChecklistVersion
from audit_api.rules.authoring import Checklist, parse
from audit_api.rules.outcomes import Outcomes
from audit_api.rules.scoring import Scorer, compile_scorer

_MAX_KNOWN = 200


@dataclass(frozen=True, slots=True)
class Published:
    """A published version with its compiled scorer, and the outcomes that were counted of it."""

    id: UUID
    number: int
    digest: str
    scoring_key: str
    checklist: Checklist
    scorer: Scorer
    outcomes: Outcomes


_known: dict[tuple[UUID, str], Published] = {}
_lock = Lock()


def by_digest(organisation_id: UUID, digest: str) -> Published | None:
    """Return the version that was ever published under `digest`, retired or not."""
    published = _known.get((organisation_id, digest))
    return published or _load(organisation_id, digest)


def by_id(organisation_id: UUID, version_id: UUID) -> Published:
    """Return the version of an audit that is stored, so it exists."""
    digest = db.session.execute(
        sa.select(ChecklistVersion.digest).where(ChecklistVersion.id == version_id)
    ).scalar_one()
    published = by_digest(organisation_id, digest or "")
    assert published is not None
    return published


def _load(organisation_id: UUID, digest: str) -> Published | None:
    row = db.session.execute(
        sa.select(
            ChecklistVersion.id,
            ChecklistVersion.number,
            ChecklistVersion.scoring_key,
            ChecklistVersion.document,
        ).where(
            ChecklistVersion.organisation_id == organisation_id,
            ChecklistVersion.digest == digest,
        )
    ).one_or_none()
    if row is None:
        return None
    checklist = parse(orjson.loads(row.document))
    scorer = compile_scorer(checklist)
    published = Published(
        row.id, row.number, digest, row.scoring_key, checklist, scorer, Outcomes(scorer)
    )
    with _lock:
        if len(_known) >= _MAX_KNOWN:
            _known.clear()
        _known[organisation_id, digest] = published
    return published

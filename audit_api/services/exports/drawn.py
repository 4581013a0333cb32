"""Reports that were drawn, kept in the store: an unchanged one is never drawn twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zlib import crc32

import sqlalchemy as sa

from audit_api.database import db, upsert
from audit_api.models import DrawnReport
from audit_api.storage.store import PhotoStore

KEPT = timedelta(days=30)
"""A report that no export wanted for so long is let go of."""
MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report in the store, by the digest of what it says."""

    digest: str
    sha256: str
    crc32: int
    size: int


def find(organisation_id: UUID, digests: Iterable[str]) -> set[str]:
    """Return which of some reports are kept."""
    rows = db.session.scalars(
        sa.select(DrawnReport.digest).where(
            DrawnReport.organisation_id == organisation_id, DrawnReport.digest.in_([*digests])
        )
    )
    return set(rows)


def put(organisation_id: UUID, digest: str, data: bytes, store: PhotoStore) -> Drawn:
    """Store a report."""
    store.put(key(organisation_id, digest), data, MEDIA_TYPE)
    return Drawn(digest, hashlib.sha256(data).hexdigest(), crc32(data), len(data))


def note(
    organisation_id: UUID, drawn: Sequence[Drawn], used: Iterable[str], *, now: datetime
) -> None:
    """Note reports that were stored, and that kept ones were used."""
    for each in drawn:
        row = {name: getattr(each, name) for name in Drawn.__slots__}
        db.session.execute(
            upsert(DrawnReport)
            .values(organisation_id=organisation_id, used_at=now, **row)
            .on_conflict_do_update(
                index_elements=["organisation_id", "digest"], set_={**row, "used_at": now}
            )
        )
    db.session.execute(
        sa.update(DrawnReport)
        .where(DrawnReport.organisation_id == organisation_id, DrawnReport.digest.in_([*used]))
        .values(used_at=now)
    )


def forget(organisation_id: UUID, digest: str) -> None:
    """Forget a report that the store has lost."""
    db.session.execute(
        sa.delete(DrawnReport).where(
            DrawnReport.organisation_id == organisation_id, DrawnReport.digest == digest
        )
    )


def sweep(store: PhotoStore, *, now: datetime, limit: int) -> int:
    """Let go of reports that nobody used for `KEPT`; return how many.  No row tells of what the
    store has not: it goes first, and comes back should the store be away."""
    rows = db.session.execute(
        sa.select(DrawnReport.organisation_id, DrawnReport.digest)
        .where(DrawnReport.used_at < now - KEPT)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for organisation_id, digest in rows:
        forget(organisation_id, digest)
        store.delete(key(organisation_id, digest))
    return len(rows)


def key(organisation_id: UUID, digest: str) -> str:
    """Return a kept report's key in the store."""
    return f"org/{organisation_id}/reports/{digest}.pdf"

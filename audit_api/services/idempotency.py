"""Answers kept under a caller's Idempotency-Key."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Repeatable
from audit_api.services.access import Who


def find(key: str, *, by: Who) -> Repeatable | None:
    """Return what was answered to `by` under `key`, None for a new key.

    Of two calls with one key at once, the second waits here until the first has ended.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        name = sa.func.hashtextextended(f"{by.id} {key}", 0)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(name)))
    return db.session.get(Repeatable, (by.id, key))


def keep(
    key: str,
    *,
    by: Who,
    request_digest: str,
    status: int,
    headers: dict[str, str],
    body: str,
    now: datetime,
) -> None:
    """Keep an answer, in the transaction of the write that it tells of."""
    db.session.add(
        Repeatable(
            actor_id=by.id,
            key=key,
            request_digest=request_digest,
            status=status,
            headers=headers,
            body=body,
            at=now,
        )
    )
    db.session.flush()

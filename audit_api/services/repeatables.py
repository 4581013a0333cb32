"""Answers kept under a caller's Idempotency-Key."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import Repeatable
from audit_api.services.access import Who


def find(key: str, *, by: Who) -> Repeatable | None:
    """Return what was answered to `by` under `key`, None for a new key."""
    return db.session.get(Repeatable, (by.id, key))


def keep(
    key: str, *, by: Who, request_digest: str, status: int, headers: dict[str, str], body: str,
    now: datetime,
) -> None:
    """Keep an answer in the transaction of what it tells.

    Of two calls with one key at once the second breaks here, and with it all that it did:
    UNAVAILABLE tells it to repeat, and then it gets the first one's answer.
    """
    db.session.add(
        Repeatable(
            actor_id=by.id, key=key, request_digest=request_digest, status=status,
            headers=headers, body=body, at=now,
        )
    )
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        raise Problem(Kind.UNAVAILABLE, retry_after=1, what="database") from None

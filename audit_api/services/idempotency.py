"""Answers kept under a caller's Idempotency-Key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from audit_api.database import db, reading, upsert
from audit_api.models import Repeatable
from audit_api.services.access import Who


class Answer(NamedTuple):
    """What was answered to a request, of which only the digest is known."""

    request_digest: str
    status: int
    headers: Mapping[str, str]
    body: str


class AnsweredMeanwhile(Exception):
    """Another call with the same key was done first."""


_COLUMNS = [getattr(Repeatable, name) for name in Answer._fields]


def find(key: str, *, by: Who) -> Answer | None:
    """Return what was answered to `by` under `key`, None for a new key.

    Of two calls with one key at once, the second waits here on PostgreSQL until the first has
    ended.  On SQLite it waits where it begins to write, and learns of the first as it keeps its own
    answer: whoever only looks must not hold up all who write while he reads what was sent.
    """
    select = sa.select(*_COLUMNS).where(Repeatable.actor_id == by.id, Repeatable.key == key)
    if db.session.get_bind().dialect.name == "postgresql":
        name = sa.func.hashtextextended(f"{by.id} {key}", 0)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(name)))
        row = db.session.execute(select).first()
    else:
        with reading():
            row = db.session.execute(select).first()
            db.session.rollback()
    return None if row is None else Answer(*row)


def keep(key: str, answer: Answer, *, by: Who, now: datetime) -> None:
    """Keep an answer, in the transaction of the write that it tells of; raise AnsweredMeanwhile
    where another call with the key was done first."""
    kept = db.session.scalar(
        upsert(Repeatable)
        .values(actor_id=by.id, key=key, at=now, **answer._asdict())
        .on_conflict_do_nothing()
        .returning(Repeatable.key)
    )
    if kept is None:
        raise AnsweredMeanwhile

"""Jobs: written in the transaction that wants the work, held by a lease while one worker does it.

The table is the truth.  Whoever delivers (a thread, Celery) only says "look".  When a worker dies,
its lease runs out and the next look takes the job up again.

A room that has work to do later names each kind in a table of its own, kind → function; the worker
puts the tables together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, new_id, upsert
from audit_api.images.decoder import Decoder
from audit_api.models import Job
from audit_api.storage.store import PhotoStore

QUEUED = "queued"
"""The state of a job that nobody has taken yet."""
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 6
_MAX_ERROR_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Tools:
    """What a piece of work may need beside the database."""

    store: PhotoStore
    decoder: Decoder


Work = Callable[[Mapping[str, Any], Tools], None]
"""Does what a job of one kind asks for, from the job's own details; the caller commits."""


def request(
    kind: str, key: str, details: dict[str, Any], *, organisation_id: UUID, now: datetime
) -> None:
    """Ask for a piece of work; asked twice under one key, it is one job."""
    db.session.execute(
        upsert(Job)
        .values(
            id=new_id(),
            organisation_id=organisation_id,
            kind=kind,
            key=key,
            request=details,
            state=QUEUED,
            attempts=0,
            due_at=now,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["key"])
    )


def claim(*, now: datetime, lease: timedelta = LEASE) -> Job | None:
    """Take the job that has waited longest, for `lease`; None when none is due.

    A job whose lease ran out at every attempt fails: it would kill the next worker too.
    """
    while job := _longest_due(now):
        if job.attempts < MAX_ATTEMPTS:
            job.state, job.due_at = "running", now + lease
            job.attempts += 1
            return job
        job.state, job.finished_at = "failed", now
        job.error = "no worker came to the end of it"
    return None


def finish(job: Job, *, now: datetime) -> None:
    job.state, job.finished_at, job.error = "done", now, None


def fail(job: Job, error: str, *, now: datetime) -> None:
    """Note a failed attempt: again after a growing pause, or failed for good and visibly so."""
    # An error may quote what no text of a database holds: NUL, half a surrogate pair.
    told = error[:_MAX_ERROR_LENGTH].replace("\0", "\ufffd").encode(errors="replace")
    job.error = told.decode()
    if job.attempts >= MAX_ATTEMPTS:
        job.state, job.finished_at = "failed", now
    else:
        job.state, job.due_at = "queued", now + timedelta(seconds=2**job.attempts)


def _longest_due(now: datetime) -> Job | None:
    return db.session.scalar(
        sa.select(Job)
        .where(Job.state.in_(("queued", "running")), Job.due_at <= now)
        .order_by(Job.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )

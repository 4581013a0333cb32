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
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import Moment, db, new_id, upsert
from audit_api.database.statements import Statement, parameter
from audit_api.images.decoder import Decoder
from audit_api.models import Job
from audit_api.storage.store import PhotoStore

QUEUED, RUNNING = "queued", "running"
"""The states of a job that nobody has taken yet, and of one that a worker holds."""
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 6
_MAX_ERROR_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Tools:
    """What a piece of work may need beside the database."""

    store: PhotoStore
    decoder: Decoder


class Taken(NamedTuple):
    """A job that a worker holds by its lease: what is asked for, and at which attempt."""

    id: UUID
    kind: str
    request: Mapping[str, Any]
    attempts: int


Work = Callable[[Mapping[str, Any], Tools], None]
"""Does what a job of one kind asks for, from the job's own details; the caller commits."""


_REQUEST = Statement(
    lambda: upsert(Job).on_conflict_do_nothing(index_elements=["key"]),
    columns=(
        *("id", "organisation_id", "kind", "key", "request"),
        *("state", "attempts", "due_at", "created_at"),
    ),
)
_LONGEST_DUE = (
    sa.select(Job.id)
    .where(Job.state.in_((QUEUED, RUNNING)), Job.due_at <= parameter("now"))
    .order_by(Job.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_MAY_BE_TRIED = Job.attempts < MAX_ATTEMPTS
_UNTIL, _NOW = (sa.type_coerce(parameter(name), Moment) for name in ("until", "moment"))
_CLAIM = Statement(
    sa.update(Job)
    .where(Job.id == _LONGEST_DUE.scalar_subquery())
    .values(
        state=sa.case((_MAY_BE_TRIED, RUNNING), else_="failed"),
        attempts=sa.case((_MAY_BE_TRIED, Job.attempts + 1), else_=Job.attempts),
        due_at=sa.case((_MAY_BE_TRIED, _UNTIL), else_=Job.due_at),
        finished_at=sa.case((_MAY_BE_TRIED, Job.finished_at), else_=_NOW),
        error=sa.case((_MAY_BE_TRIED, Job.error), else_="no worker came to the end of it"),
    )
    .returning(Job.id, Job.kind, Job.request, Job.attempts, Job.state)
)
_FINISH = Statement(
    sa.update(Job)
    .where(Job.id == parameter("job"))
    .values(state="done", finished_at=parameter("now"), error=None)
    .returning(Job.id)
)


def request(
    kind: str, key: str, details: dict[str, Any], *, organisation_id: UUID, now: datetime
) -> None:
    """Ask for a piece of work; asked twice under one key, it is one job."""
    job = {
        "id": new_id(),
        "organisation_id": organisation_id,
        "kind": kind,
        "key": key,
        "request": details,
        "state": QUEUED,
        "attempts": 0,
        "due_at": now,
        "created_at": now,
    }
    _REQUEST.run([job])


def claim(*, now: datetime, lease: timedelta = LEASE) -> Taken | None:
    """Take the job that has waited longest, for `lease`; None when none is due.

    A job whose lease ran out at every attempt fails: it would kill the next worker too.
    """
    while rows := _CLAIM.rows(now=now, moment=now, until=now + lease):
        *taken, state = rows[0]
        if state == RUNNING:
            return Taken._make(taken)
    return None


def finish(job: Taken, *, now: datetime) -> None:
    _FINISH.rows(job=job.id, now=now)


def held(job: Taken) -> Job:
    """Return the row of a job that was taken, as it stands now."""
    return db.session.get_one(Job, job.id, populate_existing=True)


def fail(job: Job, error: str, *, now: datetime) -> None:
    """Note a failed attempt: again after a growing pause, or failed for good and visibly so."""
    # An error may quote what no text of a database holds: NUL, half a surrogate pair.
    told = error[:_MAX_ERROR_LENGTH].replace("\0", "\ufffd").encode(errors="replace")
    job.error = told.decode()
    if job.attempts >= MAX_ATTEMPTS:
        job.state, job.finished_at = "failed", now
    else:
        job.state, job.due_at = "queued", now + timedelta(seconds=2**job.attempts)

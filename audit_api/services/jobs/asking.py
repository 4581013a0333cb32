"""Asking for work, and telling how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import new_id, upsert
from audit_api.database.statements import Statement, parameter
from audit_api.models import Job
from audit_api.rules.lifecycle import JobState

_COMMON = (
    *("id", "organisation_id", "kind", "key", "request"),
    *("state", "attempts", "due_at", "created_at"),
)
_LONG = ("is_long", "owner_id", "parent_id", "total")


def _insert() -> Any:
    return upsert(Job).on_conflict_do_nothing(index_elements=["key"])


_REQUEST = Statement(_insert, columns=_COMMON)
_REQUEST_LONG = Statement(_insert, columns=(*_COMMON, *_LONG))
_PROGRESS = Statement(
    sa.update(Job)
    .where(Job.id == parameter("job"))
    .values(done=Job.done + parameter("units"))
    .returning(Job.id)
)


def request(
    kind: str, key: str, details: dict[str, Any], *, organisation_id: UUID, now: datetime
) -> None:
    """Ask for a piece of work; asked twice under one key, it is one job."""
    _REQUEST.run([_job(new_id(), kind, key, details, organisation_id, now)])


def request_long(
    kind: str,
    key: str,
    details: dict[str, Any],
    *,
    organisation_id: UUID,
    owner_id: UUID | None = None,
    parent_id: UUID | None = None,
    total: int | None = None,
    now: datetime,
) -> None:
    """Ask for long work, of `total` units where they are known, as `request` does: it may be paused
    and goes on, and no short work waits for it."""
    job = _job(new_id(), kind, key, details, organisation_id, now)
    more = {"is_long": True, "owner_id": owner_id, "parent_id": parent_id, "total": total}
    _REQUEST_LONG.run([job | more])


def note_progress(job_id: UUID, units: int) -> None:
    """Count units of a job that were done, in the transaction that did them."""
    _PROGRESS.rows(job=job_id, units=units)


def _job(
    job_id: UUID,
    kind: str,
    key: str,
    details: Mapping[str, Any],
    organisation_id: UUID,
    now: datetime,
) -> dict[str, Any]:
    return {
        "id": job_id,
        "organisation_id": organisation_id,
        "kind": kind,
        "key": key,
        "request": details,
        "state": JobState.QUEUED,
        "attempts": 0,
        "due_at": now,
        "created_at": now,
    }

"""The record of who did what: append-only, written in the same transaction as the act."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit_api.database import db
from audit_api.models import Activity
from audit_api.services.access import Who


def record(by: Who, verb: str, subject_id: UUID, *, now: datetime, **details: object) -> None:
    """Add one act of `by` on the thing `subject_id`; `verb` is the permission's own string."""
    db.session.add(
        Activity(
            organisation_id=by.organisation_id,
            actor_id=by.id,
            verb=verb,
            subject_id=subject_id,
            details=details,
            at=now,
        )
    )

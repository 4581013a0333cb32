"""The record of who did what: append-only, written in the same transaction as the act."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, new_id
from audit_api.database.statements import Statement
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


_ACT = Statement(sa.insert(Activity), columns=[column.key for column in Activity.__table__.columns])


def record_now(
    organisation_id: UUID,
    actor_id: UUID,
    verb: str,
    subject_id: UUID,
    *,
    now: datetime,
    **details: object,
) -> None:
    """Do what `record` does by a prepared statement, for what every audit brings about; many acts
    of one transaction are cheaper together."""
    act = {
        "id": new_id(),
        "organisation_id": organisation_id,
        "actor_id": actor_id,
        "verb": verb,
        "subject_id": subject_id,
        "details": details,
        "at": now,
    }
    _ACT.run([act])

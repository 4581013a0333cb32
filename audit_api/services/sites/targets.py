"""Targets: the score that an organisation wants its sites to reach."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Organisation
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who


def find(*, by: Who) -> int | None:
    """Return the target of `by`'s organisation in hundredths of a percent; None where it has set
    none.  Raises FORBIDDEN."""
    access.require(by, Permission.SCORECARD_READ)
    return db.session.scalar(
        sa.select(Organisation.target).where(Organisation.id == by.organisation_id)
    )


def put(target: int | None, *, by: Who, now: datetime) -> None:
    """Set the organisation's target, in hundredths of a percent, or leave it without one; raise
    FORBIDDEN."""
    access.require(by, Permission.ORGANISATION_WRITE)
    db.session.execute(
        sa.update(Organisation).where(Organisation.id == by.organisation_id).values(target=target)
    )
    activity.record(
        by, Permission.ORGANISATION_WRITE, by.organisation_id, now=now, changed=["target"]
    )

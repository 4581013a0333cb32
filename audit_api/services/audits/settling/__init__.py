"""Settles photos: notes what the store holds of an audit's photos; the last one submits the audit.

Two forms of one promise, as of the intake: `one_by_one` in Python, for SQLite's one writer, and
`postgresql` in a single statement.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from audit_api.database import db
from audit_api.services.audits.settling import one_by_one, postgresql
from audit_api.services.audits.settling.settled import Settled
from audit_api.services.audits.uploads import Found

__all__ = ["Settled", "settle"]


def settle(audit_id: UUID, found: Found, *, auditor_id: UUID, now: datetime) -> Settled | None:
    """Note the photos of an audit that the store holds, and have display copies made of all that
    may be readable; give up the names under which another body lies.  The last photo that is waited
    for submits the audit.  Return how things stand then, None for an audit that is not the
    auditor's.

    What was found under a name that has been given up meanwhile does not count: it may be deleted.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        return postgresql.settle(audit_id, found, auditor_id=auditor_id, now=now)
    return one_by_one.settle(audit_id, found, auditor_id=auditor_id, now=now)

"""Stores arriving audits: each exactly once, with all that belongs to it, or not at all.

Two forms of one promise.  `one_by_one` keeps it through the house's own services, under SQLite's
one writer; `postgresql` keeps it in a single statement.  Both insert against the
unique id first and do the rest only for rows that were really inserted.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from audit_api.database import db
from audit_api.services.audits.intake import one_by_one, postgresql
from audit_api.services.audits.submission import Submission

States = dict[UUID, str]


def store(submissions: Sequence[Submission]) -> States:
    """Store new audits; return the state of each that was stored by this call.

    It changes nothing for an audit whose id is taken, whose assignment was never the auditor's at
    that site, or whose site's facts have changed since they were read.
    """
    if db.engine.dialect.name == "postgresql":
        return postgresql.store(submissions)
    return one_by_one.store(submissions)


def store_what_is_free(submissions: Sequence[Submission]) -> States:
    """Store new audits as `store` does, and wait for nobody who holds their assignments or their
    auditors: those are left out."""
    if db.engine.dialect.name == "postgresql":
        return postgresql.store_what_is_free(submissions)
    # SQLite has one writer: nobody else holds anything.
    return one_by_one.store(submissions)

"""Organisations: the tenants.  Only an operator's commands add them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Kind, Problem, not_found
from audit_api.models import Organisation
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who


def listed() -> Sequence[Organisation]:
    """Return every organisation, by code."""
    return db.session.scalars(sa.select(Organisation).order_by(Organisation.code)).all()


def find(code: str) -> Organisation:
    """Return the organisation of this code; raise NOT_FOUND without one."""
    organisation = db.session.scalar(sa.select(Organisation).where(Organisation.code == code))
    if organisation is None:
        raise not_found("organisation")
    return organisation


def add(*, code: str, name: str, locale: str, now: datetime) -> Organisation:
    """Add a tenant; raise CONFLICT where the code is taken."""
    organisation = Organisation(code=code, name=name, locale=locale, created_at=now)
    db.session.add(organisation)
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        raise Problem(Kind.CONFLICT, noun="organisation", member="code", value=code) from None
    by = access.system_who(organisation.id)
    activity.record(by, Permission.ORGANISATION_WRITE, organisation.id, now=now, added=code)
    return organisation


def lock(*, by: Who) -> None:
    """Wait for whoever rewrites this organisation's regions or imports into it, and hold them off.

    The lock is the organisation's row, and not FOR UPDATE: rows that refer to the organisation
    can still be written.  SQLite has one writer in any case.
    """
    db.session.execute(
        sa.select(Organisation.id)
        .where(Organisation.id == by.organisation_id)
        .with_for_update(key_share=True)
    )

"""Integration tokens: what a machine may do in an organisation's name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, invalid, not_found
from audit_api.models import IntegrationToken
from audit_api.rules.permissions import INTEGRATION_GRANTS, Permission
from audit_api.services import access, activity
from audit_api.services.access import Who
from audit_api.services.people import logins


def listed(*, by: Who) -> sa.Select[IntegrationToken]:
    """Return the organisation's tokens, the revoked ones as well."""
    access.require(by, Permission.TOKEN_READ)
    return access.visible_tokens(by)


def find_self(*, by: Who) -> IntegrationToken:
    """Return the record of the token that `by` acts by."""
    return _get(by.id, by)


def add(
    *,
    by: Who,
    now: datetime,
    name: str,
    permissions: Sequence[str],
    expires_at: datetime | None = None,
) -> tuple[IntegrationToken, str]:
    """Add a token; return its record and the token itself, which is nowhere kept.

    Raises INVALID with a fault for every permission that no integration may have.
    """
    access.require(by, Permission.TOKEN_WRITE)
    faults = list(_permission_faults(permissions))
    if expires_at is not None and expires_at <= now:
        faults.append(Fault("/expires_at", "not_later", {"now": now.isoformat(timespec="seconds")}))
    if faults:
        raise invalid(*faults)
    token = logins.new_token(logins.INTEGRATION)
    record = IntegrationToken(
        organisation_id=by.organisation_id,
        name=name,
        digest=logins.digest_of(token),
        permissions=sorted(set(permissions)),
        created_by=by.id,
        created_at=now,
        expires_at=expires_at,
    )
    db.session.add(record)
    db.session.flush()
    activity.record(
        by, Permission.TOKEN_WRITE, record.id, now=now, added=name, may=record.permissions
    )
    return record, token


def revoke(token_id: UUID, *, by: Who, now: datetime) -> None:
    """End a token; revoking it again changes nothing.  Raises FORBIDDEN or NOT_FOUND."""
    access.require(by, Permission.TOKEN_WRITE)
    record = _get(token_id, by)
    if record.revoked_at is not None:
        return
    record.revoked_at = now
    activity.record(by, Permission.TOKEN_WRITE, record.id, now=now, revoked=record.name)


def _get(token_id: UUID, by: Who) -> IntegrationToken:
    record = db.session.scalar(access.visible_tokens(by).where(IntegrationToken.id == token_id))
    if record is None:
        raise not_found("token")
    return record


def _permission_faults(permissions: Sequence[str]) -> Iterable[Fault]:
    accepted = sorted(INTEGRATION_GRANTS)
    for place, permission in enumerate(permissions):
        if permission not in INTEGRATION_GRANTS:
            yield Fault(f"/permissions/{place}", "not_one_of", {"accepted": accepted})

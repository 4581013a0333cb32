"""Users: the people of an organisation, what each is, and which regions a manager may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, Refused, invalid, not_found
from audit_api.models import Region, User
from audit_api.rules import names
from audit_api.rules.permissions import INTEGRATION, Permission, Role
from audit_api.services import access, activity
from audit_api.services.access import Who
from audit_api.services.people import logins, passwords, tokens


@dataclass(frozen=True, slots=True)
class Me:
    """Whoever is asking.  An integration has no address and no regions, and its version is 1."""

    id: UUID
    organisation_id: UUID
    email: str | None
    name: str
    role: str
    locale: str
    region_ids: list[UUID]
    permissions: list[Permission]
    version: int


def listed(
    *,
    by: Who,
    role: str | None = None,
    email: str | None = None,
    active: bool | None = None,
    text: str | None = None,
) -> sa.Select[User]:
    """Return the users of the organisation, narrowed by what is named; `text` stands in their name
    or address."""
    access.require(by, Permission.USER_READ)
    select = access.visible_users(by).options(selectinload(User.regions))
    if role is not None:
        select = select.where(User.role == role)
    if email is not None:
        select = select.where(User.email == names.folded_email(email))
    if active is not None:
        select = select.where(User.active == active)
    if text is not None:
        holds = [column.icontains(text, autoescape=True) for column in (User.name, User.email)]
        select = select.where(sa.or_(*holds))
    return select


def find(user_id: UUID, *, by: Who) -> User:
    """Return the user, if `by` may see them; raise NOT_FOUND otherwise."""
    access.require(by, Permission.USER_READ)
    return _get(user_id, by)


def find_to_change(user_id: UUID, *, by: Who) -> User:
    """Return the user whom `by` is to change; raise FORBIDDEN or NOT_FOUND."""
    access.require(by, Permission.USER_WRITE)
    return _get(user_id, by)


def find_email(email: str) -> User:
    """Return the user of this address in any organisation: for an operator's commands only."""
    user = db.session.scalar(sa.select(User).where(User.email == names.folded_email(email)))
    if user is None:
        raise not_found("user")
    return user


def find_self(*, by: Who) -> User:
    """Return the user that `by` is; raise NOT_FOUND for an integration."""
    return _get(by.id, by)


def me(*, by: Who) -> Me:
    """Return what `by` may know of itself."""
    permissions = sorted(by.permissions)
    if by.role == INTEGRATION:
        record = tokens.find_self(by=by)
        return Me(
            by.id,
            by.organisation_id,
            None,
            record.name,
            by.role,
            by.locale,
            [],
            permissions,
            version=1,
        )
    user = find_self(by=by)
    return Me(
        user.id,
        user.organisation_id,
        user.email,
        user.name,
        user.role,
        user.locale,
        user.region_ids,
        permissions,
        user.version,
    )


def take_hash(fields: dict[str, Any], *, by: Who) -> str | None:
    """Take the password out of what `by` writes of a user, and return its hash; raise FORBIDDEN.

    Hashing is slow on purpose: call this before the first statement, so that nobody waits.
    """
    access.require(by, Permission.USER_WRITE)
    return passwords.take_hash(fields)


def add(
    *,
    by: Who,
    now: datetime,
    password_hash: str | None = None,
    region_ids: Sequence[UUID] = (),
    **fields: Any,
) -> User:
    """Add a user, who cannot log in without a `password_hash` of `passwords.hash_password`.

    Raises INVALID with every fault, or CONFLICT where the address is in use, here or elsewhere.
    """
    access.require(by, Permission.USER_WRITE)
    _check(by, fields, region_ids, role=fields["role"])
    user = User(
        organisation_id=by.organisation_id, password_hash=password_hash, created_at=now, **fields
    )
    user.regions = _regions(by, region_ids)
    db.session.add(user)
    _flush_unique(user.email)
    activity.record(by, Permission.USER_WRITE, user.id, now=now, added=user.role)
    return user


def change(
    user: User, *, by: Who, now: datetime, password_hash: str | None = None, **fields: Any
) -> None:
    """Change a user; a new password or a deactivation ends their logins.

    A role other than manager takes its region grants away.  Nobody deactivates themselves or
    gives up their own HQ role: an organisation that has an HQ user keeps one.
    """
    access.require(by, Permission.USER_WRITE)
    role = fields.get("role", user.role)
    region_ids = fields.pop("region_ids", None)
    _check(by, fields, region_ids or (), role=role, user=user)
    # The regions first: reading them would flush an address that may be in use.
    if region_ids is not None or role != Role.MANAGER:
        user.regions = _regions(by, region_ids or ())
    for name, value in fields.items():
        setattr(user, name, value)
    user.version += 1
    _flush_unique(fields.get("email", ""))
    activity.record(by, Permission.USER_WRITE, user.id, now=now, changed=sorted(fields))
    if password_hash is not None:
        set_password(user, password_hash, by=by, now=now)
    if fields.get("active") is False:
        logins.close_all(user, because="deactivated", now=now)


def change_self(
    user: User,
    *,
    by: Who,
    now: datetime,
    password_hash: str | None = None,
    locale: str | None = None,
) -> None:
    """Change what everybody may change of themselves: the language, the password (its hash)."""
    if locale is not None:
        user.locale = locale
        activity.record(by, "user.locale", user.id, now=now)
    if password_hash is not None:
        set_password(user, password_hash, by=by, now=now)
    user.version += 1
    db.session.flush()


def set_password(user: User, password_hash: str, *, by: Who, now: datetime) -> None:
    """Set a password of `passwords.hash_password`; every login of the user ends."""
    user.password_hash = password_hash
    logins.close_all(user, because="password", now=now)
    activity.record(by, "user.password", user.id, now=now)


def _get(user_id: UUID, by: Who) -> User:
    user = db.session.scalar(access.visible_users(by).where(User.id == user_id))
    if user is None:
        raise not_found("user")
    return user


def _check(
    by: Who,
    fields: dict[str, Any],
    region_ids: Sequence[UUID],
    *,
    role: str,
    user: User | None = None,
) -> None:
    faults = [*_faults_of_regions(by, region_ids, role), *_faults_of_self(by, fields, user)]
    if "email" in fields:
        try:
            fields["email"] = names.email(fields["email"])
        except Refused as refused:
            faults.append(Fault("/email", refused.code, refused.values))
    if faults:
        raise invalid(*faults)


def _faults_of_regions(by: Who, region_ids: Sequence[UUID], role: str) -> Iterable[Fault]:
    if region_ids and role != Role.MANAGER:
        yield Fault("/region_ids", "regions_need_manager", {"role": role})
        return
    visible_ids = {region.id for region in _regions(by, region_ids)}
    for place, region_id in enumerate(region_ids):
        if region_id not in visible_ids:
            yield Fault(f"/region_ids/{place}", "unknown_reference", {"noun": "region"})


def _faults_of_self(by: Who, fields: dict[str, Any], user: User | None) -> Iterable[Fault]:
    if user is None or user.id != by.id:
        return
    if fields.get("active") is False:
        yield Fault("/active", "own_account")
    if fields.get("role", Role.HQ) != Role.HQ:
        yield Fault("/role", "own_role")


def _regions(by: Who, region_ids: Sequence[UUID]) -> list[Region]:
    if not region_ids:
        return []
    regions = access.visible_regions(by).where(Region.id.in_(region_ids)).order_by(Region.id)
    return list(db.session.scalars(access.to_refer_to(regions)))


def _flush_unique(email: str) -> None:
    try:
        db.session.flush()
    except sa.exc.IntegrityError:
        raise Problem(Kind.CONFLICT, noun="user", member="email", value=email) from None

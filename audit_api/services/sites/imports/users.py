"""Users from a file: added or changed by their address.  Passwords are never imported."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, new_id
from audit_api.models import Login, Region, User, UserRegion
from audit_api.readers import imported
from audit_api.rules.permissions import Permission, Role
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.sites import organisations
from audit_api.services.sites.imports import known, writing
from audit_api.sheets import lines
from audit_api.sheets.lines import Counts, Faults, Outcome, Row, Upload
from audit_api.words import DEFAULT_LOCALE


def load(upload: Upload, *, by: Who, now: datetime, dry_run: bool = False) -> Outcome:
    """Add the users whose address is new, change the others; a new user has no password yet.

    Raises INVALID with every fault of the file and its line and column; then nothing is written.
    """
    access.require(by, Permission.USER_WRITE)
    faults = Faults()
    contents = imported.rows(upload, "users", faults)
    writing.require_few(contents.rows)
    rows_by_email = lines.unique(contents.rows, "email", faults)
    organisations.lock(by=by)
    users_by_email = _users_by_email(rows_by_email, by)
    fields_by_email = _fields_by_email(contents.rows, users_by_email, by, faults)
    new_rows = {email: row for email, row in rows_by_email.items() if email not in users_by_email}
    _check_in_use(new_rows, faults)
    faults.refuse()
    additions = [fields_by_email[email] | {"id": new_id()} for email in new_rows]
    pairs = [
        (users_by_email[email], fields_by_email[email])
        for email in fields_by_email
        if email in users_by_email
    ]
    changes = [
        fields | {"id": old["id"]}
        for old, fields in pairs
        if any(old[name] != value for name, value in fields.items())
    ]
    if not dry_run:
        _add(additions, new_rows, by=by, now=now)
        _change(changes, by=by, now=now)
    counts = Counts(len(additions), len(changes), len(pairs) - len(changes))
    return Outcome(counts, contents.sample, writing.warnings(contents.rows, "name"))


def _users_by_email(emails: Collection[str], by: Who) -> dict[str, dict[str, Any]]:
    columns = (User.id, User.email, User.name, User.role, User.locale, User.active)
    select = access.visible_users(by).with_only_columns(*columns)
    users: dict[UUID, dict[str, Any]] = {
        row["id"]: {**row, "region_ids": frozenset()}
        for row in known.rows(select, User.email, emails)
    }
    grants = sa.select(UserRegion.user_id, UserRegion.region_id)
    for row in known.rows(grants, UserRegion.user_id, users):
        users[row["user_id"]]["region_ids"] |= {row["region_id"]}
    return {user["email"]: user for user in users.values()}


def _fields_by_email(
    rows: Sequence[Row], users_by_email: Mapping[str, Mapping[str, Any]], by: Who, faults: Faults
) -> dict[str, dict[str, Any]]:
    regions: dict[str, UUID] = dict(
        db.session.execute(
            access.visible_regions(by).with_only_columns(Region.code, Region.id)
        ).all()
    )
    fields_by_email = {}
    for row in rows:
        fields = dict(row.values)
        codes = fields.pop("region_codes", None)
        _check_regions(row, codes or (), regions, faults)
        _check_self(row, users_by_email.get(fields.get("email", "")), by, faults)
        if codes is not None or fields.get("role") != Role.MANAGER:
            fields["region_ids"] = frozenset(regions.get(code) for code in codes or ())
        fields_by_email[fields.get("email", "")] = fields
    return fields_by_email


def _check_regions(
    row: Row, codes: Sequence[str], regions: Mapping[str, UUID], faults: Faults
) -> None:
    if codes and row.values.get("role", Role.MANAGER) != Role.MANAGER:
        faults.add(row.line, "region_codes", "regions_need_manager", role=row.values["role"])
    for code in codes:
        if code not in regions:
            faults.add(row.line, "region_codes", "unknown_code", noun="region", code=code)


def _check_self(row: Row, old: Mapping[str, Any] | None, by: Who, faults: Faults) -> None:
    if old is None or old["id"] != by.id:
        return
    if row.values.get("active") is False:
        faults.add(row.line, "active", "own_account")
    if row.values.get("role", Role.HQ) != Role.HQ:
        faults.add(row.line, "role", "own_role")


def _check_in_use(new_rows: Mapping[str, Row], faults: Faults) -> None:
    """Add a fault for each address that somebody in another organisation has."""
    for row in known.rows(sa.select(User.email), User.email, new_rows):
        email = row["email"]
        faults.add(new_rows[email].line, "email", "in_use", value=email)


def _add(
    additions: Sequence[dict[str, Any]], new_rows: Mapping[str, Row], *, by: Who, now: datetime
) -> None:
    rows: list[dict[str, Any]] = [
        {"locale": DEFAULT_LOCALE, "active": True}
        | _columns(fields)
        | {
            "organisation_id": by.organisation_id,
            "password_hash": None,
            "feed_seq": 0,
            "created_at": now,
            "version": 1,
        }
        for fields in additions
    ]

    def in_use() -> Faults:
        faults = Faults()
        _check_in_use(new_rows, faults)
        return faults

    writing.insert(User, rows, in_use=in_use)
    _grant(additions)
    writing.record(
        by, Permission.USER_WRITE, [(row["id"], {"added": row["role"]}) for row in rows], now
    )


def _change(changes: Sequence[dict[str, Any]], *, by: Who, now: datetime) -> None:
    writing.update(User, [_columns(fields) for fields in changes])
    grantees = [fields for fields in changes if "region_ids" in fields]
    _for_each(sa.delete(UserRegion).where(UserRegion.user_id == sa.bindparam("b_id")), grantees)
    _grant(grantees)
    logout = (
        sa.update(Login)
        .where(Login.user_id == sa.bindparam("b_id"), Login.revoked_at.is_(None))
        .values(revoked_at=now, revoked_because="deactivated")
    )
    _for_each(logout, [fields for fields in changes if fields.get("active") is False])
    acts = [
        (fields["id"], {"changed": sorted(fields.keys() - {"id", "email"})}) for fields in changes
    ]
    writing.record(by, Permission.USER_WRITE, acts, now)


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "region_ids"}


def _grant(users: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        {"user_id": fields["id"], "region_id": region_id}
        for fields in users
        for region_id in fields.get("region_ids", ())
    ]
    if rows:
        db.session.execute(sa.insert(UserRegion), rows)


def _for_each(statement: sa.UpdateBase, users: Sequence[Mapping[str, Any]]) -> None:
    if users:
        db.session.connection().execute(statement, [{"b_id": fields["id"]} for fields in users])

"""Sites from a file: added or changed by their code."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, new_id
from audit_api.models import Assignment, Region, Site
from audit_api.readers import imported
from audit_api.readers.columns import ATTRIBUTE
from audit_api.rules.lifecycle import SHOWN_ON_PHONE
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.sites import organisations
from audit_api.services.sites.imports import known, writing
from audit_api.services.totals import folding
from audit_api.services.totals.folding import Membership
from audit_api.services.visits import feeds
from audit_api.sheets import lines
from audit_api.sheets.lines import Counts, Faults, Outcome, Row, Upload

_NEW: dict[str, Any] = {
    "kind": "own",
    "address": None,
    "latitude": None,
    "longitude": None,
    "geofence_metres": 150,
    "attributes": {},
    "active": True,
}


def load(upload: Upload, *, by: Who, now: datetime, dry_run: bool = False) -> Outcome:
    """Add the sites whose code is new, change the others; auditors' feeds tell of the changes.

    Raises INVALID with every fault of the file and its line and column; then nothing is written.
    """
    access.require(by, Permission.SITE_WRITE)
    faults = Faults()
    contents = imported.rows(upload, "sites", faults)
    writing.require_few(contents.rows)
    rows_by_code = lines.unique(contents.rows, "code", faults)
    organisations.lock(by=by)
    fields_by_code = _fields_by_code(contents.rows, by, faults)
    faults.refuse()
    sites_by_code = _sites_by_code(fields_by_code, by)
    additions = [
        _NEW | fields for code, fields in fields_by_code.items() if code not in sites_by_code
    ]
    pairs = [
        (sites_by_code[code], fields)
        for code, fields in fields_by_code.items()
        if code in sites_by_code
    ]
    changes = [update for old, fields in pairs if (update := _update(old, fields)) is not None]
    if not dry_run:
        _add(additions, rows_by_code, by=by, now=now)
        for old, fields in pairs:
            before, after = (
                Membership(row["region_id"], row["kind"]) for row in (old, old | fields)
            )
            folding.move(by.organisation_id, old["id"], before, after)
        _change(changes, by=by, now=now)
    counts = Counts(len(additions), len(changes), len(pairs) - len(changes))
    return Outcome(counts, contents.sample, writing.warnings(contents.rows, "name", "address"))


def _fields_by_code(rows: Sequence[Row], by: Who, faults: Faults) -> dict[str, dict[str, Any]]:
    regions = dict(
        db.session.execute(
            access.visible_regions(by).with_only_columns(Region.code, Region.id)
        ).all()
    )
    fields_by_code = {}
    for row in rows:
        fields = _fields(row)
        code = fields.pop("region_code", None)
        if code is not None and code not in regions:
            faults.add(row.line, "region_code", "unknown_code", noun="region", code=code)
        fields_by_code[fields.get("code", "")] = fields | {"region_id": regions.get(code)}
    return fields_by_code


def _fields(row: Row) -> dict[str, Any]:
    """Return the row's values by field, those of the attributes' columns under `attributes`."""
    fields: dict[str, Any] = {}
    attributes = {}
    for name, value in row.values.items():
        if name.startswith(ATTRIBUTE.name):
            attributes[name.removeprefix(ATTRIBUTE.name)] = value
        else:
            fields[name] = value
    return fields | {"attributes": attributes}


def _sites_by_code(codes: Collection[str], by: Who) -> dict[str, dict[str, Any]]:
    select = access.visible_sites(by).with_only_columns(*Site.__table__.c)
    return {row["code"]: dict(row) for row in known.rows(select, Site.code, codes)}


def _update(old: Mapping[str, Any], fields: dict[str, Any]) -> dict[str, Any] | None:
    """Return the update that makes `old` what the file says; None where it is that already."""
    new = fields | {"attributes": _without_empty(old["attributes"] | fields["attributes"])}
    return None if all(old[name] == new[name] for name in new) else new | {"id": old["id"]}


def _without_empty(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def _add(
    additions: Sequence[dict[str, Any]], rows_by_code: Mapping[str, Row], *, by: Who, now: datetime
) -> None:
    rows = [
        fields
        | {
            "id": new_id(),
            "organisation_id": by.organisation_id,
            "version": 1,
            "attributes": _without_empty(fields["attributes"]),
        }
        for fields in additions
    ]

    def in_use() -> Faults:
        faults = Faults()
        for code in _sites_by_code([row["code"] for row in rows], by):
            faults.add(rows_by_code[code].line, "code", "in_use", value=code)
        return faults

    writing.insert(Site, rows, in_use=in_use)
    writing.record(
        by, Permission.SITE_WRITE, [(row["id"], {"added": row["code"]}) for row in rows], now
    )


def _change(changes: Sequence[dict[str, Any]], *, by: Who, now: datetime) -> None:
    writing.update(Site, changes)
    _announce({row["id"] for row in changes}, by=by)
    acts = [(row["id"], {"changed": sorted(row.keys() - {"id", "code"})}) for row in changes]
    writing.record(by, Permission.SITE_WRITE, acts, now)


def _announce(site_ids: Collection[UUID], *, by: Who) -> None:
    """Tell every auditor with an open assignment at one of the sites, each in one statement."""
    assignments = sa.select(Assignment.auditor_id, Assignment.id).where(
        Assignment.organisation_id == by.organisation_id, Assignment.state.in_(SHOWN_ON_PHONE)
    )
    by_auditor: dict[UUID, list[UUID]] = {}
    for row in known.rows(assignments, Assignment.site_id, site_ids):
        by_auditor.setdefault(row["auditor_id"], []).append(row["id"])
    # Sorted, so that two changes at once lock the users in the same order.
    for auditor_id in sorted(by_auditor):
        feeds.announce(auditor_id, by_auditor[auditor_id])

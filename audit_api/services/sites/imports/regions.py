"""Regions from a file: added, renamed or moved by their code, parents and children in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from audit_api.database import db, new_id
from audit_api.models import Region
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.sites import organisations, regions
from audit_api.services.sites.imports import cells, writing
from audit_api.sheets import lines
from audit_api.sheets.lines import Column, Counts, Faults, Row

COLUMNS = (
    Column("code", cells.text(64), needed=True),
    Column("name", cells.text(200), needed=True),
    Column("parent_code", cells.text(64)),
)


def load(data: bytes, *, by: Who, now: datetime, dry_run: bool = False) -> Counts:
    """Add the regions whose code is new, rename and move the others.

    Raises INVALID with every fault of the file and its line and column; then nothing is written.
    """
    access.require(by, Permission.REGION_WRITE)
    faults = Faults()
    rows = lines.read(data, COLUMNS, faults)
    by_code = lines.unique(rows, "code", faults)
    organisations.lock(by=by)
    stored = _stored(by)
    _check_parents(rows, by_code, stored, faults)
    _check_cycles(by_code, stored, faults)
    faults.refuse()
    ids = {code: region["id"] for code, region in stored.items()}
    ids |= {code: new_id() for code in by_code if code not in stored}
    wanted = {code: _fields(row, ids) for code, row in by_code.items()}
    added = [fields for code, fields in wanted.items() if code not in stored]
    changed = [
        fields
        for code, fields in wanted.items()
        if code in stored and _differs(stored[code], fields)
    ]
    if not dry_run:
        _write(added, changed, by=by, now=now)
    return Counts(len(added), len(changed), len(wanted) - len(added) - len(changed))


def _stored(by: Who) -> dict[str, Mapping[str, Any]]:
    select = access.visible_regions(by).with_only_columns(*Region.__table__.c)
    found = {row["id"]: row for row in db.session.execute(select).mappings()}
    code_of = {id_: row["code"] for id_, row in found.items()}
    return {
        row["code"]: {**row, "parent_code": code_of.get(row["parent_id"])} for row in found.values()
    }


def _check_parents(
    rows: Sequence[Row], by_code: Mapping[str, Row], stored: Mapping[str, object], faults: Faults
) -> None:
    for row in rows:
        code = row.values.get("parent_code")
        if code is not None and code not in by_code and code not in stored:
            faults.add(row.line, "parent_code", "unknown_code", noun="region", code=code)


def _check_cycles(
    by_code: Mapping[str, Row], stored: Mapping[str, Mapping[str, Any]], faults: Faults
) -> None:
    """Find the lines whose region would come to lie in itself."""
    parents = {code: region["parent_code"] for code, region in stored.items()}
    for code, row in by_code.items():
        parents[code] = row.values.get("parent_code", parents.get(code))
    for code in sorted(_in_cycles(parents) & by_code.keys()):
        faults.add(by_code[code].line, "parent_code", "region_cycle", code=code)


def _in_cycles(parents: Mapping[str, str | None]) -> set[str]:
    found: set[str] = set()
    walked: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        code: str | None = start
        while code is not None and code not in walked and code not in path:
            path[code] = None
            code = parents.get(code)
        if code in path:
            steps = list(path)
            found.update(steps[steps.index(str(code)) :])
        walked.update(path)
    return found


def _fields(row: Row, ids: Mapping[str, UUID]) -> dict[str, Any]:
    fields = {"id": ids[row.values["code"]], "code": row.values["code"], "name": row.values["name"]}
    if "parent_code" in row.values:
        parent = row.values["parent_code"]
        fields["parent_id"] = ids[parent] if parent is not None else None
    return fields


def _differs(old: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    return any(old[name] != value for name, value in fields.items())


def _tops(moved: Sequence[dict[str, Any]]) -> list[UUID]:
    """Return those that do not lie right under another: the rest moves along with them."""
    ids = {fields["id"] for fields in moved}
    return [fields["id"] for fields in moved if fields.get("parent_id") not in ids]


def _write(
    added: Sequence[dict[str, Any]], changed: Sequence[dict[str, Any]], *, by: Who, now: datetime
) -> None:
    # Under no parent at first: a parent may stand further down in the file.
    rows = [
        fields | {"organisation_id": by.organisation_id, "parent_id": None, "version": 0}
        for fields in added
    ]
    writing.insert(Region, rows, in_use=Faults)
    writing.update(Region, [{"parent_id": None} | fields for fields in added])
    writing.update(Region, changed)
    regions.place(_tops([*added, *changed]))
    acts = [(fields["id"], {"added": fields["code"]}) for fields in added]
    acts += [(fields["id"], {"changed": ["name", "parent_id"]}) for fields in changed]
    writing.record(by, Permission.REGION_WRITE, acts, now)

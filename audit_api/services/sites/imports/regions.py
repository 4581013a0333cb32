"""Regions from a file: added, renamed or moved by their code, parents and children in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from audit_api.database import db, new_id
from audit_api.models import Region
from audit_api.readers import imported
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.sites import organisations, regions
from audit_api.services.sites.imports import writing
from audit_api.sheets import lines
from audit_api.sheets.lines import Counts, Faults, Outcome, Row, Upload


def load(upload: Upload, *, by: Who, now: datetime, dry_run: bool = False) -> Outcome:
    """Add the regions whose code is new, rename and move the others.

    Raises INVALID with every fault of the file and its line and column; then nothing is written.
    """
    access.require(by, Permission.REGION_WRITE)
    faults = Faults()
    contents = imported.rows(upload, "regions", faults)
    writing.require_few(contents.rows)
    rows_by_code = lines.unique(contents.rows, "code", faults)
    organisations.lock(by=by)
    regions_by_code = _regions_by_code(by)
    _check_parents(contents.rows, rows_by_code, regions_by_code, faults)
    parents = _parents(rows_by_code, regions_by_code)
    _check_cycles(rows_by_code, parents, faults)
    faults.refuse()
    _check_levels(rows_by_code, parents, faults)
    faults.refuse()
    ids = {code: region["id"] for code, region in regions_by_code.items()}
    ids |= {code: new_id() for code in rows_by_code if code not in regions_by_code}
    fields_by_code = {code: _fields(row, ids) for code, row in rows_by_code.items()}
    additions = [fields for code, fields in fields_by_code.items() if code not in regions_by_code]
    changes = [
        fields
        for code, fields in fields_by_code.items()
        if code in regions_by_code and _differs(regions_by_code[code], fields)
    ]
    if not dry_run:
        _write(additions, changes, by=by, now=now)
    unchanged = len(fields_by_code) - len(additions) - len(changes)
    counts = Counts(len(additions), len(changes), unchanged)
    return Outcome(counts, contents.sample, writing.warnings(contents.rows, "name"))


def _regions_by_code(by: Who) -> dict[str, Mapping[str, Any]]:
    select = access.visible_regions(by).with_only_columns(*Region.__table__.c)
    rows = {row["id"]: row for row in db.session.execute(select).mappings()}
    code_of = {id_: row["code"] for id_, row in rows.items()}
    return {
        row["code"]: {**row, "parent_code": code_of.get(row["parent_id"])} for row in rows.values()
    }


def _check_parents(
    rows: Sequence[Row],
    rows_by_code: Mapping[str, Row],
    regions_by_code: Mapping[str, object],
    faults: Faults,
) -> None:
    for row in rows:
        code = row.values.get("parent_code")
        if code is not None and code not in rows_by_code and code not in regions_by_code:
            faults.add(row.line, "parent_code", "unknown_code", noun="region", code=code)


def _parents(
    rows_by_code: Mapping[str, Row], regions_by_code: Mapping[str, Mapping[str, Any]]
) -> dict[str, str | None]:
    """Return the code of every region's parent as the file would leave it."""
    parents = {code: region["parent_code"] for code, region in regions_by_code.items()}
    for code, row in rows_by_code.items():
        parents[code] = row.values.get("parent_code", parents.get(code))
    return parents


def _check_cycles(
    rows_by_code: Mapping[str, Row], parents: Mapping[str, str | None], faults: Faults
) -> None:
    """Add a fault for each line whose region would lie in itself."""
    for code in sorted(_codes_in_cycles(parents) & rows_by_code.keys()):
        faults.add(rows_by_code[code].line, "parent_code", "region_cycle", code=code)


def _check_levels(
    rows_by_code: Mapping[str, Row], parents: Mapping[str, str | None], faults: Faults
) -> None:
    """Add a fault for each line that brings a region, its own or one below it, too deep."""
    too_deep = [code for code, level in _levels(parents).items() if level > regions.MAX_LEVELS]
    for line in sorted({_brought_by(code, rows_by_code, parents).line for code in too_deep}):
        faults.add(line, "parent_code", "region_too_deep", max=regions.MAX_LEVELS)


def _levels(parents: Mapping[str, str | None]) -> dict[str, int]:
    """Return the level of every region, a root's being 1; no region lies in itself."""
    levels: dict[str, int] = {}
    for start in parents:
        path: list[str] = []
        code: str | None = start
        while code is not None and code not in levels:
            path.append(code)
            code = parents[code]
        above = 0 if code is None else levels[code]
        levels |= {code: above + step for step, code in enumerate(reversed(path), start=1)}
    return levels


def _brought_by(code: str, rows_by_code: Mapping[str, Row], parents: Mapping[str, Any]) -> Row:
    """Return the line of a region, or of the nearest above it that the file has one for."""
    while code not in rows_by_code:
        code = parents[code]
    return rows_by_code[code]


def _codes_in_cycles(parents: Mapping[str, str | None]) -> set[str]:
    codes: set[str] = set()
    seen: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        code: str | None = start
        while code is not None and code not in seen and code not in path:
            path[code] = None
            code = parents.get(code)
        if code in path:
            steps = list(path)
            codes.update(steps[steps.index(str(code)) :])
        seen.update(path)
    return codes


def _fields(row: Row, ids: Mapping[str, UUID]) -> dict[str, Any]:
    fields = {"id": ids[row.values["code"]], "code": row.values["code"], "name": row.values["name"]}
    if "parent_code" in row.values:
        parent = row.values["parent_code"]
        fields["parent_id"] = ids[parent] if parent is not None else None
    return fields


def _differs(old: Mapping[str, Any], fields: Mapping[str, Any]) -> bool:
    return any(old[name] != value for name, value in fields.items())


def _tops(rows: Sequence[dict[str, Any]]) -> list[UUID]:
    """Return the regions that lie right under none of the others, which move along with them."""
    ids = {fields["id"] for fields in rows}
    return [fields["id"] for fields in rows if fields.get("parent_id") not in ids]


def _write(
    additions: Sequence[dict[str, Any]],
    changes: Sequence[dict[str, Any]],
    *,
    by: Who,
    now: datetime,
) -> None:
    # Under no parent at first: a parent may stand further down in the file.
    rows = [
        fields | {"organisation_id": by.organisation_id, "parent_id": None, "version": 0}
        for fields in additions
    ]
    writing.insert(Region, rows, in_use=Faults)
    writing.update(Region, [{"parent_id": None} | fields for fields in additions])
    writing.update(Region, changes)
    regions.place(_tops([*additions, *changes]))
    acts = [(fields["id"], {"added": fields["code"]}) for fields in additions]
    acts += [(fields["id"], {"changed": ["name", "parent_id"]}) for fields in changes]
    writing.record(by, Permission.REGION_WRITE, acts, now)

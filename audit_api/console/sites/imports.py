"""Sheets of regions, sites, users and visits are checked, mended and imported."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import Response, request

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.sites.room import room
from audit_api.console.sites.sheets import KINDS, columns, template
from audit_api.database import db, reading
from audit_api.errors import Fault, Kind, Problem, invalid, not_found, unescaped
from audit_api.services import access
from audit_api.sheets import csv
from audit_api.sheets.lines import Outcome, Upload
from audit_api.web import fields
from audit_api.web.lanes import Lane, lane
from audit_api.web.problems import detail

LIMIT = 10 * 1024 * 1024
MAX_HELD = 256 * 1024
"""A file that is no larger stays in the page between the check and the import."""
_WORKBOOK = b"PK\x03\x04"


class Sent(NamedTuple):
    """A file as it came, and what it is called."""

    data: bytes
    name: str


class Place(NamedTuple):
    """A fault of a sheet, or a warning: its line and column, and what it says."""

    line: str
    column: str
    sentence: str


class Wanted(forms.Form):
    what = fields.Text(load_default=None, validate=fields.OneOf([*KINDS]))
    added = fields.Integer(load_default=None)
    changed = fields.Integer(load_default=0)
    unchanged = fields.Integer(load_default=0)


@room.get("/imports")
def imports() -> Response:
    """Show what may be imported, and what became of the last."""
    return _page()


@room.get("/imports/<what>.csv")
def import_template(what: str) -> Response:
    """Send a sheet to begin with."""
    if what not in KINDS:
        raise not_found("page")
    access.require(who(), KINDS[what].permission)
    response = Response(csv.write(template(what), marked=True), content_type=csv.MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{what}.csv"'
    return response


@room.post("/imports")
@lane(Lane.DEAR)
@forms.takes(LIMIT + LIMIT // 2)
@forms.submits(again=imports)
def load_import() -> Response:
    """Check a sheet, or import it: all of it, or nothing and every fault by line and column."""
    what = _wanted()["what"] or next(iter(KINDS))
    imports = request.form.get("do") == "import"
    access.require(who(), KINDS[what].permission)
    sent = _sent()
    upload = Upload(sent.data, workbook=sent.data.startswith(_WORKBOOK))
    now = datetime.now(UTC)
    try:
        outcome = KINDS[what].load(upload, by=who(), now=now, dry_run=not imports)
    except Problem as problem:
        if problem.kind is not Kind.INVALID:
            raise
        db.session.rollback()
        with reading():
            return _page(sent, faults=_places(problem.faults), status=problem.kind.status)
    if imports:
        counts = outcome.counts
        told = {name: getattr(counts, name) for name in ("added", "changed", "unchanged")}
        return pages.go("console.sites.imports", what=what, **told)
    return _page(sent, outcome=outcome)


def _page(
    sent: Sent | None = None,
    *,
    faults: Sequence[Place] = (),
    outcome: Outcome | None = None,
    status: int = 200,
) -> Response:
    wanted = _wanted()
    kinds = [what for what, kind in KINDS.items() if who().may(kind.permission)]
    if not kinds:
        access.require(who(), next(iter(KINDS.values())).permission)
    what = wanted["what"] or kinds[0]
    access.require(who(), KINDS[what].permission)
    pasted = request.form.get("text", "")
    return pages.page(
        "sites/imports",
        reader.said("console.places.imports"),
        status=status,
        what=what,
        kinds=kinds,
        columns=columns(what),
        faults=faults,
        outcome=outcome,
        warnings=_places(outcome.warnings) if outcome else (),
        held=_held(sent) if sent and outcome and not pasted else None,
        pasted=pasted,
        file_name=sent.name if sent and outcome else "",
        told=wanted,
    )


def _wanted() -> dict[str, Any]:
    return forms.asked(Wanted)


def _sent() -> Sent:
    """Return the file that was chosen, else the one that is held in the page, else what was pasted;
    raise INVALID without one."""
    chosen = request.files.get("file")
    if chosen is not None and chosen.filename:
        return _measured(chosen.read(), chosen.filename)
    if pasted := request.form.get("text", "").strip():
        return _measured(pasted.encode(), "")
    if held := request.form.get("held"):
        try:
            data = base64.b64decode(held, validate=True)
        except binascii.Error:
            raise invalid(Fault("", "required")) from None
        return Sent(data, request.form.get("held_name", ""))
    raise invalid(Fault("/text", "no_sheet"))


def _measured(data: bytes, name: str) -> Sent:
    if len(data) > LIMIT:
        raise Problem(Kind.TOO_LARGE, limit=LIMIT)
    return Sent(data, name)


def _held(sent: Sent) -> str | None:
    return base64.b64encode(sent.data).decode() if len(sent.data) <= MAX_HELD else None


def _places(faults: Sequence[Fault]) -> list[Place]:
    """Return faults by line and column; one of the whole sheet has neither."""
    return [_place(fault) for fault in faults]


def _place(fault: Fault) -> Place:
    _, *parts = [unescaped(part) for part in fault.pointer.split("/")]
    line, column = [*parts[1:], "", ""][:2] if parts[:1] == ["lines"] else ("", "")
    return Place(line, column, detail(fault, reader.locale()))

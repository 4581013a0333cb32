"""Imports of regions, sites, users and visits from CSV files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import request

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import FILE, Shown
from audit_api.api.http.warned import Stored, in_words, warnings
from audit_api.api.http.writes import commits
from audit_api.errors import Kind, Problem
from audit_api.services.sites import imports
from audit_api.sheets import charsets
from audit_api.sheets.lines import Outcome, Upload
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane

LIMIT = 10 * 1024 * 1024

blueprint = Blueprint(
    "imports",
    __name__,
    description="Files of up to 10 MiB: all of a file, or nothing and every fault by line and "
    "column.",
)

BODY = {
    "requestBody": {
        "required": True,
        "description": "CSV, its cells between commas, semicolons or tabs. A `charset` beside "
        "`text/csv` names the encoding; without one UTF-8, UTF-16 with a byte order mark and "
        "everyday Chinese in GB18030 are told by themselves. Accepted: "
        + ", ".join(charsets.ACCEPTED)
        + ".",
        "content": {"text/csv": {"schema": FILE}},
    }
}


class ImportArguments(Schema):
    dry_run = fields.Boolean(
        load_default=False, metadata={"description": "Check and count only; write nothing."}
    )


class LineSchema(Shown):
    number = fields.Integer(metadata={"description": "The first is 1."})
    cells = fields.List(fields.Text())


class SampleSchema(Shown):
    """How the file was read: look here before you import what nobody declared."""

    charset = fields.Text()
    separator = fields.Text(metadata={"description": "What stands between cells."})
    lines = fields.List(
        fields.Nested(LineSchema),
        metadata={"description": "The header and the first lines, as they were understood."},
    )


class OutcomeSchema(Shown):
    """What was done, or would be; `unchanged` are the lines that say what is stored already."""

    added = fields.Integer(attribute="counts.added")
    changed = fields.Integer(attribute="counts.changed")
    unchanged = fields.Integer(attribute="counts.unchanged")
    read = fields.Nested(SampleSchema, attribute="sample")
    warnings = warnings()


@blueprint.before_request
def expect_a_file() -> None:
    request.max_content_length = LIMIT + 1


@blueprint.route("/imports/regions", methods=["POST"])
@commits
@blueprint.doc(**BODY)
@blueprint.arguments(ImportArguments, location="query")
@blueprint.response(200, OutcomeSchema)
@lane(Lane.DEAR)
def import_regions(options: dict[str, Any]) -> Any:
    """Add, rename and move regions. Columns: code, name, parent_code."""
    return _told(imports.regions.load(read_file(), by=who(), now=datetime.now(UTC), **options))


@blueprint.route("/imports/sites", methods=["POST"])
@commits
@blueprint.doc(**BODY)
@blueprint.arguments(ImportArguments, location="query")
@blueprint.response(200, OutcomeSchema)
@lane(Lane.DEAR)
def import_sites(options: dict[str, Any]) -> Any:
    """Add and change sites. Columns: code, name, region_code, kind, time_zone, address, latitude,
    longitude, geofence_metres, active, and attribute.NAME for each attribute."""
    return _told(imports.sites.load(read_file(), by=who(), now=datetime.now(UTC), **options))


@blueprint.route("/imports/users", methods=["POST"])
@commits
@blueprint.doc(**BODY)
@blueprint.arguments(ImportArguments, location="query")
@blueprint.response(200, OutcomeSchema)
@lane(Lane.DEAR)
def import_users(options: dict[str, Any]) -> Any:
    """Add and change users; never passwords. Columns: email, name, role, locale, region_codes
    (a manager's, between semicolons), active."""
    return _told(imports.users.load(read_file(), by=who(), now=datetime.now(UTC), **options))


@blueprint.route("/imports/visits", methods=["POST"])
@commits
@blueprint.doc(**BODY)
@blueprint.arguments(ImportArguments, location="query")
@blueprint.response(200, OutcomeSchema)
@lane(Lane.DEAR)
def import_visits(options: dict[str, Any]) -> Any:
    """Plan a visit for every line. Columns: campaign (its name, or its id), site_code,
    auditor_email, starts_on, ends_on (the campaign's where they are empty), offer, repeat (meant
    once more), override (why the days may lie outside the campaign)."""
    return _told(imports.visits.load(read_file(), by=who(), now=datetime.now(UTC), **options))


def _told(outcome: Outcome) -> Stored:
    """Return what became of a file, its warnings in words."""
    return Stored(outcome, in_words(outcome.warnings))


def read_file() -> Upload:
    """Return the request's body and its charset; raise MEDIA_TYPE or TOO_LARGE."""
    if request.mimetype != "text/csv":
        raise Problem(Kind.MEDIA_TYPE, accepted="text/csv")
    data = request.get_data(cache=True)
    if len(data) > LIMIT:
        raise Problem(Kind.TOO_LARGE, limit=LIMIT)
    return Upload(data, request.mimetype_params.get("charset"))

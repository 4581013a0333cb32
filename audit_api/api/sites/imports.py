"""Imports of regions, sites and users from CSV files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import request

from audit_api.api.http import fields
from audit_api.api.http.authentication import who
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.writes import commits
from audit_api.errors import Kind, Problem
from audit_api.services.sites import imports

LIMIT = 10 * 1024 * 1024

blueprint = Blueprint(
    "imports",
    __name__,
    description="Files of up to 10 MiB, in UTF-8 or GB18030: all of a file, or nothing and every "
    "fault by line and column.",
)

BODY = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


class ImportArguments(Schema):
    dry_run = fields.Boolean(
        load_default=False, metadata={"description": "Check and count only; write nothing."}
    )


class ImportCountsSchema(Schema):
    """What was done, or would be; `unchanged` are the lines that say what is stored already."""

    added = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)


@blueprint.before_request
def expect_a_file() -> None:
    request.max_content_length = LIMIT + 1


@blueprint.route("/imports/regions", methods=["POST"])
@commits
@blueprint.doc(**BODY)
@blueprint.arguments(ImportArguments, location="query")
@blueprint.response(200, ImportCountsSchema)
def import_regions(options: dict[str, Any]) -> Any:
    """Add, rename and move regions. Columns: code, name, parent_code."""
    return imports.regions.load(read_file(), by=who(), now=datetime.now(UTC), **options)


@blueprint.route("/imports/sites", methods=["POST"])
@commits
@blueprint.doc(**BODY)
@blueprint.arguments(ImportArguments, location="query")
@blueprint.response(200, ImportCountsSchema)
def import_sites(options: dict[str, Any]) -> Any:
    """Add and change sites. Columns: code, name, region_code, kind, time_zone, address, latitude,
    longitude, geofence_metres, active, and attribute.NAME for each attribute."""
    return imports.sites.load(read_file(), by=who(), now=datetime.now(UTC), **options)


@blueprint.route("/imports/users", methods=["POST"])
@commits
@blueprint.doc(**BODY)
@blueprint.arguments(ImportArguments, location="query")
@blueprint.response(200, ImportCountsSchema)
def import_users(options: dict[str, Any]) -> Any:
    """Add and change users; never passwords. Columns: email, name, role, locale, region_codes
    (a manager's, between semicolons), active."""
    return imports.users.load(read_file(), by=who(), now=datetime.now(UTC), **options)


def read_file() -> bytes:
    """Return the request's body; raise MEDIA_TYPE or TOO_LARGE."""
    if request.mimetype != "text/csv":
        raise Problem(Kind.MEDIA_TYPE, accepted="text/csv")
    data = request.get_data(cache=True)
    if len(data) > LIMIT:
        raise Problem(Kind.TOO_LARGE, limit=LIMIT)
    return data

"""The phone's pull: what changed for this auditor since the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import marshmallow as ma
from flask import Response, request

from audit_api.api.http import preconditions
from audit_api.api.http.authentication import who
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.services.visits import sync

blueprint = Blueprint("sync", __name__, description="What a phone needs to work offline.")

Text = ma.fields.String


class CampaignPart(Schema):
    id = ma.fields.UUID(required=True)
    name = Text(required=True)
    scenario = Text(allow_none=True)


class SitePart(Schema):
    id = ma.fields.UUID(required=True)
    code = Text(required=True)
    name = Text(required=True)
    address = Text(allow_none=True)
    latitude = ma.fields.Float(allow_none=True)
    longitude = ma.fields.Float(allow_none=True)
    geofence_metres = ma.fields.Integer(required=True)
    time_zone = Text(required=True)
    kind = Text(required=True)
    attributes = ma.fields.Dict(required=True)


class ChecklistPart(Schema):
    digest = Text(required=True)
    key = Text(required=True)
    number = ma.fields.Integer(required=True)
    title = ma.fields.Dict(keys=Text(), values=Text(), required=True)
    url = Text(required=True)


class ReturnPart(Schema):
    audit_id = ma.fields.UUID(required=True)
    revision = ma.fields.Integer(required=True)
    etag = Text(required=True, metadata={"description": "For `If-Match` of the next revision."})
    note = Text(allow_none=True)
    notes = ma.fields.Dict(keys=Text(), values=Text(), required=True)


class SyncAssignment(Schema):
    id = ma.fields.UUID(required=True)
    state = Text(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    campaign = ma.fields.Nested(CampaignPart, required=True)
    site = ma.fields.Nested(SitePart, required=True)
    checklist = ma.fields.Nested(ChecklistPart, required=True)
    returned = ma.fields.List(ma.fields.Nested(ReturnPart), required=True)


class SyncSchema(Schema):
    cursor = Text(required=True, metadata={"description": "Send it with the next sync."})
    more = ma.fields.Boolean(required=True)
    reset = ma.fields.Boolean(
        required=True, metadata={"description": "Forget all that was pulled: this is all there is."}
    )
    removed = ma.fields.List(ma.fields.UUID(), required=True)
    assignments = ma.fields.List(ma.fields.Nested(SyncAssignment), required=True)


class SyncArguments(Schema):
    cursor = Text(
        load_default="0",
        validate=ma.validate.Regexp(r"[0-9]{1,18}\Z"),
        metadata={"description": "Of the sync before; left out at first."},
    )


@blueprint.route("/sync", methods=["GET"], parameters=[preconditions.IF_NONE_MATCH])
@blueprint.arguments(SyncArguments, location="query")
@blueprint.response(200, SyncSchema, headers=preconditions.HELD_HEADERS)
@blueprint.alt_response(
    304,
    description="Nothing changed since this ETag.",
    success=True,
    headers=preconditions.HELD_HEADERS,
)
def pull(arguments: dict[str, Any]) -> Any:
    """Get what changed since the cursor; with If-None-Match, 304 when nothing did."""
    cursor, newest = int(arguments["cursor"]), sync.position(by=who())
    tag = f"{who().id.hex}-{newest}-{cursor}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if request.if_none_match.contains_weak(tag):
        return Response(status=304, headers=headers)
    changes = sync.changes(cursor, newest, by=who())
    return replace(changes, assignments=list(map(_linked, changes.assignments))), 200, headers


def _linked(assignment: Mapping[str, Any]) -> dict[str, Any]:
    """Return an assignment with the address of its checklist and the ETags of its returns."""
    checklist, returned = assignment["checklist"], assignment["returned"]
    return {
        **assignment,
        "checklist": {**checklist, "url": f"/api/v1/checklist-versions/{checklist['digest']}"},
        "returned": [{**each, "etag": preconditions.etag(each["version"])} for each in returned],
    }

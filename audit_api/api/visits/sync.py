"""The phone's pull: what changed for this auditor since the cursor."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, request

from audit_api.api.http import fields, preconditions
from audit_api.api.http.authentication import who
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import Shown, Word, attributes, texts
from audit_api.api.http.tickets import TicketSchema
from audit_api.rules.kinds import SITE_KINDS
from audit_api.rules.lifecycle import AssignmentState, UnreadableReason
from audit_api.services.audits import photos, uploads
from audit_api.services.visits import sync
from audit_api.services.visits.sync import PhotoOfVisit

# A phone that holds everything still has to learn of other limits.
_LIMITS_TAG = hashlib.sha256(repr(photos.LIMITS).encode()).hexdigest()[:8]

blueprint = Blueprint("sync", __name__, description="What a phone needs to work offline.")


class CampaignPart(Shown):
    id = fields.UUID()
    name = fields.Text()
    scenario = fields.Text(allow_none=True)


class SitePart(Shown):
    id = fields.UUID()
    code = fields.Text()
    name = fields.Text()
    address = fields.Text(allow_none=True)
    latitude = fields.Float(allow_none=True)
    longitude = fields.Float(allow_none=True)
    geofence_metres = fields.Integer()
    time_zone = fields.Text()
    kind = Word("SiteKind", SITE_KINDS)
    attributes = attributes()


class ChecklistPart(Shown):
    digest = fields.Text()
    key = fields.Text()
    number = fields.Integer()
    title = texts()
    url = fields.Text(metadata={"format": "uri-reference"})


class ReturnPart(Shown):
    audit_id = fields.UUID()
    revision = fields.Integer()
    etag = fields.Text(metadata={"description": "For `If-Match` of the next revision."})
    note = fields.Text(allow_none=True)
    notes = fields.Dict(
        keys=fields.Text(), values=fields.Text(), metadata={"description": "By question key."}
    )


class UnreadablePhotoPart(Shown):
    audit_id = fields.UUID()
    id = fields.UUID()
    question = fields.Text()
    reason = Word(UnreadableReason)


class WantedPart(Shown):
    """A photo that an audit waits for, with leave to upload it: for a phone that forgot it."""

    audit_id = fields.UUID()
    revision = fields.Integer()
    id = fields.UUID()
    question = fields.Text()
    sha256 = fields.Text()
    size = fields.Integer()
    media_type = Word("PhotoMediaType", photos.ACCEPTED_TYPES)
    upload = fields.Nested(TicketSchema)


class SyncAssignment(Shown):
    id = fields.UUID()
    state = Word(AssignmentState)
    starts_on = fields.Date()
    ends_on = fields.Date()
    campaign = fields.Nested(CampaignPart)
    site = fields.Nested(SitePart)
    checklist = fields.Nested(ChecklistPart)
    returned = fields.List(fields.Nested(ReturnPart))
    unreadable_photos = fields.List(
        fields.Nested(UnreadablePhotoPart),
        metadata={"description": "Photos of which no picture could be made."},
    )
    wanted = fields.List(fields.Nested(WantedPart))


class PhotoLimitsPart(Shown):
    max_bytes = fields.Integer()
    part_bytes = fields.Integer(metadata={"description": "Of every part of a photo but its last."})
    max_photos = fields.Integer(metadata={"description": "Of one audit."})
    max_pixels = fields.Dict(
        keys=fields.Text(),
        values=fields.Integer(),
        metadata={"description": "By media type; no other type is accepted."},
    )


class SyncSchema(Shown):
    cursor = fields.Text(metadata={"description": "Send it with the next sync."})
    more = fields.Boolean()
    reset = fields.Boolean(
        metadata={"description": "Forget all that was pulled: this is all there is."}
    )
    removed = fields.List(fields.UUID())
    assignments = fields.List(fields.Nested(SyncAssignment))
    photo_limits = fields.Nested(
        PhotoLimitsPart, metadata={"description": "What photos a phone may send."}
    )


class SyncArguments(Schema):
    cursor = fields.Text(
        load_default="0",
        validate=fields.Regexp(r"[0-9]{1,18}\Z"),
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
    tag = f"{who().id.hex}-{newest}-{cursor}-{_LIMITS_TAG}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if request.if_none_match.contains_weak(tag):
        return Response(status=304, headers=headers)
    changes = sync.changes(cursor, newest, by=who())
    body = {
        "cursor": changes.cursor,
        "more": changes.more,
        "reset": changes.reset,
        "removed": changes.removed,
        "assignments": list(map(_linked, changes.assignments)),
        "photo_limits": photos.LIMITS,
    }
    # Tickets live shorter than an unchanged feed: `/audits/{id}/uploads` has fresh ones.
    return body, 200, headers


def _linked(assignment: Mapping[str, Any]) -> dict[str, Any]:
    """Return an assignment with the address of its checklist, the ETags of its returns and
    tickets for the photos that are wanted."""
    checklist, returned = assignment["checklist"], assignment["returned"]
    return {
        **assignment,
        "checklist": {**checklist, "url": f"/api/v1/checklist-versions/{checklist['digest']}"},
        "returned": [{**each, "etag": preconditions.etag(each["version"])} for each in returned],
        "wanted": list(map(_with_ticket, assignment["wanted"])),
    }


def _with_ticket(photo: PhotoOfVisit) -> dict[str, Any]:
    store = current_app.extensions["audit_photo_store"]
    ticket = uploads.ticket(photo.audit_id, photo, by=who(), store=store, now=datetime.now(UTC))
    return photo._asdict() | {"upload": ticket}

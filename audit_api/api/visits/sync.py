"""The phone's pull: what changed for this auditor since the cursor."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, request

from audit_api.api.http import preconditions
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import Shown, Word, attributes, texts
from audit_api.api.http.tickets import TicketSchema
from audit_api.rules.kinds import SITE_KINDS
from audit_api.rules.lifecycle import AssignmentState, UnreadableReason
from audit_api.services.audits import photos, uploads
from audit_api.services.visits import sync
from audit_api.services.visits.sync import Changes, PhotoOfVisit, Return, Visit
from audit_api.web import fields
from audit_api.web.authentication import who

# A phone that holds everything still has to learn of other limits.
_LIMITS_TAG = hashlib.sha256(repr(photos.LIMITS).encode()).hexdigest()[:8]
_TICKET = TicketSchema()

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
    response = current_app.json.response(_body(changes))
    # Tickets live shorter than an unchanged feed: `/audits/{id}/uploads` has fresh ones.
    response.headers.extend(headers)
    return response


def _body(changes: Changes) -> dict[str, Any]:
    """Return a page as `SyncSchema` tells it.

    It is written out here: the schema would ask every visit anew how each member is found, which
    takes longer than all that a sync needs beside it.
    """
    return {
        "cursor": str(changes.cursor),
        "more": changes.more,
        "reset": changes.reset,
        "removed": changes.removed,
        "assignments": [_assignment(visit, changes) for visit in changes.visits],
        "photo_limits": photos.LIMITS,
    }


def _assignment(visit: Visit, changes: Changes) -> dict[str, Any]:
    return {
        "id": visit.id,
        "state": visit.state,
        "starts_on": visit.starts_on,
        "ends_on": visit.ends_on,
        "campaign": {
            "id": visit.campaign_id,
            "name": visit.campaign_name,
            "scenario": visit.scenario,
        },
        "site": {
            "id": visit.site_id,
            "code": visit.code,
            "name": visit.site_name,
            "address": visit.address,
            "latitude": visit.latitude,
            "longitude": visit.longitude,
            "geofence_metres": visit.geofence_metres,
            "time_zone": visit.time_zone,
            "kind": visit.kind,
            "attributes": visit.attributes,
        },
        "checklist": {
            "digest": visit.digest,
            "key": visit.key,
            "number": visit.number,
            "title": visit.title,
            "url": f"/api/v1/checklist-versions/{visit.digest}",
        },
        "returned": list(map(_return, changes.returns.get(visit.id, ()))),
        "unreadable_photos": list(map(_unreadable, changes.unreadable.get(visit.id, ()))),
        "wanted": list(map(_wanted, changes.wanted.get(visit.id, ()))),
    }


def _return(returned: Return) -> dict[str, Any]:
    return {
        "audit_id": returned.audit_id,
        "revision": returned.revision,
        "etag": preconditions.etag(returned.version),
        "note": returned.note,
        "notes": returned.notes,
    }


def _unreadable(photo: PhotoOfVisit) -> dict[str, Any]:
    return {
        "audit_id": photo.audit_id,
        "id": photo.id,
        "question": photo.question,
        "reason": photo.reason,
    }


def _wanted(photo: PhotoOfVisit) -> dict[str, Any]:
    """Return a photo that is waited for with leave to upload it."""
    store = current_app.extensions["audit_photo_store"]
    ticket = uploads.ticket(photo.audit_id, photo, by=who(), store=store, now=datetime.now(UTC))
    return {
        "audit_id": photo.audit_id,
        "revision": photo.revision,
        "id": photo.id,
        "question": photo.question,
        "sha256": photo.sha256,
        "size": photo.size,
        "media_type": photo.media_type,
        "upload": _TICKET.dump(ticket),
    }

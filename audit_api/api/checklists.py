"""Checklists: HQ drafts and publishes them, phones fetch the published by digest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import marshmallow as ma
import orjson
from flask import Response, request

from audit_api.api import conditions
from audit_api.api.authentication import who
from audit_api.api.blueprint import Blueprint, Schema
from audit_api.api.paging import PAGE_HEADERS, PageArguments, page
from audit_api.api.writes import commits
from audit_api.rules.kinds import VERSION_STATES
from audit_api.services import checklists

blueprint = Blueprint("checklists", __name__, description="Questionnaires and their versions.")

DIGEST = ma.validate.Regexp(r"[0-9a-f]{64}\Z")


class ChecklistVersionSchema(Schema):
    id = ma.fields.UUID(required=True)
    checklist_id = ma.fields.UUID(required=True)
    number = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(VERSION_STATES))
    title = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)
    digest = ma.fields.String(allow_none=True)
    scoring_key = ma.fields.String(allow_none=True)
    published_at = ma.fields.AwareDateTime(allow_none=True)
    version = ma.fields.Integer(required=True)


class ChecklistDocumentSchema(ChecklistVersionSchema):
    document = ma.fields.Function(
        lambda version: orjson.loads(version.document),
        metadata={"type": "object", "description": "The checklist itself (docs/checklists.md)."},
    )


class ChecklistDraftSchema(Schema):
    document = ma.fields.Dict(required=True, metadata={"description": "The checklist."})


class ChecklistMoveSchema(Schema):
    action = ma.fields.String(required=True, validate=ma.validate.OneOf(("publish", "retire")))


class VersionFilter(PageArguments):
    key = ma.fields.String(validate=ma.validate.Length(1, 64))
    state = ma.fields.String(validate=ma.validate.OneOf(VERSION_STATES))


@blueprint.route("/checklists", methods=["GET"])
@blueprint.arguments(VersionFilter, location="query")
@blueprint.response(200, ChecklistVersionSchema(many=True), headers=PAGE_HEADERS)
def list_checklists(filters: dict[str, Any]) -> Any:
    """List the checklist versions that you may see."""
    limit, cursor = filters.pop("limit"), filters.pop("cursor")
    select = checklists.listed(by=who(), **filters)
    rows, headers = page(select, limit=limit, cursor=cursor)
    return rows, 200, headers


@blueprint.route("/checklists", methods=["POST"])
@commits
@blueprint.arguments(ChecklistDraftSchema)
@blueprint.response(201, ChecklistDocumentSchema, headers=conditions.CREATED_HEADERS)
def draft_checklist(sent: dict[str, Any]) -> Any:
    """Draft a new version, under the key that the document names."""
    version = checklists.draft(sent["document"], by=who(), now=datetime.now(UTC))
    return (
        version,
        201,
        {
            "ETag": conditions.etag(version.version),
            "Location": f"/api/v1/checklists/{version.id}",
        },
    )


@blueprint.route("/checklists/<uuid:version_id>", methods=["GET"])
@blueprint.response(200, ChecklistDocumentSchema, headers=conditions.ETAG_HEADER)
def get_checklist(version_id: UUID) -> Any:
    """Get one version with its document."""
    version = checklists.find(version_id, by=who())
    return version, 200, {"ETag": conditions.etag(version.version)}


@blueprint.route(
    "/checklists/<uuid:version_id>/moves", methods=["POST"], parameters=[conditions.IF_MATCH]
)
@commits
@blueprint.arguments(ChecklistMoveSchema)
@blueprint.response(200, ChecklistVersionSchema, headers=conditions.ETAG_HEADER)
def move_checklist(sent: dict[str, Any], version_id: UUID) -> Any:
    """Publish a draft for ever, or retire what is published."""
    version = checklists.find(version_id, by=who())
    conditions.require_match(version)
    step = {"publish": checklists.publish, "retire": checklists.retire}[sent["action"]]
    step(version, by=who(), now=datetime.now(UTC))
    return version, 200, {"ETag": conditions.etag(version.version)}


@blueprint.route(
    "/checklist-versions/<string:digest>", methods=["GET"], parameters=[conditions.IF_NONE_MATCH]
)
@blueprint.response(
    200,
    {"type": "object", "description": "The checklist, exactly as it was published."},
    headers=conditions.HELD_HEADERS,
)
@blueprint.alt_response(
    304, description="The phone's copy is this one.", success=True, headers=conditions.HELD_HEADERS
)
def get_published(digest: str) -> Response:
    """Get a published checklist by its digest: the stored bytes, which never change."""
    version = checklists.published(digest, by=who())
    headers = {"ETag": f'"{digest}"', "Cache-Control": "private, max-age=31536000, immutable"}
    if request.if_none_match.contains_weak(digest):
        return Response(status=304, headers=headers)
    return Response(version.document, content_type="application/json", headers=headers)

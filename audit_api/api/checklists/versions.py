"""Versions of checklists: HQ drafts and publishes them, phones fetch the published by digest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from flask import Response, jsonify, request

from audit_api.api.checklists import bodies
from audit_api.api.checklists.document import ChecklistSchema
from audit_api.api.checklists.routes import blueprint
from audit_api.api.checklists.schemas import (
    ChecklistMoveSchema,
    ChecklistVersionSchema,
    DraftVersionSchema,
    PublishedVersionSchema,
    VersionFilter,
)
from audit_api.api.http import preconditions
from audit_api.api.http.paging import PAGE_HEADERS, page
from audit_api.api.http.writes import commits, commits_after
from audit_api.database import db, reading
from audit_api.manuscripts.manuscript import Manuscript
from audit_api.rules.lifecycle import VersionState
from audit_api.services.checklists import versions
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane

Answer = tuple[Mapping[str, Any], int, Mapping[str, str]]

_DRAFT, _PUBLISHED = DraftVersionSchema(), PublishedVersionSchema()
EITHER = {
    "oneOf": [DraftVersionSchema, PublishedVersionSchema],
    "discriminator": {
        "propertyName": "state",
        "mapping": {
            VersionState.DRAFT.value: "#/components/schemas/DraftVersion",
            VersionState.PUBLISHED.value: "#/components/schemas/PublishedVersion",
            VersionState.RETIRED.value: "#/components/schemas/PublishedVersion",
        },
    },
}


@blueprint.route("/checklists", methods=["GET"])
@blueprint.arguments(VersionFilter, location="query")
@blueprint.response(200, ChecklistVersionSchema(many=True), headers=PAGE_HEADERS)
def list_checklists(filters: dict[str, Any]) -> Any:
    """List the checklist versions that you may see."""
    limit, cursor = filters.pop("limit"), filters.pop("cursor")
    select = versions.listed(by=who(), **filters)
    rows, headers = page(select, limit=limit, cursor=cursor)
    return rows, 200, headers


@blueprint.route("/checklists", methods=["POST"])
@commits_after(bodies.read)
@blueprint.doc(**bodies.BODY)
@blueprint.response(201, DraftVersionSchema, headers=preconditions.CREATED_HEADERS)
@lane(Lane.DEAR)
def draft_checklist(manuscript: Manuscript) -> Answer:
    """Draft a new version, under the key that the document names.

    A draft may have any faults: the answer lists them.
    """
    return _created(versions.draft(manuscript, by=who(), now=datetime.now(UTC)), manuscript)


def _written(version_id: UUID) -> Manuscript:
    """Return what the author of a version wrote, read in a transaction that ends."""
    with reading():
        version = versions.find(version_id, by=who())
        manuscript = versions.read(partial(versions.kept, version), by=who())
        db.session.rollback()
    return manuscript


@blueprint.route("/checklists/<uuid:version_id>/drafts", methods=["POST"])
@commits_after(_written)
@blueprint.response(201, DraftVersionSchema, headers=preconditions.CREATED_HEADERS)
@lane(Lane.DEAR)
def draft_next_version(manuscript: Manuscript, version_id: UUID) -> Answer:
    """Draft the next version from what the author of this one wrote."""
    return _created(versions.draft(manuscript, by=who(), now=datetime.now(UTC)), manuscript)


@blueprint.route("/checklists/<uuid:version_id>", methods=["GET"])
@blueprint.response(200, EITHER, headers=preconditions.ETAG_HEADER)
def get_checklist(version_id: UUID) -> tuple[Response, int, Mapping[str, str]]:
    """Get one version with its document; a draft's is as its author wrote it."""
    version = versions.find(version_id, by=who())
    if version.state == VersionState.DRAFT:
        shown = _DRAFT.dump(_members(version, versions.kept(version)))
    else:
        shown = _PUBLISHED.dump(_members(version, None))
    return jsonify(shown), 200, _tag(version)


@blueprint.route(
    "/checklists/<uuid:version_id>", methods=["PUT"], parameters=[preconditions.IF_MATCH]
)
@commits_after(bodies.read)
@blueprint.doc(**bodies.BODY)
@blueprint.response(200, DraftVersionSchema, headers=preconditions.ETAG_HEADER)
@lane(Lane.DEAR)
def replace_draft(manuscript: Manuscript, version_id: UUID) -> Answer:
    """Write a draft anew, under the same key."""
    version = versions.find_to_change(version_id, by=who())
    preconditions.require_match(version)
    versions.replace(version, manuscript, by=who(), now=datetime.now(UTC))
    return _members(version, manuscript), 200, _tag(version)


@blueprint.route(
    "/checklists/<uuid:version_id>", methods=["DELETE"], parameters=[preconditions.IF_MATCH]
)
@commits
@blueprint.response(204)
def delete_draft(version_id: UUID) -> None:
    """Throw a draft away; what was published stays."""
    version = versions.find(version_id, by=who())
    preconditions.require_match(version)
    versions.delete(version, by=who(), now=datetime.now(UTC))


@blueprint.route(
    "/checklists/<uuid:version_id>/moves", methods=["POST"], parameters=[preconditions.IF_MATCH]
)
@commits
@blueprint.arguments(ChecklistMoveSchema)
@blueprint.response(200, ChecklistVersionSchema, headers=preconditions.ETAG_HEADER)
@lane(Lane.DEAR)
def move_checklist(sent: dict[str, Any], version_id: UUID) -> Any:
    """Publish a draft without errors for ever, or retire what is published."""
    version = versions.find(version_id, by=who())
    preconditions.require_match(version)
    step = {"publish": versions.publish, "retire": versions.retire}[sent["action"]]
    step(version, by=who(), now=datetime.now(UTC))
    return version, 200, _tag(version)


@blueprint.route(
    "/checklist-versions/<string:digest>", methods=["GET"], parameters=[preconditions.IF_NONE_MATCH]
)
@blueprint.response(200, ChecklistSchema, headers=preconditions.HELD_HEADERS)
@blueprint.alt_response(
    304,
    description="The phone's copy is this one.",
    success=True,
    headers=preconditions.HELD_HEADERS,
)
def get_published(digest: str) -> Response:
    """Get a published checklist by its digest: the stored bytes, which never change."""
    version = versions.published(digest, by=who())
    headers = {"ETag": f'"{digest}"', "Cache-Control": "private, max-age=31536000, immutable"}
    if request.if_none_match.contains_weak(digest):
        return Response(status=304, headers=headers)
    return Response(version.document, content_type="application/json", headers=headers)


def _created(version: Any, manuscript: Manuscript) -> Answer:
    headers = {**_tag(version), "Location": f"/api/v1/checklists/{version.id}"}
    return _members(version, manuscript), 201, headers


def _members(version: Any, manuscript: Manuscript | None) -> Mapping[str, Any]:
    """Return a version with its document, and what was found in a draft."""
    members = {name: getattr(version, name) for name in ChecklistVersionSchema().fields}
    remarks = {} if manuscript is None else bodies.found(manuscript)
    return {**members, "document": orjson.loads(version.document), **remarks}


def _tag(version: Any) -> Mapping[str, str]:
    return {"ETag": preconditions.etag(version.version)}

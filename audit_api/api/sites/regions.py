"""Regions: the organisation's tree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.api.http import preconditions
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.paging import PAGE_HEADERS, PageArguments, page
from audit_api.api.http.shapes import Shown
from audit_api.api.http.warned import stored, warnings
from audit_api.api.http.writes import commits
from audit_api.services.sites import regions
from audit_api.web import fields
from audit_api.web.authentication import who

blueprint = Blueprint("regions", __name__, description="The organisation's tree of regions.")


class RegionFields(Schema):
    """What may be written of a region."""

    code = fields.Code(required=True)
    name = fields.Name(required=True)
    parent_id = fields.UUID(
        allow_none=True, metadata={"description": "The region that it lies in; null for a root."}
    )


class RegionChange(RegionFields):
    """What may be changed of a region; what is left out stays."""


class RegionSchema(Shown, RegionFields):
    id = fields.UUID()
    version = fields.Integer()


class StoredRegionSchema(RegionSchema):
    """A region as it is stored now."""

    warnings = warnings()


class RegionFilter(PageArguments):
    parent_id = fields.UUID(metadata={"description": "The regions right under this one."})
    code = fields.Code()


@blueprint.route("/regions", methods=["GET"])
@blueprint.arguments(RegionFilter, location="query")
@blueprint.response(200, RegionSchema(many=True), headers=PAGE_HEADERS)
def list_regions(filters: dict[str, Any]) -> Any:
    """List the regions that you may see."""
    limit, cursor = filters.pop("limit"), filters.pop("cursor")
    rows, headers = page(regions.listed(by=who(), **filters), limit=limit, cursor=cursor)
    return rows, 200, headers


@blueprint.route("/regions", methods=["POST"])
@commits
@blueprint.arguments(RegionFields)
@blueprint.response(201, StoredRegionSchema, headers=preconditions.CREATED_HEADERS)
def add_region(sent: dict[str, Any]) -> Any:
    """Add a region: a root, or one that lies in another."""
    region = regions.add(by=who(), now=datetime.now(UTC), **sent)
    headers = {
        "ETag": preconditions.etag(region.version),
        "Location": f"/api/v1/regions/{region.id}",
    }
    return stored(region, sent, "name"), 201, headers


@blueprint.route("/regions/<uuid:region_id>", methods=["GET"])
@blueprint.response(200, RegionSchema, headers=preconditions.ETAG_HEADER)
def get_region(region_id: UUID) -> Any:
    """Get one region."""
    region = regions.find(region_id, by=who())
    return region, 200, {"ETag": preconditions.etag(region.version)}


@blueprint.route(
    "/regions/<uuid:region_id>", methods=["PATCH"], parameters=[preconditions.IF_MATCH]
)
@commits
@blueprint.arguments(RegionChange(partial=True))
@blueprint.response(200, StoredRegionSchema, headers=preconditions.ETAG_HEADER)
def change_region(sent: dict[str, Any], region_id: UUID) -> Any:
    """Rename a region, or move it, with all that lies in it, into another."""
    region = regions.find_to_change(region_id, by=who())
    preconditions.require_match(region)
    regions.change(region, by=who(), now=datetime.now(UTC), **sent)
    return stored(region, sent, "name"), 200, {"ETag": preconditions.etag(region.version)}


@blueprint.route(
    "/regions/<uuid:region_id>", methods=["DELETE"], parameters=[preconditions.IF_MATCH]
)
@commits
@blueprint.doc(refuses=(409,))
@blueprint.response(204)
def delete_region(region_id: UUID) -> None:
    """Delete a region that holds no site and no region, and that nobody was granted."""
    region = regions.find_to_change(region_id, by=who())
    preconditions.require_match(region)
    regions.delete(region, by=who(), now=datetime.now(UTC))

"""Sites: the places visited."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.api.http import preconditions
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.paging import PAGE_HEADERS, PageArguments, page
from audit_api.api.http.shapes import Shown, Word, attributes
from audit_api.api.http.warned import stored, warnings
from audit_api.api.http.writes import commits
from audit_api.rules.kinds import SITE_KINDS
from audit_api.services.sites import sites
from audit_api.web import fields
from audit_api.web.authentication import who

blueprint = Blueprint("sites", __name__, description="The places visited.")


class SiteFields(Schema):
    """What may be written of a site."""

    code = fields.Code(required=True)
    name = fields.Name(required=True)
    region_id = fields.UUID(required=True)
    kind = Word("SiteKind", SITE_KINDS)
    time_zone = fields.Text(
        required=True,
        validate=fields.Length(1, 64),
        metadata={"description": "IANA name.", "example": "Asia/Shanghai"},
    )
    address = fields.Prose(500, allow_none=True)
    latitude = fields.Float(allow_none=True, validate=fields.Range(-90, 90))
    longitude = fields.Float(allow_none=True, validate=fields.Range(-180, 180))
    geofence_metres = fields.Integer(strict=True, validate=fields.Range(10, 100_000))
    attributes = fields.Attributes(metadata={"shape": attributes()})
    active = fields.Boolean()


class SiteChange(SiteFields):
    """What may be changed of a site; what is left out stays."""


class SiteSchema(Shown, SiteFields):
    id = fields.UUID()
    version = fields.Integer()


class StoredSiteSchema(SiteSchema):
    """A site as it is stored now."""

    warnings = warnings()


class SiteFilter(PageArguments):
    region_id = fields.UUID(metadata={"description": "This region and all below it."})
    kind = Word("SiteKind", SITE_KINDS)
    code = fields.Code()


@blueprint.route("/sites", methods=["GET"])
@blueprint.arguments(SiteFilter, location="query")
@blueprint.response(200, SiteSchema(many=True), headers=PAGE_HEADERS)
def list_sites(filters: dict[str, Any]) -> Any:
    """List the sites that you may see."""
    limit, cursor = filters.pop("limit"), filters.pop("cursor")
    rows, headers = page(sites.listed(by=who(), **filters), limit=limit, cursor=cursor)
    return rows, 200, headers


@blueprint.route("/sites", methods=["POST"])
@commits
@blueprint.arguments(SiteFields)
@blueprint.response(201, StoredSiteSchema, headers=preconditions.CREATED_HEADERS)
def add_site(sent: dict[str, Any]) -> Any:
    """Add a site."""
    site = sites.add(by=who(), now=datetime.now(UTC), **sent)
    headers = {"ETag": preconditions.etag(site.version), "Location": f"/api/v1/sites/{site.id}"}
    return stored(site, sent, "name", "address"), 201, headers


@blueprint.route("/sites/<uuid:site_id>", methods=["GET"])
@blueprint.response(200, SiteSchema, headers=preconditions.ETAG_HEADER)
def get_site(site_id: UUID) -> Any:
    """Get one site."""
    site = sites.find(site_id, by=who())
    return site, 200, {"ETag": preconditions.etag(site.version)}


@blueprint.route("/sites/<uuid:site_id>", methods=["PATCH"], parameters=[preconditions.IF_MATCH])
@commits
@blueprint.arguments(SiteChange(partial=True))
@blueprint.response(200, StoredSiteSchema, headers=preconditions.ETAG_HEADER)
def change_site(sent: dict[str, Any], site_id: UUID) -> Any:
    """Change a site; auditors with open assignments there learn of it at their next sync."""
    site = sites.find_to_change(site_id, sent, by=who())
    preconditions.require_match(site)
    sites.change(site, by=who(), now=datetime.now(UTC), **sent)
    return stored(site, sent, "name", "address"), 200, {"ETag": preconditions.etag(site.version)}

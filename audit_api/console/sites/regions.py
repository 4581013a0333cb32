"""Regions are added, renamed, moved and deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, request

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.regions import branches
from audit_api.console.frame.sessions import who
from audit_api.console.sites.places import crumb
from audit_api.console.sites.room import room
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.sites import regions as services
from audit_api.services.sites import trees
from audit_api.web import fields


class RegionForm(forms.Form):
    code = fields.Code(required=True)
    name = fields.Name(required=True)
    parent_id = fields.UUID(load_default=None)


@room.get("/places/regions/new")
def new_region() -> Response:
    """Show the form of a new region."""
    access.require(who(), Permission.REGION_WRITE)
    return pages.page(
        "sites/region",
        reader.said("console.places.new_region"),
        crumbs=[crumb()],
        region=None,
        parent_id=request.args.get("parent_id", ""),
        parents=branches(trees.tree(by=who())),
    )


@room.post("/places/regions/new")
@forms.submits(again=new_region)
def add_region() -> Response:
    """Add a region."""
    services.add(by=who(), now=datetime.now(UTC), **forms.read(RegionForm))
    return pages.go("console.sites.places", done="region_added")


@room.get("/places/regions/<uuid:region_id>")
def region(region_id: UUID) -> Response:
    """Show the form of a region."""
    access.require(who(), Permission.REGION_WRITE)
    found = services.find(region_id, by=who())
    tree = trees.tree(by=who())
    return pages.page(
        "sites/region",
        found.name,
        crumbs=[crumb()],
        region=found,
        parent_id=found.parent_id or "",
        parents=[option for option in branches(tree) if option[0] != str(found.id)],
    )


@room.post("/places/regions/<uuid:region_id>")
@forms.submits(again=region)
def change_region(region_id: UUID) -> Response:
    """Rename a region, or move it with all below it."""
    found = services.find_to_change(region_id, by=who())
    sent = forms.read(RegionForm)
    forms.require_version(found)
    services.change(found, by=who(), now=datetime.now(UTC), **sent)
    return pages.go("console.sites.places", done="region_saved")


@room.post("/places/regions/<uuid:region_id>/delete")
@forms.submits(again=region)
def delete_region(region_id: UUID) -> Response:
    """Delete a region that holds nothing."""
    found = services.find_to_change(region_id, by=who())
    forms.require_version(found)
    services.delete(found, by=who(), now=datetime.now(UTC))
    return pages.go("console.sites.places", done="region_deleted")

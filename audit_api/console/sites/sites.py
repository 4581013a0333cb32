"""Sites are added and changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response, request

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.regions import branches
from audit_api.console.frame.sessions import who
from audit_api.console.sites.places import crumb
from audit_api.console.sites.room import room
from audit_api.errors import Fault, invalid
from audit_api.readers.cells import time_zones
from audit_api.rules.kinds import SITE_KINDS
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.sites import sites as services
from audit_api.services.sites import trees
from audit_api.web import fields

MAX_ATTRIBUTES = 20_000
"""Characters of all attributes as they are typed."""


class Place(forms.Form):
    """Where the sites of a form stand on the earth, and what they are; what is left empty is told
    to be nothing."""

    code = fields.Code(required=True)
    name = fields.Name(required=True)
    region_id = fields.UUID(required=True)
    kind = fields.Text(required=True, validate=fields.OneOf(SITE_KINDS))
    time_zone = fields.Text(required=True, validate=fields.Length(1, 64))
    address = fields.Prose(500, load_default=None)
    latitude = fields.Float(load_default=None, validate=fields.Range(-90, 90))
    longitude = fields.Float(load_default=None, validate=fields.Range(-180, 180))
    geofence_metres = fields.Integer(required=True, validate=fields.Range(10, 100_000))
    active = fields.Boolean(load_default=False)


class Told(forms.Form):
    attributes = fields.Attributes()


@room.get("/places/sites/new")
def new_site() -> Response:
    """Show the form of a new site."""
    access.require(who(), Permission.SITE_WRITE)
    return _form(reader.said("console.places.new_site"), None)


@room.post("/places/sites/new")
@forms.submits(again=new_site)
def add_site() -> Response:
    """Add a site."""
    sent = forms.read(Place) | {"attributes": _attributes({})}
    services.add(by=who(), now=datetime.now(UTC), **sent)
    return pages.go("console.sites.places", done="site_added")


@room.get("/places/sites/<uuid:site_id>")
def site(site_id: UUID) -> Response:
    """Show the form of a site."""
    access.require(who(), Permission.SITE_WRITE)
    found = services.find(site_id, by=who())
    return _form(found.name, found)


@room.post("/places/sites/<uuid:site_id>")
@forms.submits(again=site)
def change_site(site_id: UUID) -> Response:
    """Change a site."""
    sent = forms.read(Place)
    found = services.find_to_change(site_id, sent, by=who())
    forms.require_version(found)
    sent["attributes"] = _attributes(found.attributes)
    services.change(found, by=who(), now=datetime.now(UTC), **sent)
    return pages.go("console.sites.places", done="site_saved")


def _form(title: str, found: Any) -> Response:
    return pages.page(
        "sites/site",
        title,
        crumbs=[crumb()],
        site=found,
        regions=branches(trees.tree(by=who())),
        kinds=SITE_KINDS,
        time_zones=sorted(time_zones()),
        attributes=_written(found.attributes if found else {}),
        most=MAX_ATTRIBUTES,
    )


def _written(attributes: Mapping[str, Any]) -> str:
    """Return attributes as they are typed: a line `name: value` for each."""
    return "\n".join(f"{name}: {_said(value)}" for name, value in sorted(attributes.items()))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _attributes(before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that were typed; raise INVALID.  A value that reads as before stays
    what it was, a number or a truth."""
    sent: dict[str, Any] = {}
    for line in request.form.get("attributes", "").replace("：", ":").splitlines():
        name, colon, value = line.partition(":")
        if not line.strip():
            continue
        if not colon or not name.strip() or name.strip() in sent:
            raise invalid(Fault("/attributes", "attribute_line", {"given": line.strip()[:80]}))
        sent[name.strip()] = value.strip()
    loaded: dict[str, Any] = forms.loaded(Told, {"attributes": sent})["attributes"]
    return {
        name: before[name] if name in before and _said(before[name]) == value else value
        for name, value in loaded.items()
        if value != ""
    }

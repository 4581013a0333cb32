"""The organisation's settings: the logo and the colour of its documents, and its target."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

from flask import Response, current_app, request

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.sites.room import room
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.sites import colours, logos, targets
from audit_api.web import fields
from audit_api.web.lanes import Lane, lane


class Target(forms.Form):
    target = fields.Percentage(load_default=None)


class Colour(forms.Form):
    colour = fields.Text(load_default=None, validate=fields.Length(max=7))
    own = fields.Boolean(load_default=False)


@room.get("/settings")
def settings() -> Response:
    """Show the organisation's settings."""
    access.require(who(), Permission.ORGANISATION_WRITE)
    target = targets.find(by=who())
    return pages.page(
        "sites/settings",
        reader.said("console.places.settings"),
        logo=_logo(),
        media_type=logos.MEDIA_TYPE,
        accepted=logos.ACCEPTED_TYPES,
        colour=colours.find(by=who()),
        target="" if target is None else f"{target / 100:g}",
    )


@room.post("/settings/logo")
@lane(Lane.DEAR)
@forms.takes(logos.MAX_FILE_BYTES + 100_000)
@forms.submits(again=settings)
def settings_logo() -> Response:
    """Set the logo."""
    access.require(who(), Permission.ORGANISATION_WRITE)
    sent = request.files.get("logo")
    if sent is None or not sent.filename:
        raise invalid(Fault("/logo", "no_logo"))
    file = sent.read()
    if len(file) > logos.MAX_FILE_BYTES:
        raise Problem(Kind.TOO_LARGE, limit=logos.MAX_FILE_BYTES)
    decoder = current_app.extensions["audit_decoder"]
    logos.put(file, by=who(), decoder=decoder, now=datetime.now(UTC))
    return pages.go("console.sites.settings", done="logo_saved")


@room.post("/settings/logo/remove")
@forms.submits(again=settings)
def settings_no_logo() -> Response:
    """Remove the logo."""
    logos.remove(by=who(), now=datetime.now(UTC))
    return pages.go("console.sites.settings", done="logo_removed")


@room.post("/settings/colour")
@forms.submits(again=settings)
def settings_colour() -> Response:
    """Set the colour of documents, or go back to the product's."""
    sent = forms.read(Colour)
    colours.put(sent["colour"] if sent["own"] else None, by=who(), now=datetime.now(UTC))
    return pages.go("console.sites.settings", done="colour_saved")


@room.post("/settings/target")
@forms.submits(again=settings)
def settings_target() -> Response:
    """Set the score that sites are to reach, or none."""
    targets.put(forms.read(Target)["target"], by=who(), now=datetime.now(UTC))
    return pages.go("console.sites.settings", done="target_saved")


def _logo() -> str | None:
    """Return the logo as a page holds it."""
    try:
        logo = logos.find(by=who())
    except Problem as problem:
        if problem.kind is not Kind.NOT_FOUND:
            raise
        return None
    return base64.b64encode(logo).decode()

"""The ways through the console: what stands in its menu for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import request, url_for

from audit_api.console.frame import reader, sessions
from audit_api.rules.permissions import Permission


class Place(NamedTuple):
    """An entry of the menu: the room, its first page, what it is called, and who may go there."""

    room: str
    endpoint: str
    title: str
    permission: Permission


class Link(NamedTuple):
    """Where an entry leads, what it says, and whether the reader is there."""

    address: str
    title: str
    here: bool


PLACES: Sequence[Place] = (
    Place(
        "checklists", "console.checklists.index", "console.checklists", Permission.CHECKLIST_READ
    ),
    Place(
        "visits", "console.visits.campaigns", "console.visits.programme", Permission.CAMPAIGN_READ
    ),
    Place("people", "console.people.users", "console.people.people", Permission.USER_READ),
    Place("sites", "console.sites.places", "console.places.places", Permission.SITE_WRITE),
    Place("exports", "console.exports.index", "console.exports", Permission.EXPORT_READ),
    Place(
        "sites", "console.sites.settings", "console.places.settings", Permission.ORGANISATION_WRITE
    ),
)


def menu() -> list[Link]:
    """Return the entries for whoever is signed in."""
    session = sessions.session()
    if session is None:
        return []
    here = _here()
    return [
        Link(url_for(place.endpoint), reader.said(place.title), place is here)
        for place in PLACES
        if session.who.may(place.permission)
    ]


def _here() -> Place | None:
    """Return where the reader is: at a place, or else in its room, of which it is the first."""
    endpoint = request.endpoint or ""
    named = (place for place in PLACES if endpoint.startswith(place.endpoint))
    around = (place for place in PLACES if request.blueprint == f"console.{place.room}")
    return next(named, next(around, None))

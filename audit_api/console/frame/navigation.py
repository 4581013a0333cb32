"""The ways through the console: what stands in its menu for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import request, url_for

from audit_api.console.frame import reader, sessions
from audit_api.rules.permissions import Permission


class Place(NamedTuple):
    """An entry of the menu: the room, its first page, what it is called, and who may go there;
    `path` is how the addresses of its pages begin, where its room has several entries."""

    room: str
    endpoint: str
    title: str
    permission: Permission
    path: str | None = None


class Link(NamedTuple):
    """Where an entry leads, what it says, and whether the reader is there."""

    address: str
    title: str
    here: bool


PLACES: Sequence[Place] = (
    Place("audits", "console.audits.queue", "console.review", Permission.AUDIT_APPROVE, "review"),
    Place("audits", "console.audits.visits", "console.visits", Permission.REPORT_READ, "visits"),
)


def menu() -> list[Link]:
    """Return the entries for whoever is signed in."""
    session = sessions.session()
    if session is None:
        return []
    return [
        Link(url_for(place.endpoint), reader.said(place.title), _is_here(place))
        for place in PLACES
        if session.who.may(place.permission)
    ]


def _is_here(place: Place) -> bool:
    if request.blueprint != f"console.{place.room}":
        return False
    return place.path is None or request.path.startswith(f"/console/{place.path}")

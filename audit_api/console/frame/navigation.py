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
        "checklists",
        "console.checklists.index",
        "console.checklists",
        Permission.CHECKLIST_READ,
    ),
)


def menu() -> list[Link]:
    """Return the entries for whoever is signed in."""
    session = sessions.session()
    if session is None:
        return []
    here = request.blueprint or ""
    return [
        Link(url_for(place.endpoint), reader.said(place.title), here == f"console.{place.room}")
        for place in PLACES
        if session.who.may(place.permission)
    ]

"""The ways through the console: what stands in its menu for whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from flask import request, url_for

from audit_api.console.frame import reader, sessions
from audit_api.rules.permissions import Permission


class Place(NamedTuple):
    """An entry of the menu: the room, its first page, what it is called, and who may go there; of
    several in one room, each has the `views` that lie behind it."""

    room: str
    endpoint: str
    title: str
    permission: Permission
    views: Collection[str] = ()

    @property
    def here(self) -> bool:
        """Whether the reader is there."""
        if self.views:
            views = {f"console.{self.room}.{view}" for view in self.views}
            return request.endpoint in views
        return request.blueprint == f"console.{self.room}"


class Link(NamedTuple):
    """Where an entry leads, what it says, and whether the reader is there."""

    address: str
    title: str
    here: bool


PLACES: Sequence[Place] = (
    Place(
        "scorecards",
        "console.scorecards.overview",
        "console.scorecards.overview",
        Permission.SCORECARD_READ,
        ("overview", "questions", "repeats"),
    ),
    Place(
        "scorecards",
        "console.scorecards.league",
        "console.scorecards.league",
        Permission.SCORECARD_READ,
        ("league", "site"),
    ),
)


def menu() -> list[Link]:
    """Return the entries for whoever is signed in."""
    session = sessions.session()
    if session is None:
        return []
    return [
        Link(url_for(place.endpoint), reader.said(place.title), place.here)
        for place in PLACES
        if session.who.may(place.permission)
    ]

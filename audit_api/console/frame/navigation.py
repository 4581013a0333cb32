"""The ways through the console: what stands in its menu for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import request, url_for

from audit_api.console.frame import reader, sessions
from audit_api.rules.permissions import Permission


class Place(NamedTuple):
    """An entry of the menu: its first page, what it is called, and who may go there."""

    endpoint: str
    title: str
    permission: Permission


class Link(NamedTuple):
    """Where an entry leads, what it says, and whether the reader is there."""

    address: str
    title: str
    here: bool


PLACES: Sequence[Place] = (
    Place("console.scorecards.overview", "console.scorecards.overview", Permission.SCORECARD_READ),
    Place("console.scorecards.league", "console.scorecards.league", Permission.SCORECARD_READ),
    Place("console.audits.queue", "console.review", Permission.AUDIT_APPROVE),
    Place("console.audits.visits", "console.visits", Permission.REPORT_READ),
    Place("console.checklists.index", "console.checklists", Permission.CHECKLIST_WRITE),
    Place("console.visits.campaigns", "console.visits.programme", Permission.CAMPAIGN_READ),
    Place("console.people.users", "console.people.people", Permission.USER_READ),
    Place("console.sites.places", "console.places.places", Permission.SITE_WRITE),
    Place("console.exports.index", "console.exports", Permission.EXPORT_READ),
    Place("console.sites.settings", "console.places.settings", Permission.ORGANISATION_WRITE),
)


def menu() -> list[Link]:
    """Return the entries for whoever is signed in; the reader is at the one whose address the
    page's begins with."""
    session = sessions.session()
    if session is None:
        return []
    places = [place for place in PLACES if session.who.may(place.permission)]
    addresses = [url_for(place.endpoint) for place in places]
    here = max(filter(_is_within, addresses), key=len, default=None)
    return [
        Link(address, reader.said(place.title), address == here)
        for place, address in zip(places, addresses, strict=True)
    ]


def _is_within(address: str) -> bool:
    return f"{request.path}/".startswith(f"{address}/")

"""All checklists, each with its versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response

from audit_api.console.checklists.room import room
from audit_api.console.frame import lists, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.rules.permissions import Permission
from audit_api.services.checklists import catalogue
from audit_api.services.visits import campaigns

SIZE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A version, how many questions it asks, and the campaigns that use it."""

    version: Any
    questions: int
    campaigns: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A checklist: its key, what its newest version is called, and all its versions."""

    key: str
    title: str
    rows: Sequence[Row]


@room.get("")
def index() -> Response:
    """Show the checklists with their versions."""
    found, next_page = lists.page(catalogue.listed(by=who()), SIZE)
    versions = catalogue.versions_of([each.id for each in found], by=who())
    used = uses(each.id for several in versions.values() for each in several)
    # A draft that is thrown away meanwhile may have been the only version.
    entries = [_entry(each.key, versions[each.id], used) for each in found if each.id in versions]
    return pages.page(
        "checklists/index",
        reader.said("console.checklists"),
        entries=entries,
        next_page=next_page,
        may_write=who().may(Permission.CHECKLIST_WRITE),
        shows_campaigns=who().may(Permission.CAMPAIGN_READ),
    )


def uses(version_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[Any]]:
    """Return the campaigns that use each of these versions, where the reader may know them."""
    if not who().may(Permission.CAMPAIGN_READ):
        return {}
    return campaigns.by_version(list(version_ids), by=who())


def _entry(key: str, versions: Sequence[Any], used: Mapping[UUID, Sequence[Any]]) -> Entry:
    rows = [Row(each, catalogue.question_count(each), used.get(each.id, ())) for each in versions]
    return Entry(key, reader.picked(versions[0].title) or key, rows)

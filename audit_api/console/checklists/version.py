"""One version of a checklist: what it asks, what was found in it, and what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, url_for

from audit_api.console.checklists import comparing, listing, remarks, told
from audit_api.console.checklists.remarks import Findings
from audit_api.console.checklists.room import room
from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.rules.authoring import Checklist
from audit_api.rules.exact import percent
from audit_api.rules.lifecycle import VersionState
from audit_api.rules.permissions import Permission
from audit_api.services.checklists import catalogue, versions
from audit_api.web import fields
from audit_api.web.lanes import Lane, lane


class Against(forms.Form):
    """Which version to compare with; the one before where none is named."""

    against = fields.UUID(load_default=None)


@dataclass(frozen=True, slots=True)
class Read:
    """A version that was read: the checklist, unless it is a draft with errors, and what was
    found in a draft."""

    version: Any
    checklist: Checklist | None
    findings: Findings | None


@room.get("/<uuid:version_id>")
@lane(Lane.DEAR)
def version(version_id: UUID) -> Response:
    """Show a version in words."""
    version = versions.find(version_id, by=who())
    found = read(version)
    others = catalogue.siblings(version, by=who())
    older = comparing.chosen(forms.asked(Against)["against"], version, others)
    return pages.page(
        "checklists/version",
        name(version),
        crumbs=above(),
        version=version,
        key=versions.key_of(version),
        checklist=found.checklist,
        findings=found.findings,
        sections=told.told(found.checklist, reader.locale()) if found.checklist else (),
        questions=catalogue.question_count(version),
        against=[(each.id, _choice(each)) for each in comparing.comparable_with(others)],
        compared=comparing.compared(older, found.checklist),
        campaigns=listing.uses([version.id]).get(version.id, ()),
        percent=percent,
        may_write=who().may(Permission.CHECKLIST_WRITE),
    )


def read(version: Any) -> Read:
    """Return what a version comes to: a draft is checked anew, what is published has no faults."""
    if version.state != VersionState.DRAFT:
        return Read(version, versions.parsed_checklist(version), None)
    manuscript = versions.kept(version)
    return Read(version, manuscript.checklist, remarks.found(manuscript))


def name(version: Any) -> str:
    """Return what a version is called."""
    title = reader.picked(version.title) or versions.key_of(version)
    return reader.said("report.checklist_version", checklist=title, version=version.number)


def _choice(version: Any) -> str:
    number = reader.said("console.checklists.version", number=version.number)
    state = reader.said(f"console.checklists.state.{version.state}")
    return f"{number} · {state}"


def above(version: Any = None) -> Sequence[pages.Crumb]:
    """Return the pages above a version's, and above those of the version itself."""
    listed = pages.Crumb(url_for("console.checklists.index"), reader.said("console.checklists"))
    if version is None:
        return [listed]
    own = url_for("console.checklists.version", version_id=version.id)
    return [listed, pages.Crumb(own, name(version))]

"""What becomes of a version: published, retired, thrown away."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from flask import Response

from audit_api.console.checklists import comparing
from audit_api.console.checklists.room import room
from audit_api.console.checklists.version import above, name, read
from audit_api.console.checklists.version import version as show_version
from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import VersionAction
from audit_api.services.checklists import catalogue, versions
from audit_api.web.lanes import Lane, lane


@room.get("/<uuid:version_id>/publish")
@lane(Lane.DEAR)
def confirm(version_id: UUID) -> Response:
    """Show what publishing a draft means, with all that is doubtful and all that is new in it."""
    version = versions.find_to_change(version_id, by=who())
    lifecycle.CHECKLIST_VERSION.require(version.state, VersionAction.PUBLISH)
    found = read(version)
    older = comparing.before(version, catalogue.siblings(version, by=who()))
    return pages.page(
        "checklists/publish",
        reader.said("console.checklists.publish.title", checklist=name(version)),
        crumbs=above(version),
        version=version,
        findings=found.findings,
        questions=catalogue.question_count(version),
        compared=comparing.compared(older, found.checklist),
    )


@room.post("/<uuid:version_id>/publish")
@lane(Lane.DEAR)
@forms.submits(again=confirm)
def publish(version_id: UUID) -> Response:
    """Publish a draft for ever."""
    version = versions.find_to_change(version_id, by=who())
    forms.require_version(version)
    versions.publish(version, by=who(), now=datetime.now(UTC))
    return pages.go("console.checklists.version", done="checklist_published", version_id=version_id)


@room.post("/<uuid:version_id>/retire")
@forms.submits(again=show_version)
def retire(version_id: UUID) -> Response:
    """Take a version out of use for new campaigns."""
    version = versions.find_to_change(version_id, by=who())
    forms.require_version(version)
    versions.retire(version, by=who(), now=datetime.now(UTC))
    return pages.go("console.checklists.version", done="checklist_retired", version_id=version_id)


@room.post("/<uuid:version_id>/delete")
@forms.submits(again=show_version)
def delete(version_id: UUID) -> Response:
    """Throw a draft away."""
    version = versions.find_to_change(version_id, by=who())
    forms.require_version(version)
    versions.delete(version, by=who(), now=datetime.now(UTC))
    return pages.go("console.checklists.index", done="draft_deleted")

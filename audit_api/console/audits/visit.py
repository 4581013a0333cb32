"""A visit: what it scored and why, what was found, and what was answered."""

from __future__ import annotations

from uuid import UUID

from flask import Response, url_for

from audit_api.console.audits import hints, sheet
from audit_api.console.audits.room import room
from audit_api.console.frame import pages, reader
from audit_api.console.frame.sessions import who
from audit_api.database import one_moment
from audit_api.rules.permissions import Permission
from audit_api.services.audits import history


@room.get("/visits/<uuid:audit_id>")
def visit(audit_id: UUID) -> Response:
    """Show a visit: to the office with who made it, its signals and its history."""
    office = who().may(Permission.AUDIT_IDENTIFY)
    with one_moment():
        found = sheet.of(audit_id)
        noted = hints.of(found) if office else ()
        acts = history.of_audit(audit_id, by=who()) if office else ()
        return pages.page(
            "audits/visit",
            sheet.title(found),
            crumbs=[pages.Crumb(url_for("console.audits.visits"), reader.said("console.visits"))],
            sheet=found,
            audit=found.audit,
            report=found.report,
            gauge=sheet.score_chart(found),
            bars=sheet.touchpoint_chart(found),
            hints=noted,
            acts=acts,
            office=office,
        )

"""Visits are planned, moved, given to somebody else and cancelled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.visits.campaigns import crumb, crumb_of
from audit_api.console.visits.room import room
from audit_api.database import db
from audit_api.errors import Fault, invalid
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AssignmentAction
from audit_api.rules.permissions import Permission, Role
from audit_api.services import access
from audit_api.services.people import users
from audit_api.services.sites import sites
from audit_api.services.visits import assignments as services
from audit_api.services.visits import campaigns, progress
from audit_api.web import fields

MAX_NAMED = 1_000
"""Sites whose codes the form offers; any other is typed in."""


class PlanForm(forms.Form):
    site_code = fields.Code(required=True)
    auditor_id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    offer = fields.Boolean(load_default=False)
    repeat = fields.Boolean(load_default=False)
    override = fields.Reason(load_default=None)


class ChangeForm(forms.Form):
    auditor_id = fields.UUID(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    repeat = fields.Boolean(load_default=False)
    override = fields.Reason(load_default=None)


@room.get("/programme/<uuid:campaign_id>/visits/new")
def new_visit(campaign_id: UUID) -> Response:
    """Show the form of a visit to be planned."""
    access.require(who(), Permission.ASSIGNMENT_WRITE)
    found = campaigns.find(campaign_id, by=who())
    named = db.session.scalars(sites.listed(by=who()).limit(MAX_NAMED)).all()
    return pages.page(
        "visits/plan",
        reader.said("console.visits.plan_visit"),
        crumbs=[crumb(), crumb_of(found)],
        campaign=found,
        sites=sorted((site.code, site.name) for site in named if site.active),
        auditors=_auditors(),
    )


@room.post("/programme/<uuid:campaign_id>/visits/new")
@forms.submits(again=new_visit)
def add_visit(campaign_id: UUID) -> Response:
    """Plan a visit."""
    sent = forms.read(PlanForm)
    site_id = _site_id(sent.pop("site_code"))
    services.add(by=who(), now=datetime.now(UTC), campaign_id=campaign_id, site_id=site_id, **sent)
    return pages.go("console.visits.campaign", done="visit_planned", campaign_id=campaign_id)


@room.get("/programme/visits/<uuid:assignment_id>")
def visit(assignment_id: UUID) -> Response:
    """Show a planned visit, and to whom may change it the forms."""
    found = services.find(assignment_id, by=who())
    (line,) = progress.lines([found], by=who(), now=datetime.now(UTC))
    campaign = campaigns.find(found.campaign_id, by=who())
    writes = who().may(Permission.ASSIGNMENT_WRITE)
    return pages.page(
        "visits/visit",
        reader.said("console.visits.visit_of", site=line.site_name),
        crumbs=[crumb(), crumb_of(campaign)],
        campaign=campaign,
        line=line,
        visit=found,
        auditors=_auditors(found.auditor_id, line.auditor_name) if writes else (),
        may_change=writes and found.state in _OPEN,
        may_cancel=writes and found.state in _CANCELLED_FROM,
    )


@room.post("/programme/visits/<uuid:assignment_id>")
@forms.submits(again=visit)
def change_visit(assignment_id: UUID) -> Response:
    """Move the window of a visit, or give it to another auditor."""
    found = services.find(assignment_id, by=who())
    sent = forms.read(ChangeForm)
    forms.require_version(found)
    services.change(found, by=who(), now=datetime.now(UTC), **sent)
    return pages.go("console.visits.visit", done="visit_saved", assignment_id=assignment_id)


@room.post("/programme/visits/<uuid:assignment_id>/cancel")
@forms.submits(again=visit)
def cancel_visit(assignment_id: UUID) -> Response:
    """Cancel a visit."""
    services.move(assignment_id, AssignmentAction.CANCEL, by=who(), now=datetime.now(UTC))
    return pages.go("console.visits.visit", done="visit_cancelled", assignment_id=assignment_id)


_OPEN = lifecycle.REASSIGNMENT.before(AssignmentAction.REASSIGN)
_CANCELLED_FROM = lifecycle.ASSIGNMENT.before(AssignmentAction.CANCEL)


def _site_id(code: str) -> UUID:
    found = db.session.scalar(sites.listed(by=who(), code=code))
    if found is None:
        raise invalid(Fault("/site_code", "unknown_code", {"noun": "site", "code": code}))
    return found.id


def _auditors(present: UUID | None = None, name: str = "") -> list[tuple[UUID, Any]]:
    """Return the active auditors by name, and the one who has a visit whatever they are."""
    active = db.session.scalars(users.listed(by=who(), role=Role.AUDITOR, active=True)).all()
    found = {user.id: f"{user.name} – {user.email}" for user in active}
    if present is not None:
        found.setdefault(present, name)
    return sorted(found.items(), key=lambda each: each[1])

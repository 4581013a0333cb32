"""Campaigns are made and changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response

from audit_api.console.frame import forms, pages, reader
from audit_api.console.frame.sessions import who
from audit_api.console.visits.campaigns import crumb, crumb_of, named
from audit_api.console.visits.room import room
from audit_api.database import db
from audit_api.rules.lifecycle import ReviewRule, VersionState
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.checklists import versions
from audit_api.services.visits import campaigns as services
from audit_api.web import fields

MAX_SCENARIO = 10_000


class CampaignForm(forms.Form):
    name = fields.Name(required=True)
    checklist_version_id = fields.UUID(required=True)
    scenario = fields.Prose(MAX_SCENARIO, load_default=None)
    review = fields.Text(required=True, validate=fields.OneOf([*ReviewRule]))
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class ChangeForm(CampaignForm):
    accept_incomparable = fields.Boolean(load_default=False)
    override = fields.Reason(load_default=None)


@room.get("/programme/new")
def new_campaign() -> Response:
    """Show the form of a new campaign."""
    access.require(who(), Permission.CAMPAIGN_WRITE)
    title = reader.said("console.visits.new_campaign")
    return pages.page("visits/write", title, crumbs=[crumb()], campaign=None, **_choices())


@room.post("/programme/new")
@forms.submits(again=new_campaign)
def add_campaign() -> Response:
    """Add a campaign."""
    added = services.add(by=who(), now=datetime.now(UTC), **forms.read(CampaignForm))
    return pages.go("console.visits.campaign", done="campaign_added", campaign_id=added.id)


@room.get("/programme/<uuid:campaign_id>/edit")
def edit_campaign(campaign_id: UUID) -> Response:
    """Show the form of a campaign."""
    access.require(who(), Permission.CAMPAIGN_WRITE)
    found = services.find(campaign_id, by=who())
    return pages.page(
        "visits/write",
        reader.said("console.visits.edit_campaign"),
        crumbs=[crumb(), crumb_of(found)],
        campaign=found,
        **_choices(found.checklist_version_id),
    )


@room.post("/programme/<uuid:campaign_id>/edit")
@forms.submits(again=edit_campaign)
def change_campaign(campaign_id: UUID) -> Response:
    """Change a campaign."""
    found = services.find(campaign_id, by=who())
    sent = forms.read(ChangeForm)
    forms.require_version(found)
    # A version that was retired meanwhile stays; only a new one has to be published.
    if sent["checklist_version_id"] == found.checklist_version_id:
        del sent["checklist_version_id"]
    services.change(found, by=who(), now=datetime.now(UTC), **sent)
    return pages.go("console.visits.campaign", done="campaign_saved", campaign_id=campaign_id)


def _choices(present: UUID | None = None) -> dict[str, Any]:
    """Return what may be chosen: the published versions, and the one that a campaign has."""
    published = db.session.scalars(versions.listed(by=who(), state=VersionState.PUBLISHED)).all()
    ids = [version.id for version in published] + ([present] if present else [])
    titles = versions.titles(ids, by=who())
    said = sorted((named(titles, id_), str(id_)) for id_ in titles)
    return {
        "versions": [(id_, title) for title, id_ in said],
        "reviews": [*ReviewRule],
        "most": MAX_SCENARIO,
    }

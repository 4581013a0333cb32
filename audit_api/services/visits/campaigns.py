"""Campaigns: waves of visits with one checklist version."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, invalid, not_found
from audit_api.models import Campaign, ChecklistVersion
from audit_api.rules.lifecycle import VersionState
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who
from audit_api.services.visits import feeds


def listed(*, by: Who) -> sa.Select[Campaign]:
    access.require(by, Permission.CAMPAIGN_READ)
    return access.visible_campaigns(by)


def find(campaign_id: UUID, *, by: Who) -> Campaign:
    """Return a campaign, if `by` may see it; raise NOT_FOUND otherwise."""
    access.require(by, Permission.CAMPAIGN_READ)
    campaign = db.session.scalar(access.visible_campaigns(by).where(Campaign.id == campaign_id))
    if campaign is None:
        raise not_found("campaign")
    return campaign


def add(*, by: Who, now: datetime, **fields: Any) -> Campaign:
    """Add a campaign with a published checklist version; raise INVALID with every fault."""
    access.require(by, Permission.CAMPAIGN_WRITE)
    _check(by, fields, fields["starts_on"], fields["ends_on"])
    campaign = Campaign(organisation_id=by.organisation_id, created_at=now, **fields)
    db.session.add(campaign)
    db.session.flush()
    activity.record(by, Permission.CAMPAIGN_WRITE, campaign.id, now=now, added=campaign.name)
    return campaign


def change(campaign: Campaign, *, by: Who, now: datetime, **fields: Any) -> None:
    """Change a campaign, and tell its auditors; audits that are stored keep their version."""
    access.require(by, Permission.CAMPAIGN_WRITE)
    _check(
        by,
        fields,
        fields.get("starts_on", campaign.starts_on),
        fields.get("ends_on", campaign.ends_on),
    )
    for name, value in fields.items():
        setattr(campaign, name, value)
    campaign.version += 1
    db.session.flush()
    feeds.announce_campaign(campaign.id)
    activity.record(by, Permission.CAMPAIGN_WRITE, campaign.id, now=now, changed=sorted(fields))


def _check(by: Who, fields: dict[str, Any], starts_on: date, ends_on: date) -> None:
    faults = []
    if starts_on > ends_on:
        faults.append(Fault("/ends_on", "ends_before_start", {"min": starts_on.isoformat()}))
    if "checklist_version_id" in fields and not _is_published(by, fields["checklist_version_id"]):
        faults.append(
            Fault("/checklist_version_id", "unknown_reference", {"noun": "checklist version"})
        )
    if faults:
        raise invalid(*faults)


def _is_published(by: Who, version_id: UUID) -> bool:
    version = db.session.scalar(
        access.visible_versions(by).where(
            ChecklistVersion.id == version_id, ChecklistVersion.state == VersionState.PUBLISHED
        )
    )
    return version is not None

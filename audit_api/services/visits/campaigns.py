"""Campaigns: waves of visits with one checklist version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, invalid, not_found
from audit_api.models import Assignment, Audit, Campaign, ChecklistVersion
from audit_api.rules.lifecycle import COUNTED, GIVEN_UP, VersionState
from audit_api.rules.permissions import Permission
from audit_api.rules.planning import Window
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


def by_version(version_ids: Iterable[UUID], *, by: Who) -> Mapping[UUID, list[Campaign]]:
    """Return the campaigns that use each of these checklist versions, the latest first."""
    access.require(by, Permission.CAMPAIGN_READ)
    select = access.visible_campaigns(by).where(Campaign.checklist_version_id.in_(version_ids))
    found: dict[UUID, list[Campaign]] = defaultdict(list)
    for campaign in db.session.scalars(select.order_by(Campaign.starts_on.desc(), Campaign.id)):
        found[campaign.checklist_version_id].append(campaign)
    return found


def add(*, by: Who, now: datetime, **fields: Any) -> Campaign:
    """Add a campaign with a published checklist version; raise INVALID with every fault."""
    access.require(by, Permission.CAMPAIGN_WRITE)
    _check(by, fields, fields["starts_on"], fields["ends_on"])
    campaign = Campaign(organisation_id=by.organisation_id, created_at=now, **fields)
    db.session.add(campaign)
    db.session.flush()
    activity.record(by, Permission.CAMPAIGN_WRITE, campaign.id, now=now, added=campaign.name)
    return campaign


def change(
    campaign: Campaign,
    *,
    by: Who,
    now: datetime,
    accept_incomparable: bool = False,
    override: str | None = None,
    **fields: Any,
) -> None:
    """Change a campaign, and tell its auditors; audits that are stored keep their version.

    The caller has locked its row.  A new period leaves no planned visit outside unless `override`
    says why; once visits count, only `accept_incomparable` lets in a checklist version by whose
    rules they would have scored otherwise.  Raises INVALID with every fault.
    """
    access.require(by, Permission.CAMPAIGN_WRITE)
    before = Window(campaign.starts_on, campaign.ends_on)
    period = before._replace(**{name: fields[name] for name in Window._fields if name in fields})
    _check(by, fields, *period)
    faults: list[Fault] = []
    if override is None:
        faults += _left_outside(campaign, before, period)
    if not accept_incomparable and "checklist_version_id" in fields:
        faults += _incomparable(campaign, fields["checklist_version_id"])
    if faults:
        raise invalid(*faults)
    for name, value in fields.items():
        setattr(campaign, name, value)
    campaign.version += 1
    db.session.flush()
    feeds.announce_campaign(campaign.id)
    named = {"accept_incomparable": accept_incomparable, "override": override}
    said = {name: value for name, value in named.items() if value}
    activity.record(
        by, Permission.CAMPAIGN_WRITE, campaign.id, now=now, changed=sorted(fields), **said
    )


def _left_outside(campaign: Campaign, before: Window, period: Window) -> Iterator[Fault]:
    """Yield a fault for each end of a new period beyond which visits would come to lie."""
    visits = (
        sa.select(sa.func.count())
        .select_from(Assignment)
        .where(Assignment.campaign_id == campaign.id, Assignment.state.not_in(GIVEN_UP))
    )
    days = (Assignment.starts_on, Assignment.ends_on)
    held = [(day, day.between(*before)) for day in days]
    beyond = {
        "starts_on": sa.or_(*(was & (day < period.starts_on) for day, was in held)),
        "ends_on": sa.or_(*(was & (day > period.ends_on) for day, was in held)),
    }
    for member, condition in beyond.items():
        if count := db.session.scalar(visits.where(condition)):
            yield Fault(f"/{member}", "visits_left_outside", {"count": count})


def _incomparable(campaign: Campaign, version_id: UUID) -> Iterator[Fault]:
    """Yield a fault where visits count that another version's rules would have scored otherwise."""
    key = sa.select(ChecklistVersion.scoring_key).where(ChecklistVersion.id == version_id)
    counted = sa.select(sa.func.count()).where(
        Audit.campaign_id == campaign.id,
        Audit.state.in_(COUNTED),
        Audit.scoring_key != key.scalar_subquery(),
    )
    if count := db.session.scalar(counted):
        yield Fault("/checklist_version_id", "checklist_incomparable", {"count": count})


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

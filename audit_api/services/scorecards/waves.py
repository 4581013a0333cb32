"""Waves: what the sites of a paper are followed over, from one to the next.

Those of a campaign are the campaigns of its checklist up to it; those of a region or of the
organisation are periods of one length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Campaign, ChecklistVersion
from audit_api.rules.figures.periods import MAX_MONTHS, YEAR, Period
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.scorecards.subjects import Scope, Subject, SubjectKind

MAX_WAVES = 4


@dataclass(frozen=True, slots=True)
class Wave:
    """Where a wave's figures are; `name` is a campaign's, None of a period."""

    scope: Scope
    period: Period
    name: str | None = None


def of_periods(scope: Scope, period: Period) -> Sequence[Wave]:
    """Return a period of a scope and those right before it, the oldest first."""
    waves = [Wave(scope, period)]
    while len(waves) < MAX_WAVES:
        waves.insert(0, Wave(scope, waves[0].period.before))
    return waves


def of_campaign(campaign: Subject, *, by: Who, today: date) -> Sequence[Wave]:
    """Return a campaign and those before it whose visits are made with the same checklist, the
    oldest first; each is of the months from its first day to its last, or to today."""
    this = db.session.get_one(Campaign, campaign.id)
    checklist_id = (
        sa.select(ChecklistVersion.checklist_id)
        .where(ChecklistVersion.id == this.checklist_version_id)
        .scalar_subquery()
    )
    version_ids = sa.select(ChecklistVersion.id).where(
        ChecklistVersion.checklist_id == checklist_id
    )
    earlier = db.session.scalars(
        access.visible_campaigns(by)
        .where(
            Campaign.checklist_version_id.in_(version_ids),
            sa.tuple_(Campaign.starts_on, Campaign.id) < (this.starts_on, this.id),
        )
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
        .limit(MAX_WAVES - 1)
    )
    return [_wave(each, today) for each in (*reversed(earlier.all()), this)]


def _wave(campaign: Campaign, today: date) -> Wave:
    scope = Scope(SubjectKind.CAMPAIGN, campaign.id, campaign.organisation_id)
    return Wave(scope, _months(campaign, today), campaign.name)


def _months(campaign: Campaign, today: date) -> Period:
    """The months that a campaign's visits are made in: as many as a period has at most."""
    first = _number(campaign.starts_on)
    last = max(first, min(_number(campaign.ends_on), _number(today)))
    months = min(last - first + 1, MAX_MONTHS)
    return Period(last - months + 1, months, rolling=True)


def _number(day: date) -> int:
    """A day's month, counted since the year 0."""
    return day.year * YEAR + day.month - 1

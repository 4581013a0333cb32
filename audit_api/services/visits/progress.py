"""How far campaigns have come: what has become of each planned visit, counted by the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Assignment, Audit, Region, RegionAncestor, Site, User
from audit_api.rules.lifecycle import COUNTED, UNDECIDED, VISITED, AssignmentState
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who

_WEST = timedelta(hours=12)
"""So much later than UTC a day ends where it ends last."""


class Standing(StrEnum):
    """What has become of a planned visit."""

    COUNTED = "counted"
    IN_REVIEW = "in_review"
    LEFT_OUT = "left_out"
    """Made and decided, and not counted."""
    DUE = "due"
    DECLINED = "declined"
    """Waits for another auditor."""
    LATE = "late"
    """Its last day is over everywhere on earth, and no audit came."""
    CANCELLED = "cancelled"


class Progress(NamedTuple):
    """How many visits stand how."""

    counted: int = 0
    in_review: int = 0
    left_out: int = 0
    due: int = 0
    declined: int = 0
    late: int = 0
    cancelled: int = 0

    @property
    def made(self) -> int:
        return self.counted + self.in_review + self.left_out

    @property
    def planned(self) -> int:
        """As the totals count them: all that nobody cancelled."""
        return sum(self) - self.cancelled


NOTHING = Progress()


class Line(NamedTuple):
    """A planned visit in a list, with the names of what it is about."""

    assignment: Assignment
    site_code: str
    site_name: str
    region_name: str
    auditor_name: str
    standing: Standing


def of_campaigns(
    campaign_ids: Collection[UUID], *, by: Who, now: datetime
) -> Mapping[UUID, Progress]:
    """Return the progress of campaigns that `by` may see, in one statement; what has no visit is
    left out."""
    access.require(by, Permission.CAMPAIGN_READ)
    standing = _standing(now)
    rows = db.session.execute(
        _planned(by)
        .with_only_columns(Assignment.campaign_id, standing, sa.func.count())
        .where(Assignment.campaign_id.in_(campaign_ids))
        .group_by(Assignment.campaign_id, standing)
    )
    return _gathered(rows.all())


def of_regions(campaign_id: UUID, *, by: Who, now: datetime) -> Mapping[UUID, Progress]:
    """Return a campaign's progress in every region, all below it counted in, in one statement."""
    access.require(by, Permission.CAMPAIGN_READ)
    standing = _standing(now)
    rows = db.session.execute(
        _planned(by)
        .with_only_columns(RegionAncestor.ancestor_id, standing, sa.func.count())
        .join(Site, Site.id == Assignment.site_id)
        .join(RegionAncestor, RegionAncestor.region_id == Site.region_id)
        .where(Assignment.campaign_id == campaign_id)
        .group_by(RegionAncestor.ancestor_id, standing)
    )
    return _gathered(rows.all())


def visits(
    campaign_id: UUID,
    *,
    by: Who,
    now: datetime,
    standing: str | None = None,
    region_id: UUID | None = None,
    auditor_id: UUID | None = None,
) -> sa.Select[Assignment]:
    """Return a campaign's visits: that stand so, of a region and all below it, of an auditor."""
    access.require(by, Permission.ASSIGNMENT_READ)
    access.require_knowing(by)
    select = access.visible_assignments(by).where(Assignment.campaign_id == campaign_id)
    if standing is not None:
        select = select.where(_standing(now) == standing)
    if region_id is not None:
        below = sa.select(RegionAncestor.region_id).where(RegionAncestor.ancestor_id == region_id)
        sites = sa.select(Site.id).where(Site.region_id.in_(below))
        select = select.where(Assignment.site_id.in_(sites))
    if auditor_id is not None:
        select = select.where(Assignment.auditor_id == auditor_id)
    return select


def lines(assignments: Sequence[Assignment], *, by: Who, now: datetime) -> list[Line]:
    """Return visits that were found by `visits`, with their names, in their order."""
    access.require_knowing(by)
    rows = db.session.execute(
        sa.select(Assignment.id, Site.code, Site.name, Region.name, User.name, _standing(now))
        .join(Site, Site.id == Assignment.site_id)
        .join(Region, Region.id == Site.region_id)
        .join(User, User.id == Assignment.auditor_id)
        .where(Assignment.id.in_([assignment.id for assignment in assignments]))
    )
    by_id = {assignment.id: assignment for assignment in assignments}
    found = {
        id_: Line(by_id[id_], code, name, region, auditor, Standing(standing))
        for id_, code, name, region, auditor, standing in rows
    }
    return [found[assignment.id] for assignment in assignments]


def auditors(campaign_id: UUID, *, by: Who) -> list[tuple[UUID, str]]:
    """Return the ids and names of those who have visits of a campaign, by name."""
    access.require(by, Permission.ASSIGNMENT_READ)
    access.require_knowing(by)
    ids = sa.select(Assignment.auditor_id).where(Assignment.campaign_id == campaign_id)
    select = access.visible_users(by).with_only_columns(User.id, User.name).where(User.id.in_(ids))
    rows = db.session.execute(select.order_by(User.name, User.id))
    return [(id_, name) for id_, name in rows]


def today(now: datetime) -> date:
    """Return the last day that is not over everywhere on earth."""
    return (now - _WEST).date()


def _planned(by: Who) -> sa.Select[Assignment]:
    return access.visible_assignments(by)


def _standing(now: datetime) -> sa.ColumnElement[str]:
    """What has become of an assignment: of several audits the best counts."""
    rank = sa.case((Audit.state.in_(COUNTED), 0), (Audit.state.in_(UNDECIDED), 1), else_=2)
    best = (
        sa.select(sa.func.min(rank))
        .where(Audit.assignment_id == Assignment.id)
        .correlate(Assignment)
        .scalar_subquery()
    )
    made = sa.case(
        (best == 0, Standing.COUNTED), (best == 1, Standing.IN_REVIEW), else_=Standing.LEFT_OUT
    )
    return sa.case(
        (Assignment.state.in_(VISITED), made),
        (Assignment.state == AssignmentState.CANCELLED, Standing.CANCELLED),
        (Assignment.state == AssignmentState.EXPIRED, Standing.LATE),
        (Assignment.ends_on < today(now), Standing.LATE),
        (Assignment.state == AssignmentState.DECLINED, Standing.DECLINED),
        else_=Standing.DUE,
    )


def _gathered(rows: Collection[tuple[UUID, str, int]]) -> Mapping[UUID, Progress]:
    found: dict[UUID, Progress] = {}
    for id_, standing, count in rows:
        found[id_] = found.get(id_, NOTHING)._replace(**{standing: count})
    return found

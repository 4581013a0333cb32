"""Visits planned against visits done, as far as a reader may know of either."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import (
    Assignment,
    Audit,
    Campaign,
    Checklist,
    ChecklistVersion,
    Site,
    VisitTotal,
)
from audit_api.rules.figures.periods import Period
from audit_api.rules.lifecycle import UNDECIDED, AssignmentState
from audit_api.rules.permissions import Permission
from audit_api.rules.totals import month_of
from audit_api.services.access import Who
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.services.totals.of_visits import NO_VISITS, NOT_MADE, Visits


def visits(
    scope: Scope, period: Period, checklist: str | None, *, by: Who, now: datetime
) -> Visits | None:
    """Return how many visits were made in the period, and how many were planned in it: those, and
    the others that had to be made by a day of it; cancelled ones were not planned.

    With the key of a checklist: the visits that were made with it, and those that are still to be.

    Plans tell when an auditor comes, and what is made when one came.  So whoever may not know the
    auditors is told nothing (None) before the period is over; and a visit that the office has not
    decided on counts, to them, as one that is still to be made.
    """
    if by.may(Permission.AUDIT_IDENTIFY):
        return _stored(scope, period, checklist)
    if not period.is_over(now):
        return None
    return _stored(scope, period, checklist).plus(_undecided(scope, period, checklist), -1)


def _stored(scope: Scope, period: Period, checklist: str | None) -> Visits:
    rows = _visits(scope.kind, checklist is not None).rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        first=period.starts,
        last=period.ends,
        **({} if checklist is None else {"checklist": checklist}),
    )
    return Visits._make(rows[0])


def _undecided(scope: Scope, period: Period, checklist: str | None) -> Visits:
    """What visits that are not decided on add where they were made, less what they would add where
    they had to be made."""
    shares = NO_VISITS
    rows = _undecided_visits(scope.kind).rows(id=scope.id, organisation_id=scope.organisation_id)
    for visited_on, made_with, ends_on, to_be_made_with in rows:
        if period.has(month_of(visited_on)) and checklist in (None, made_with):
            shares = shares.plus(Visits(1, 1))
        if period.has(month_of(ends_on)) and checklist in (None, to_be_made_with):
            shares = shares.plus(Visits(1, 0), -1)
    return shares


@cache
def _undecided_visits(kind: SubjectKind) -> Statement:
    """The day and the checklist of each, as it was made and as it was planned.

    A visit that was made and is not closed has an audit on its way: there are few of those.
    """
    organisation_id = parameter("organisation_id")
    on_their_way = sa.select(Audit.assignment_id).where(
        Audit.organisation_id == organisation_id, Audit.state.in_(UNDECIDED)
    )
    return Statement(
        sa.select(Assignment.visited_on, Assignment.visited_with, Assignment.ends_on, Checklist.key)
        .join_from(Assignment, Site, Site.id == Assignment.site_id)
        .join(Campaign, Campaign.id == Assignment.campaign_id)
        .join(ChecklistVersion, ChecklistVersion.id == Campaign.checklist_version_id)
        .join(Checklist, Checklist.id == ChecklistVersion.checklist_id)
        .where(
            places(kind, parameter("id"), organisation_id).assignments,
            Assignment.organisation_id == organisation_id,
            Assignment.state == AssignmentState.SUBMITTED,
            Assignment.id.in_(on_their_way),
        )
    )


@cache
def _visits(kind: SubjectKind, of_one_checklist: bool) -> Statement:
    organisation_id = parameter("organisation_id")
    sums = (
        sa.cast(sa.func.coalesce(sa.func.sum(count), 0), sa.BigInteger)
        for count in (VisitTotal.planned, VisitTotal.done)
    )
    return Statement(
        sa.select(*sums)
        .join_from(VisitTotal, Site, Site.id == VisitTotal.site_id)
        .where(
            places(kind, parameter("id"), organisation_id).visits,
            VisitTotal.organisation_id == organisation_id,
            VisitTotal.month.between(parameter("first"), parameter("last")),
            *([_of_checklist(organisation_id)] if of_one_checklist else ()),
        )
    )


def _of_checklist(organisation_id: sa.BindParameter[object]) -> sa.ColumnElement[bool]:
    """Visits made with a checklist, and those that the campaign wants to be made with it."""
    key = parameter("checklist")
    campaigns = (
        sa.select(Campaign.id)
        .join(ChecklistVersion, ChecklistVersion.id == Campaign.checklist_version_id)
        .join(Checklist, Checklist.id == ChecklistVersion.checklist_id)
        .where(Campaign.organisation_id == organisation_id, Checklist.key == key)
    )
    to_be_made = sa.and_(VisitTotal.checklist == NOT_MADE, VisitTotal.campaign_id.in_(campaigns))
    return sa.or_(VisitTotal.checklist == key, to_be_made)

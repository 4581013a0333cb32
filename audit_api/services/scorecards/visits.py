"""Visits planned against visits done."""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import Campaign, Checklist, ChecklistVersion, Site, VisitTotal
from audit_api.rules.figures.periods import Period
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.services.totals.of_visits import NOT_MADE, Visits


def visits(scope: Scope, period: Period, checklist: str | None) -> Visits:
    """Return how many visits were made in the period, and how many were planned in it: those, and
    the others that had to be made by a day of it; cancelled ones were not planned.

    With the key of a checklist: the visits that were made with it, and those that are still to be.
    """
    rows = _visits(scope.kind, checklist is not None).rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        first=period.starts,
        last=period.ends,
        **({} if checklist is None else {"checklist": checklist}),
    )
    return Visits._make(rows[0])


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

"""Visits planned against visits done."""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import Site, VisitTotal
from audit_api.rules.figures.periods import Period
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.services.totals.of_visits import Visits


def visits(scope: Scope, period: Period) -> Visits:
    """Return how many visits had to be made by a day of the period, and how many of them were;
    cancelled ones were not planned."""
    rows = _visits(scope.kind).rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        first=period.starts,
        last=period.ends,
    )
    return Visits._make(rows[0])


@cache
def _visits(kind: SubjectKind) -> Statement:
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
        )
    )

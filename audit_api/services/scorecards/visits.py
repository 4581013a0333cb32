"""Visits planned against visits done."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from audit_api.models import Assignment, Site
from audit_api.rules.periods import Period
from audit_api.services.scorecards.subjects import Scope, SubjectKind, places
from audit_api.statements import Statement, given

DONE = ("submitted", "closed")


class Visits(NamedTuple):
    """How many visits had to be made by a day of the period, and how many of them were."""

    planned: int
    done: int


def visits(scope: Scope, period: Period) -> Visits:
    """Count the assignments whose window ends in the period; cancelled ones were not planned."""
    rows = _planned(scope.kind).rows(
        id=scope.id,
        organisation_id=scope.organisation_id,
        first=period.starts,
        last=period.last_day,
    )
    return Visits._make(rows[0])


@cache
def _planned(kind: SubjectKind) -> Statement:
    organisation_id = given("organisation_id")
    done = sa.case((Assignment.state.in_(DONE), 1), else_=0)
    return Statement(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(done), 0))
        .select_from(Assignment)
        .join(Site, Site.id == Assignment.site_id)
        .where(
            places(kind, given("id"), organisation_id).visits,
            Assignment.organisation_id == organisation_id,
            Assignment.ends_on.between(given("first"), given("last")),
            Assignment.state != "cancelled",
        )
    )

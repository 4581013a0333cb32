"""Visits planned against visits done."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Assignment, Site
from audit_api.rules.periods import Period
from audit_api.services.scorecards.subjects import Subject

DONE = ("submitted", "closed")


class Visits(NamedTuple):
    """How many visits had to be made by a day of the period, and how many of them were."""

    planned: int
    done: int


def visits(subject: Subject, period: Period) -> Visits:
    """Count the assignments whose window ends in the period; cancelled ones were not planned."""
    done = sa.case((Assignment.state.in_(DONE), 1), else_=0)
    planned, made = db.session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(done), 0))
        .select_from(Assignment)
        .join(Site, Site.id == Assignment.site_id)
        .where(
            subject.visits,
            Assignment.organisation_id == subject.organisation_id,
            Assignment.ends_on.between(period.starts, period.last_day),
            Assignment.state != "cancelled",
        )
    ).one()
    return Visits(planned, int(made))

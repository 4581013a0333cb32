"""The intake, one audit after the other, through the house's own services: for any database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, new_id, upsert
from audit_api.models import (
    Activity,
    Assignment,
    Audit,
    AuditSignal,
    Campaign,
    Photo,
    Revision,
    Site,
)
from audit_api.rules import lifecycle
from audit_api.rules.permissions import Permission
from audit_api.rules.signals.assignment import Plan, of_plan, of_window
from audit_api.rules.signals.kinds import Signal, hold
from audit_api.rules.totals import month_of
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits.intake.rows import (
    audit_row,
    photo_rows,
    revision_row,
    signal_rows,
)
from audit_api.services.audits.submission import Submission
from audit_api.services.totals import of_sites, of_visits
from audit_api.services.totals.of_visits import FACTS, Facts
from audit_api.services.visits import feeds

_PLANNED = (
    Assignment.organisation_id,
    Assignment.campaign_id,
    Assignment.auditor_id,
    Assignment.state,
    Assignment.audits,
    Assignment.starts_on,
    Assignment.ends_on,
    Campaign.review,
)


def store(submissions: Sequence[Submission], *, by: Who) -> dict[UUID, str]:
    """Store new audits of `by` as `intake.store` promises; return the state of each stored."""
    return {
        submission.id: state for submission in submissions if (state := _store_one(submission, by))
    }


def _store_one(submission: Submission, by: Who) -> str | None:
    planned = db.session.execute(
        access.held_assignments(by)
        .join(Campaign, Campaign.id == Assignment.campaign_id)
        .join(Site, Site.id == Assignment.site_id)
        .where(
            Assignment.id == submission.assignment_id,
            Assignment.site_id == submission.site.id,
            Site.version == submission.site.version,
        )
        .with_only_columns(*_PLANNED)
    ).one_or_none()
    if planned is None:
        return None
    signals = [*submission.signals, *_signals(submission, planned, by)]
    state = lifecycle.arrival_state(
        planned.review, photos=len(submission.photos), held=hold(signals)
    )
    audit = audit_row(submission, by) | {
        "organisation_id": planned.organisation_id,
        "campaign_id": planned.campaign_id,
        "state": state,
    }
    audit_id = db.session.scalar(
        upsert(Audit)
        .values(audit)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(Audit.id)
    )
    if audit_id is None:
        return None
    _store_parts(submission, signals, by)
    visit = _move_assignment(submission, state, by)
    if lifecycle.counts(state):
        of_sites.change(
            [_counted_revision(submission, planned.organisation_id, planned.campaign_id)], 1
        )
    if visit is not None:
        of_visits.mark_made(visit)
    return state


def _signals(submission: Submission, planned: Any, by: Who) -> tuple[Signal, ...]:
    plan = Plan(planned.state, planned.auditor_id == by.id, planned.audits)
    window = of_window(
        planned.starts_on,
        planned.ends_on,
        visited_on=submission.business_date,
        received_on=submission.received_on,
    )
    return of_plan(plan) + window


def _store_parts(submission: Submission, signals: Sequence[Signal], by: Who) -> None:
    db.session.execute(sa.insert(Revision), [revision_row(submission, "current")])
    if submission.photos:
        db.session.execute(sa.insert(Photo), photo_rows(submission))
    if signals:
        db.session.execute(sa.insert(AuditSignal), signal_rows(submission.id, signals))
    db.session.execute(
        sa.insert(Activity),
        [
            {
                "id": new_id(),
                "organisation_id": by.organisation_id,
                "actor_id": by.id,
                "verb": Permission.AUDIT_SUBMIT,
                "subject_id": submission.id,
                "details": {"revision": submission.revision},
                "at": submission.received_at,
            }
        ],
    )


def _move_assignment(submission: Submission, state: str, by: Who) -> Facts | None:
    """Note that an audit of the assignment came, and move it on, if it is still open and the
    auditor's; return what it is now."""
    db.session.execute(
        sa.update(Assignment)
        .where(Assignment.id == submission.assignment_id)
        .values(audits=Assignment.audits + 1)
    )
    row = db.session.execute(
        sa.update(Assignment)
        .where(
            Assignment.id == submission.assignment_id,
            Assignment.auditor_id == by.id,
            Assignment.state.in_(lifecycle.AWAITS_AUDIT),
        )
        .values(
            state=lifecycle.visited_state(state),
            version=Assignment.version + 1,
            visited_on=submission.business_date,
            visited_with=submission.version.checklist.key,
        )
        .returning(*FACTS)
    ).one_or_none()
    if row is None:
        return None
    feeds.announce(by.id, [submission.assignment_id])
    return Facts._make(row)


def _counted_revision(
    submission: Submission, organisation_id: UUID, campaign_id: UUID
) -> of_sites.CountedRevision:
    return of_sites.CountedRevision(
        organisation_id,
        submission.site.id,
        campaign_id,
        submission.id,
        submission.digest,
        month_of(submission.business_date),
        submission.version.scoring_key,
        submission.score,
    )

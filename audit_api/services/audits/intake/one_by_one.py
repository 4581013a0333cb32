"""The intake, one audit after the other, in statements that any database understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import new_id, upsert
from audit_api.database.statements import Statement, parameter
from audit_api.models import (
    Activity,
    Assignment,
    Audit,
    AuditSignal,
    Campaign,
    FeedEntry,
    Photo,
    Revision,
    Site,
)
from audit_api.rules import lifecycle
from audit_api.rules.permissions import Permission
from audit_api.rules.signals.assignment import Plan, of_plan, of_window
from audit_api.rules.signals.kinds import Signal, hold
from audit_api.rules.totals import month_of
from audit_api.services.audits.intake import rows
from audit_api.services.audits.submission import Submission
from audit_api.services.totals import of_sites, of_visits
from audit_api.services.totals.of_visits import FACTS, Facts
from audit_api.services.visits import feeds


class _Planned(NamedTuple):
    """The assignment of an audit as it stands, and its campaign's rule of review."""

    organisation_id: UUID
    campaign_id: UUID
    plan: Plan
    starts_on: date
    ends_on: date
    review: str


def store(submissions: Sequence[Submission]) -> dict[UUID, str]:
    """Store new audits as `intake.store` promises; return the state of each stored."""
    return {submission.id: state for submission in submissions if (state := _store_one(submission))}


def _store_one(submission: Submission) -> str | None:
    planned = _planned(submission)
    if planned is None:
        return None
    signals = [*submission.signals, *_signals(submission, planned)]
    state = lifecycle.arrival_state(
        planned.review, photos=len(submission.photos), held=hold(signals)
    )
    audit = rows.audit_row(submission) | {
        "organisation_id": planned.organisation_id,
        "campaign_id": planned.campaign_id,
        "state": state,
    }
    if not _AUDIT.rows(**audit):
        return None
    _store_parts(submission, signals, planned.organisation_id)
    visit = _move_assignment(submission, state)
    if lifecycle.counts(state):
        of_sites.change([_counted_revision(submission, planned)], 1)
    if visit is not None:
        of_visits.mark_made(visit)
    return state


def _planned(submission: Submission) -> _Planned | None:
    found = _PLANNED.rows(
        assignment_id=submission.assignment_id,
        auditor_id=submission.auditor_id,
        site_id=submission.site.id,
        site_version=submission.site.version,
    )
    if not found:
        return None
    ((organisation_id, campaign_id, auditor_id, state, audits, starts_on, ends_on, review),) = found
    plan = Plan(state, auditor_id == submission.auditor_id, audits)
    return _Planned(organisation_id, campaign_id, plan, starts_on, ends_on, review)


def _signals(submission: Submission, planned: _Planned) -> tuple[Signal, ...]:
    window = of_window(
        planned.starts_on,
        planned.ends_on,
        visited_on=submission.business_date,
        received_on=submission.received_on,
    )
    return of_plan(planned.plan) + window


def _store_parts(submission: Submission, signals: Iterable[Signal], organisation_id: UUID) -> None:
    _REVISION.run([rows.revision_row(submission, "current")])
    _PHOTO.run(rows.photo_rows(submission))
    _SIGNAL.run(rows.signal_rows(submission.id, signals))
    _ACTIVITY.rows(
        id=new_id(),
        organisation_id=organisation_id,
        actor_id=submission.auditor_id,
        verb=Permission.AUDIT_SUBMIT,
        subject_id=submission.id,
        details={"revision": submission.revision},
        at=submission.received_at,
    )


def _move_assignment(submission: Submission, state: str) -> Facts | None:
    """Note that an audit of the assignment came, and move it on, if it is still open and the
    auditor's; return what it is now."""
    _REPORTED.rows(assignment_id=submission.assignment_id)
    moved = _MOVED.rows(
        assignment_id=submission.assignment_id,
        auditor_id=submission.auditor_id,
        to=lifecycle.visited_state(state),
        day=submission.business_date,
        checklist=submission.version.checklist.key,
    )
    if not moved:
        return None
    feeds.announce(submission.auditor_id, [submission.assignment_id])
    return Facts._make(moved[0])


def _counted_revision(submission: Submission, planned: _Planned) -> of_sites.CountedRevision:
    return of_sites.CountedRevision(
        planned.organisation_id,
        submission.site.id,
        planned.campaign_id,
        submission.id,
        submission.digest,
        month_of(submission.business_date),
        submission.version.scoring_key,
        submission.score,
    )


_ASSIGNMENT_ID, _AUDITOR_ID = parameter("assignment_id"), parameter("auditor_id")

# As `access.held_assignments` says.
_ONCE_HELD = sa.select(FeedEntry.assignment_id).where(FeedEntry.user_id == _AUDITOR_ID)
_PLANNED = Statement(
    sa.select(
        Assignment.organisation_id,
        Assignment.campaign_id,
        Assignment.auditor_id,
        Assignment.state,
        Assignment.audits,
        Assignment.starts_on,
        Assignment.ends_on,
        Campaign.review,
    )
    .join(Campaign, Campaign.id == Assignment.campaign_id)
    .join(Site, Site.id == Assignment.site_id)
    .where(
        Assignment.id == _ASSIGNMENT_ID,
        sa.or_(Assignment.auditor_id == _AUDITOR_ID, Assignment.id.in_(_ONCE_HELD)),
        Assignment.site_id == parameter("site_id"),
        Site.version == parameter("site_version"),
    )
)
_AUDIT = Statement(
    lambda: upsert(Audit).on_conflict_do_nothing(index_elements=["id"]).returning(Audit.id),
    columns=[column.key for column in Audit.__table__.columns if not column.computed],
)
_REVISION = Statement(sa.insert(Revision), columns=rows.REVISION)
_PHOTO = Statement(sa.insert(Photo), columns=rows.PHOTO)
_SIGNAL = Statement(sa.insert(AuditSignal), columns=("audit_id", "kind", "values"))
_ACTIVITY = Statement(
    sa.insert(Activity), columns=[column.key for column in Activity.__table__.columns]
)
_REPORTED = Statement(
    sa.update(Assignment)
    .where(Assignment.id == _ASSIGNMENT_ID)
    .values(audits=Assignment.audits + 1)
)
_MOVED = Statement(
    sa.update(Assignment)
    .where(
        Assignment.id == _ASSIGNMENT_ID,
        Assignment.auditor_id == _AUDITOR_ID,
        Assignment.state.in_(lifecycle.AWAITS_AUDIT),
    )
    .values(
        state=parameter("to"),
        version=Assignment.version + 1,
        visited_on=parameter("day"),
        visited_with=parameter("checklist"),
    )
    .returning(*FACTS)
)

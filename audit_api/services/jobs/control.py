"""What an operator, or whoever asked, does about jobs: looks at, cancels, retries them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import not_found
from audit_api.models import Job
from audit_api.rules.lifecycle import JOB, JobAction, JobState

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
GRACE = timedelta(minutes=30)
"""What a cancelled job has made is let go of so much later: whoever holds it may be at work yet."""


def listed(
    *, organisation_id: UUID | None = None, state: str | None = None, limit: int
) -> Sequence[Job]:
    """Return jobs, the newest first: of one organisation, in one state, or of all."""
    select = sa.select(Job).order_by(Job.id.desc()).limit(limit)
    if organisation_id is not None:
        select = select.where(Job.organisation_id == organisation_id)
    if state is not None:
        select = select.where(Job.state == state)
    return db.session.scalars(select).all()


def find(job_id: UUID) -> Job:
    """Return a job; raise NOT_FOUND."""
    job = db.session.get(Job, job_id, populate_existing=True)
    if job is None:
        raise not_found("job")
    return job


def found(job_ids: Sequence[UUID]) -> Sequence[Job]:
    """Return the jobs of some ids, as they stand now."""
    select = sa.select(Job).where(Job.id.in_(job_ids))
    return db.session.scalars(select.execution_options(populate_existing=True)).all()


def cancel(job: Job, *, now: datetime) -> None:
    """End a job and those that work for it; whoever holds one of them learns it when he notes what
    he did.  Raises MOVE_NOT_ALLOWED for a job that has ended."""
    JOB.require(job.state, JobAction.CANCEL)
    _end_all(job, now)


def retry(job: Job, *, now: datetime) -> None:
    """Try a failed job again, and those failed ones that work for it: what they have done, stands.
    Raises MOVE_NOT_ALLOWED for a job that has not failed."""
    JOB.require(job.state, JobAction.RETRY)
    db.session.execute(
        sa.update(Job)
        .where(_with_helpers(job), Job.state.in_(JOB.before(JobAction.RETRY)))
        .values(
            state=JOB.after(JobAction.RETRY),
            attempts=0,
            due_at=now,
            error=None,
            finished_at=None,
            expires_at=None,
        )
    )
    db.session.refresh(job)


def unfinished(organisation_id: UUID) -> int:
    """Return how much long work of an organisation is not done, its helpers not counted."""
    count = sa.select(sa.func.count()).where(
        Job.is_long.is_(True),
        Job.state.in_(UNFINISHED),
        Job.organisation_id == organisation_id,
        Job.parent_id.is_(None),
    )
    return db.session.scalars(count).one()


def helpers(job_id: UUID, state: str) -> Sequence[Job]:
    """Return the jobs that work for another, in one state."""
    select = sa.select(Job).where(Job.parent_id == job_id, Job.state == state)
    return db.session.scalars(select.execution_options(populate_existing=True)).all()


def expired(*, now: datetime, limit: int) -> Sequence[Job]:
    """Return jobs whose results are to be let go of."""
    return db.session.scalars(
        sa.select(Job)
        .where(Job.is_long.is_(True), Job.expires_at <= now)
        .order_by(Job.expires_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def _end_all(job: Job, now: datetime) -> None:
    db.session.execute(
        sa.update(Job)
        .where(_with_helpers(job), Job.state.in_(JOB.before(JobAction.CANCEL)))
        .values(state=JOB.after(JobAction.CANCEL), finished_at=now, expires_at=now + GRACE)
    )
    db.session.refresh(job)


def _with_helpers(job: Job) -> sa.ColumnElement[bool]:
    return sa.or_(Job.id == job.id, Job.parent_id == job.id)

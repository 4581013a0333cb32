"""Holding a job: it is taken for a lease, kept while the work goes on, and ended by its holder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from audit_api.database import Moment, db, new_id
from audit_api.database.statements import Statement, parameter
from audit_api.models import Job
from audit_api.rules.lifecycle import JOB, JobAction, JobState
from audit_api.services.jobs.work import Length, Lost, Task

LEASE = timedelta(seconds=20)
"""A worker that is alive renews it; what a dead one held is taken up so much later."""
MAX_ATTEMPTS = 6
MAX_RUNNING = 4
"""Long jobs of one organisation that are worked on at once: the others' have their turn."""
KEPT_FAILED = timedelta(days=1)
"""What failed long work has made is let go of so much later: until then it can be gone on with."""
_MAX_ERROR_LENGTH = 500
_MAX_PAUSE = timedelta(minutes=10)

_UNTIL, _NOW, _SINCE, _LET_GO = (
    sa.type_coerce(parameter(name), Moment) for name in ("until", "moment", "now", "let_go")
)
_MAY_BE_TRIED = Job.attempts < MAX_ATTEMPTS
_IS_DUE = sa.and_(Job.state.in_(JOB.before(JobAction.TAKE)), Job.due_at <= _SINCE)


def _running() -> sa.ScalarSelect[int]:
    """How many long jobs of a job's organisation somebody works on."""
    other = aliased(Job)
    return (
        sa.select(sa.func.count())
        .select_from(other)
        .where(
            other.is_long.is_(True),
            other.state == JobState.RUNNING,
            other.due_at > _SINCE,
            other.organisation_id == Job.organisation_id,
        )
        .scalar_subquery()
    )


_LONGEST_DUE: Mapping[Length, sa.Select[UUID]] = {
    Length.SHORT: sa.select(Job.id).where(Job.is_long.is_(False), _IS_DUE).order_by(Job.due_at),
    Length.LONG: sa.select(Job.id)
    .where(Job.is_long.is_(True), _IS_DUE, _running() < MAX_RUNNING)
    .order_by(_running(), Job.due_at),
}


def _claim(next_job: sa.Select[UUID]) -> Statement:
    one = next_job.limit(1).with_for_update(skip_locked=True, of=Job)
    running, failed = JOB.after(JobAction.TAKE), JOB.after(JobAction.FAIL)
    return Statement(
        sa.update(Job)
        .where(Job.id == one.scalar_subquery())
        .values(
            state=sa.case((_MAY_BE_TRIED, running), else_=failed),
            holder=parameter("holder"),
            attempts=sa.case((_MAY_BE_TRIED, Job.attempts + 1), else_=Job.attempts),
            due_at=sa.case((_MAY_BE_TRIED, _UNTIL), else_=Job.due_at),
            finished_at=sa.case((_MAY_BE_TRIED, Job.finished_at), else_=_NOW),
            expires_at=sa.case((_MAY_BE_TRIED, Job.expires_at), else_=_LET_GO),
            error=sa.case((_MAY_BE_TRIED, Job.error), else_="no worker came to the end of it"),
        )
        .returning(
            *(Job.id, Job.organisation_id, Job.kind, Job.request, Job.attempts, Job.holder),
            *(Job.state, Job.parent_id),
        )
    )


_CLAIM = {length: _claim(next_job) for length, next_job in _LONGEST_DUE.items()}
_ANY_DUE = {
    length: Statement(next_job.order_by(None).limit(1)) for length, next_job in _LONGEST_DUE.items()
}
_HELD = (
    Job.id == parameter("job"),
    Job.holder == parameter("holder"),
    Job.state == JobState.RUNNING,
)
_RENEW = Statement(sa.update(Job).where(*_HELD).values(due_at=_UNTIL).returning(Job.id))
_TELL = Statement(sa.update(Job).where(*_HELD).values(done=parameter("units")).returning(Job.id))
_FINISH = Statement(
    sa.update(Job)
    .where(*_HELD)
    .values(state=JOB.after(JobAction.FINISH), finished_at=_NOW, error=None)
    .returning(Job.id)
)
_PAUSE = Statement(
    sa.update(Job)
    .where(*_HELD)
    .values(state=JOB.after(JobAction.PAUSE), due_at=_UNTIL, attempts=0, error=None)
    .returning(Job.id)
)
_WAKE = Statement(
    sa.update(Job)
    .where(Job.id == parameter("job"), Job.state == JobState.QUEUED)
    .values(due_at=_NOW)
    .returning(Job.id)
)


def claim(length: Length = Length.SHORT, *, now: datetime, lease: timedelta = LEASE) -> Task | None:
    """Take the job of a length that has waited longest, for `lease`; None when none is due.  Of
    long ones, organisations that have fewer under way go first.

    A job whose lease ran out at every attempt fails: it would kill the next worker too.
    """
    moments = {"now": now, "moment": now, "until": now + lease, "let_go": now + KEPT_FAILED}
    while rows := _CLAIM[length].rows(holder=new_id(), **moments):
        *taken, state, parent_id = rows[0]
        if state == JobState.RUNNING:
            return Task._make(taken)
        wake(parent_id, now=now)
    return None


def is_any_due(length: Length, *, now: datetime) -> bool:
    """Whether a worker that looks now would find a job of a length."""
    return bool(_ANY_DUE[length].rows(now=now))


def renew(task: Task, *, until: datetime) -> None:
    """Hold a job until then; raise `Lost` where it is held no more."""
    _require(_RENEW, task, until=until)


def tell(task: Task, done: int) -> None:
    """Note how many units of a job are done; raises as `renew`."""
    _require(_TELL, task, units=done)


def finish(task: Task, *, now: datetime) -> None:
    """End a job; raise `Lost` where it is held no more, and what was done for it must not be
    committed."""
    _require(_FINISH, task, moment=now)


def pause(task: Task, *, until: datetime) -> None:
    """Let go of a job of which a piece is done; raises as `finish`."""
    _require(_PAUSE, task, until=until)


def fail(
    task: Task,
    error: str,
    *,
    now: datetime,
    is_hopeless: bool = False,
    after: timedelta | None = None,
) -> None:
    """Note a failed attempt: again after a growing pause, or failed for good and visibly so.

    With `after`, something that the work needs is away: it goes on so much later, as often as that
    takes.  Raises as `finish`.
    """
    select = sa.select(Job).where(Job.id == task.id).with_for_update()
    job = db.session.scalar(select.execution_options(populate_existing=True))
    if job is None or (job.state, job.holder) != (JobState.RUNNING, task.holder):
        raise Lost
    # An error may quote what no text of a database holds: NUL, half a surrogate pair.
    told = error[:_MAX_ERROR_LENGTH].replace("\0", "\ufffd").encode(errors="replace")
    job.error = told.decode()
    if is_hopeless or (job.attempts >= MAX_ATTEMPTS and after is None):
        job.state, job.finished_at = JOB.move(job.state, JobAction.FAIL), now
        job.expires_at = now + KEPT_FAILED
        db.session.flush()
        wake(job.parent_id, now=now)
        return
    pause_for = after or min(timedelta(seconds=2**job.attempts), _MAX_PAUSE)
    job.state, job.due_at = JOB.move(job.state, JobAction.PAUSE), now + pause_for
    if after is not None:
        job.attempts -= 1
    db.session.flush()


def wake(job_id: UUID | None, *, now: datetime) -> None:
    """Let a job that pauses, if there is one, go on at once: what it waits for is there."""
    if job_id is not None:
        _WAKE.rows(job=job_id, moment=now)


def _require(statement: Statement, task: Task, **values: datetime | int) -> None:
    if not statement.rows(job=task.id, holder=task.holder, **values):
        raise Lost

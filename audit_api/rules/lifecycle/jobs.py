"""The life of a job: work that is done later, by whoever takes it."""

from __future__ import annotations

from enum import StrEnum

from audit_api.rules.lifecycle.moves import Life, Move
from audit_api.rules.permissions import Permission


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class JobAction(StrEnum):
    TAKE = "take"
    PAUSE = "pause"
    FINISH = "finish"
    FAIL = "fail"
    CANCEL = "cancel"
    RETRY = "retry"
    EXPIRE = "expire"


# All but the cancelling and the retrying is done by workers, for whoever asked.
JOB = Life(
    # Running too: what a dead worker held is taken by the next.
    Move(
        JobAction.TAKE,
        (JobState.QUEUED, JobState.RUNNING),
        JobState.RUNNING,
        Permission.EXPORT_WRITE,
    ),
    # Of long work a worker does a piece, and goes on later: others have their turn.
    Move(JobAction.PAUSE, (JobState.RUNNING,), JobState.QUEUED, Permission.EXPORT_WRITE),
    Move(JobAction.FINISH, (JobState.RUNNING,), JobState.DONE, Permission.EXPORT_WRITE),
    Move(
        JobAction.FAIL,
        (JobState.QUEUED, JobState.RUNNING),
        JobState.FAILED,
        Permission.EXPORT_WRITE,
    ),
    Move(
        JobAction.CANCEL,
        (JobState.QUEUED, JobState.RUNNING),
        JobState.CANCELLED,
        Permission.EXPORT_WRITE,
    ),
    Move(JobAction.RETRY, (JobState.FAILED,), JobState.QUEUED, Permission.EXPORT_WRITE),
    Move(JobAction.EXPIRE, (JobState.DONE,), JobState.EXPIRED, Permission.EXPORT_WRITE),
)

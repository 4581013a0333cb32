"""Does jobs, one at a time, and keeps the one in hand while the work goes on."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from audit_api.database import db, failures
from audit_api.errors import Kind, Problem
from audit_api.services import jobs
from audit_api.services.jobs import GoOn, Hopeless, Length, Lost, Task, Tools
from audit_api.worker.keeper import Keeper
from audit_api.worker.kinds import JOBS

log = logging.getLogger(__name__)

AWAY_PAUSE = timedelta(seconds=30)
"""Work goes on so much later where the store is away, unless it says when it is back."""


class Failure(NamedTuple):
    """Why an attempt failed; `after`: what it needs is away, and may be back so much later."""

    error: str
    is_hopeless: bool = False
    after: timedelta | None = None


class Tasks:
    """Does the jobs of one thread, each under a `lease` in the table that the keeper renews."""

    def __init__(self, tools: Tools, keeper: Keeper, lease: timedelta) -> None:
        self._tools = tools
        self._keeper = keeper
        self._lease = lease
        self._is_closing = False

    def close(self) -> None:
        """Take no other job after the one in hand."""
        self._is_closing = True
        self._keeper.close()

    def do_all(self, length: Length, *, until: float | None = None) -> int:
        """Do what is due in a length, or what is begun before the clock (`time.monotonic`) says
        `until`; return how many pieces of work were tried."""
        count = 0
        while (task := self._take(length, until)) is not None:
            count += 1
            self._do(task)
        return count

    def _take(self, length: Length, until: float | None) -> Task | None:
        """Take the next job.  One commit ends a job and takes the next."""
        task = None
        if not self._is_closing and (until is None or time.monotonic() < until):
            task = jobs.claim(length, now=datetime.now(UTC), lease=self._lease)
        db.session.commit()
        return task

    def _do(self, task: Task) -> None:
        try:
            with self._keeper.keeping(task):
                outcome = self._attempt(task)
            _note(task, outcome, now=datetime.now(UTC))
        except Lost:
            db.session.rollback()
            log.info("job %s of kind %r is another's, or cancelled", task.id, task.kind)

    def _attempt(self, task: Task) -> GoOn | Failure | None:
        """Do a piece of a job's work; return what came of it."""
        work = JOBS.get(task.kind)
        if work is None:
            log.error("no worker knows jobs of kind %r", task.kind)
            known = ", ".join(sorted(JOBS))
            return Failure(f"no worker knows jobs of kind {task.kind!r}; known: {known}")
        try:
            return work(task, self._tools)
        except Lost:
            raise
        except Hopeless as error:
            db.session.rollback()
            return Failure(str(error), is_hopeless=True)
        except Exception as error:
            db.session.rollback()
            log.exception("a job of kind %r failed: %s", task.kind, failures.reason(error))
            return Failure(failures.reason(error), after=_away(error))


def _note(task: Task, outcome: GoOn | Failure | None, *, now: datetime) -> None:
    match outcome:
        case None:
            jobs.finish(task, now=now)
        case GoOn():
            jobs.pause(task, until=now + outcome.after)
        case Failure():
            jobs.fail(
                task,
                outcome.error,
                now=now,
                is_hopeless=outcome.is_hopeless,
                after=outcome.after,
            )


def _away(error: Exception) -> timedelta | None:
    """How long to wait where an error says that something is away."""
    if isinstance(error, Problem) and error.kind is Kind.UNAVAILABLE:
        return timedelta(seconds=error.retry_after) if error.retry_after else AWAY_PAUSE
    return None

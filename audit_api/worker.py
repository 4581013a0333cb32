"""Delivers jobs: a thread of the server's own by default, Celery over many machines.

Either way the jobs table is the truth; a delivery only says "look now".  What a dead worker
held is taken up by the first look after its lease has run out.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Flask

from audit_api.database import db, failures, reading
from audit_api.services import jobs
from audit_api.services.audits import display_copies
from audit_api.services.jobs import Taken, Tools, Work
from audit_api.services.totals import folding

if TYPE_CHECKING:
    from celery import Celery

log = logging.getLogger(__name__)

JOBS: Mapping[str, Work] = {**display_copies.JOBS}
"""What is done for each kind of job."""

RIPE_AFTER = timedelta(seconds=2)
"""A change of totals waits so long for others, unless they are enough for a batch: the more are
folded at once, the less each costs, and no reader waits for it."""
SLICE, BREATH = 0.001, 0.0005
"""Seconds that folding goes on at a stretch, and rests: requests need the interpreter, and would
wait five times as long until they are given it."""
LOOK_EVERY = 2.0
"""Seconds between two looks when nobody says that there is work."""
BROKER_SECONDS = 5
"""Seconds that a broker may take to answer."""


class Worker:
    """Does the jobs of one process, one at a time, each under a `lease` in the table.

    `start` begins to look for due jobs; `wake` says that there may be one right now.
    """

    def __init__(self, app: Flask, *, lease: timedelta = jobs.LEASE) -> None:
        self._app = app
        self._lease = lease
        extensions = app.extensions
        self._tools = Tools(extensions["audit_photo_store"], extensions["audit_decoder"])
        self._alarm = threading.Event()
        self._closing = False
        self._looked_to_fold = 0.0
        self._start_lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._celery: Celery | None = app.extensions.get("celery")
        atexit.register(self.close)

    def wake(self) -> None:
        """Look for due jobs now; call it after the commit that wrote one."""
        self._alarm.set()
        self.start()

    def start(self) -> None:
        """Look for due jobs from now on, also for those that a killed process left; with Celery,
        tell the broker of new ones."""
        if self._thread is not None and self._thread.is_alive():
            return
        run = self._run if self._celery is None else partial(self._notify, self._celery)
        with self._start_lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=run, name="jobs", daemon=True)
                self._thread.start()

    def _notify(self, celery: Celery) -> None:
        """Tell the broker each time that there is work.  No request waits for it: the job is
        committed already, and with the broker away the next scheduled look finds it."""
        while self._alarm.wait() and not self._closing:
            self._alarm.clear()
            try:
                celery.send_task("audit.look", retry=False)
            except Exception as error:
                log.warning("the broker was not told of a job: %s", type(error).__name__)

    def close(self) -> None:
        """End the thread after the job in hand, and the decoder's children."""
        self._closing = True
        self._alarm.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
        self._tools.decoder.close()

    def look(self) -> None:
        """Do what is due; what goes wrong in looking for it is logged, and another look comes."""
        try:
            with self._app.app_context():
                self._do_jobs()
                if time.monotonic() > self._looked_to_fold + LOOK_EVERY / 2:
                    # Not whenever a photo came: totals may wait.
                    self._looked_to_fold = time.monotonic()
                    ripe = self._organisations_to_fold(datetime.now(UTC) - RIPE_AFTER)
                    self._fold_all([*filter(self._takes_turn, ripe)])
        except Exception as error:
            if failures.is_away(error):
                log.warning("jobs wait for the database: %s", failures.reason(error))
            else:
                log.exception("jobs could not be looked for: %s", failures.reason(error))

    def work_off(self) -> int:
        """Do every job that is due, and fold every total; return how many jobs were tried."""
        with self._app.app_context():
            count = self._do_jobs()
            every = self._organisations_to_fold(datetime.max.replace(tzinfo=UTC))
            return count + self._fold_all(every)

    def fold(self, organisation_id: UUID) -> int:
        """Fold all that waits of an organisation's changes, batch by batch; return how many."""
        count = 0
        while batch := self._fold(organisation_id):
            count += batch
        return count

    def _fold_all(self, organisation_ids: Sequence[UUID]) -> int:
        """Fold what waits of organisations, a batch at a time, and do jobs in between: photos and
        writers get their turn; return how many jobs were tried."""
        count = 0
        while organisation_ids := list(filter(self._is_more_to_fold, organisation_ids)):
            count += self._do_jobs()
        return count

    def _do_jobs(self) -> int:
        count = 0
        job = self._take()
        while job is not None:
            count += 1
            self._do(job)
            # One commit ends a job and takes the next.
            job = self._take()
        return count

    def _organisations_to_fold(self, waiting_since: datetime) -> Sequence[UUID]:
        with reading():
            organisation_ids = folding.organisations_to_fold(waiting_since=waiting_since)
            db.session.rollback()
        return organisation_ids

    def _takes_turn(self, organisation_id: UUID) -> bool:
        """Whether no other process folds an organisation's changes just now."""
        now = datetime.now(UTC)
        until = now + timedelta(seconds=LOOK_EVERY)
        takes = folding.take_turn(organisation_id, now=now, until=until)
        db.session.commit()
        return takes

    def _is_more_to_fold(self, organisation_id: UUID) -> bool:
        """Fold a batch of an organisation's changes; return whether there may be more."""
        if self._closing:
            return False
        try:
            return self._fold(organisation_id) == folding.BATCH
        except Exception:
            # One organisation's trouble does not keep the others' totals from being folded.
            db.session.rollback()
            log.exception("the totals of organisation %s could not be folded", organisation_id)
            return False

    def _fold(self, organisation_id: UUID) -> int:
        """Fold a batch of an organisation's changes; return how many."""
        # What it takes to work it out holds no writer back.
        with reading():
            batch = folding.gather(organisation_id, most=folding.BATCH, breathe=_Breath())
            db.session.rollback()
        folded = bool(batch.change_ids) and folding.fold(batch)
        db.session.commit()
        return len(batch.change_ids) if folded else 0

    def _run(self) -> None:
        while not self._closing:
            self._alarm.wait(LOOK_EVERY)
            self._alarm.clear()
            self.look()

    def _take(self) -> Taken | None:
        job = jobs.claim(now=datetime.now(UTC), lease=self._lease)
        db.session.commit()
        return job

    def _do(self, job: Taken) -> None:
        error = self._attempt(job.kind, job.request)
        if error is None:
            jobs.finish(job, now=datetime.now(UTC))
        else:
            jobs.fail(jobs.held(job), error, now=datetime.now(UTC))
            db.session.flush()

    def _attempt(self, kind: str, details: Mapping[str, Any]) -> str | None:
        """Do a job's work; return what went wrong, None where nothing did."""
        work = JOBS.get(kind)
        if work is None:
            log.error("no worker knows jobs of kind %r", kind)
            return f"no worker knows jobs of kind {kind!r}; known: {', '.join(sorted(JOBS))}"
        try:
            work(details, self._tools)
        except Exception as error:
            db.session.rollback()
            log.exception("a job of kind %r failed: %s", kind, failures.reason(error))
            return failures.reason(error)
        return None


class _Breath:
    """Rests for a moment whenever it is called a while after the last rest."""

    def __init__(self) -> None:
        self._rested = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() > self._rested + SLICE:
            time.sleep(BREATH)
            self._rested = time.monotonic()


def init_app(app: Flask) -> None:
    """Give `app` its worker, and its Celery where a broker is named."""
    broker = app.config["AUDIT_BROKER_URL"]
    if broker:
        app.extensions["celery"] = _celery(app, broker)
    worker = app.extensions["audit_worker"] = Worker(app)
    # The first request starts the thread: a server needs it, a command does not.
    app.before_request(worker.start)


def _celery(app: Flask, broker: str) -> Celery:
    # A server without a broker needs none of it.
    from celery import Celery
    from celery.schedules import schedule

    celery = Celery("audit", broker=broker)
    celery.conf.update(
        task_ignore_result=True,
        task_acks_late=True,
        broker_connection_timeout=BROKER_SECONDS,
        broker_transport_options={
            "socket_connect_timeout": BROKER_SECONDS,
            "socket_timeout": BROKER_SECONDS,
        },
        broker_connection_retry_on_startup=True,
        beat_schedule={"look": {"task": "audit.look", "schedule": schedule(LOOK_EVERY * 5)}},
    )

    @celery.task(name="audit.look", ignore_result=True)
    def look() -> None:
        worker: Worker = app.extensions["audit_worker"]
        worker.look()

    celery.set_default()
    return celery

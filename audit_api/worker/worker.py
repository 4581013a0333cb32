"""The thread of a server that looks for work."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Flask

from audit_api.database import db, failures, reading
from audit_api.services import jobs
from audit_api.services.exports import files
from audit_api.services.jobs import Length, Tools
from audit_api.worker import broker
from audit_api.worker.folds import Folds, fold
from audit_api.worker.helper import Helper
from audit_api.worker.keeper import Keeper
from audit_api.worker.tasks import Tasks

if TYPE_CHECKING:
    from celery import Celery

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds between two looks when nobody says that there is work."""
SWEEP_EVERY = 60.0
"""Seconds between two looks for what is to be let go of."""
PIECE = 2.0
"""Seconds after which a Celery worker lets others have their turn before it goes on."""


class Worker:
    """Does the jobs of one process, one at a time, each under a `lease` in the table.

    `start` begins to look for due jobs; `wake` says that there may be one right now.
    """

    def __init__(self, app: Flask, *, lease: timedelta = jobs.LEASE) -> None:
        self._app = app
        extensions = app.extensions
        keeper = Keeper(app, lease)
        self._tools = Tools(extensions["audit_photo_store"], extensions["audit_decoder"], keeper)
        self._tasks = Tasks(self._tools, keeper, lease)
        self._folds = Folds(between=partial(self._tasks.do_all, Length.SHORT))
        self._helper = Helper(app)
        self._alarms = {length: threading.Event() for length in Length}
        self._alarm = threading.Event()
        self._closing = False
        self._looked_to_fold = self._swept = 0.0
        self._start_lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._celery: Celery | None = extensions.get("celery")
        atexit.register(self.close)

    def wake(self, length: Length = Length.SHORT) -> None:
        """Look for due jobs now; call it after the commit that wrote one."""
        self._alarms[length].set()
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

    def stop(self) -> None:
        """Begin nothing after the job in hand."""
        self._closing = True
        for part in (self._tasks, self._folds):
            part.close()
        self._alarm.set()

    def close(self) -> None:
        """End the thread after the job in hand, and the children."""
        self.stop()
        if self._thread is not None:
            self._thread.join(timeout=30)
        self._helper.close()
        self._tools.decoder.close()

    def look(self) -> None:
        """Do the short work that is due, and have the long work done by a process beside this."""
        self._guarded(self._look)

    def look_for_long_work(self) -> int:
        """Do a while what is due of long work; return how many pieces were tried.  Where more is
        due, the broker is told again."""
        return self._guarded(self._do_long_work)

    def work_off(self) -> int:
        """Do every job that is due, short and long, and fold every total; return how many pieces of
        work were tried."""
        with self._app.app_context():
            count = 0
            while pieces := sum(map(self._tasks.do_all, Length)):
                count += pieces
            self._folds.fold_every()
            return count

    def fold(self, organisation_id: UUID) -> int:
        """Fold all that waits of an organisation's changes, batch by batch; return how many."""
        count = 0
        while batch := fold(organisation_id):
            count += batch
        return count

    def _guarded(self, look: Callable[[], int]) -> int:
        """Look; what goes wrong in looking is logged, and another look comes."""
        try:
            with self._app.app_context():
                return look()
        except Exception as error:
            if failures.is_away(error):
                log.warning("jobs wait for the database: %s", failures.reason(error))
            else:
                log.exception("jobs could not be looked for: %s", failures.reason(error))
            return 0

    def _look(self) -> int:
        count = self._tasks.do_all(Length.SHORT)
        if self._celery is None and _is_long_work_due():
            self._helper.start()
        if time.monotonic() > self._looked_to_fold + LOOK_EVERY / 2:
            # Not whenever a photo came: totals may wait.
            self._looked_to_fold = time.monotonic()
            self._folds.fold_ripe()
        if time.monotonic() > self._swept + SWEEP_EVERY:
            self._swept = time.monotonic()
            files.sweep(self._tools.store, now=datetime.now(UTC))
            db.session.commit()
        return count

    def _do_long_work(self) -> int:
        count = self._tasks.do_all(Length.LONG, until=time.monotonic() + PIECE)
        if self._celery is not None and _is_long_work_due():
            broker.tell(self._celery, Length.LONG)
        return count

    def _run(self) -> None:
        while not self._closing:
            self._alarm.wait(LOOK_EVERY)
            self._alarm.clear()
            self.look()

    def _notify(self, celery: Celery) -> None:
        """Tell the broker each time that there is work.  No request waits for it: the job is
        committed already, and with the broker away the next scheduled look finds it."""
        while self._alarm.wait() and not self._closing:
            self._alarm.clear()
            for length, alarm in self._alarms.items():
                if alarm.is_set():
                    alarm.clear()
                    broker.tell(celery, length)


def _is_long_work_due() -> bool:
    with reading():
        is_due = jobs.is_any_due(Length.LONG, now=datetime.now(UTC))
        db.session.rollback()
    return is_due


def init_app(app: Flask) -> None:
    """Give `app` its worker, and its Celery where a broker is named."""
    broker_url = app.config["AUDIT_BROKER_URL"]
    if broker_url:
        app.extensions["celery"] = broker.celery(app, broker_url, look_every=LOOK_EVERY * 5)
    worker = app.extensions["audit_worker"] = Worker(app)
    # The first request starts the thread: a server needs it, a command does not.
    app.before_request(worker.start)

"""Keeps the job in hand: its lease is renewed from a thread of its own, so that work need not think
of it."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask

from audit_api.database import db, failures
from audit_api.services import jobs
from audit_api.services.jobs import Lost, Task

log = logging.getLogger(__name__)

MAX_HELD = timedelta(minutes=15)
"""A worker that has neither come to the end of a piece by then nor told that it came further hangs,
and lets its lease run out."""


@dataclass(slots=True)
class _InHand:
    """A job that is worked on: since when, when it told last that it came further, and what."""

    task: Task
    since: float
    moved: float
    done: int | None = None
    is_lost: bool = False


class Keeper:
    """Renews the lease of the job in hand, and notes with it how far that has come."""

    def __init__(self, app: Flask, lease: timedelta) -> None:
        self._app = app
        self._lease = lease
        self._every = lease.total_seconds() / 4
        self._in_hand: _InHand | None = None
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def keeping(self, task: Task) -> Keeper:
        now = time.monotonic()
        self._in_hand = _InHand(task, now, now)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="leases", daemon=True)
            self._thread.start()
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self._in_hand = None

    def commit(self) -> None:
        held = self._held()
        jobs.renew(held.task, until=datetime.now(UTC) + self._lease)
        db.session.commit()

    def tell(self, done: int) -> None:
        held = self._held()
        if held.is_lost:
            raise Lost
        if done != held.done:
            held.done, held.moved = done, time.monotonic()

    def close(self) -> None:
        self._closing.set()

    def _held(self) -> _InHand:
        assert self._in_hand is not None, "work is done for a job"
        return self._in_hand

    def _run(self) -> None:
        while not self._closing.wait(self._every):
            held, now = self._in_hand, time.monotonic()
            if held is None or now - held.since < self._every:
                continue
            if now - held.moved < MAX_HELD.total_seconds():
                self._renew(held)

    def _renew(self, held: _InHand) -> None:
        try:
            with self._app.app_context():
                jobs.renew(held.task, until=datetime.now(UTC) + self._lease)
                if held.done is not None:
                    jobs.tell(held.task, held.done)
                db.session.commit()
        except Lost:
            # The holder learns it when it tells how far it is, or notes what it did.
            held.is_lost = True
        except Exception as error:
            log.warning(
                "the lease of job %s was not renewed: %s", held.task.id, failures.reason(error)
            )

"""Workers that kill themselves at their nth step, and the application of such a Celery worker
(`-A tests.faults.mortal`).

A step is whatever the work makes last beyond a process: before and after each commit, and each call
of the store.  The renewals of a lease come from a thread of their own, as often as time allows.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask

from audit_api.app import create_app
from audit_api.database import db
from audit_api.services.exports import drawing, packing
from audit_api.worker import Worker

LEASE = timedelta(seconds=0.3)
"""What a killed worker held is taken up so much later."""
PIECE, PART = 0.01, 30_000
"""Many pieces and parts: many steps."""
STEPS = "AUDIT_TEST_STEPS"
"""The variable of the environment that says how long a Celery worker lives."""
_CALLS = ("put", "open", "begin", "put_part", "complete", "abandon")


def mortal(app: Flask, steps: int) -> Worker:
    """Return a worker of `app` that lives so many steps."""
    drawing.PIECE = packing.PIECE = PIECE
    if app.config["AUDIT_PHOTO_STORE"] != "s3":  # S3 has a least size of parts
        packing.PART = PART
    left = steps

    def step() -> None:
        nonlocal left
        if threading.current_thread() is not threading.main_thread():
            return
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    store = app.extensions["audit_photo_store"]
    for name in _CALLS:
        setattr(store, name, _stepping(getattr(store, name), step))
    db.session.commit = _stepping(db.session.commit, step)
    worker = app.extensions["audit_worker"] = Worker(app, lease=LEASE)
    return worker


def live(settings: dict[str, Any], steps: int) -> None:
    """Do long work for so many steps."""
    worker = mortal(create_app(settings, commands=False), steps)
    while True:
        if not worker.look_for_long_work():
            time.sleep(LEASE.total_seconds() / 10)


def _stepping(call: Callable[..., Any], step: Callable[[], None]) -> Callable[..., Any]:
    def stepping(*args: Any, **kwargs: Any) -> Any:
        step()
        result = call(*args, **kwargs)
        step()
        return result

    return stepping


def __getattr__(name: str) -> object:
    """Make `celery` when a worker asks for it."""
    if name != "celery":
        raise AttributeError(name)
    app = create_app(commands=False)
    mortal(app, int(os.environ[STEPS]))
    return app.extensions["celery"]

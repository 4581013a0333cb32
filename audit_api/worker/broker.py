"""Celery: it carries the word “look” to workers on many machines."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask

from audit_api.services.jobs import Length

if TYPE_CHECKING:
    from celery import Celery

log = logging.getLogger(__name__)

BROKER_SECONDS = 5
"""Seconds that a broker may take to answer."""
SHORT, LONG = "audit.look", "audit.look_for_long_work"
TASKS: Mapping[Length, str] = {Length.SHORT: SHORT, Length.LONG: LONG}
QUEUES: Mapping[str, str] = {SHORT: "audit", LONG: "audit.long"}
"""Each length has a queue of its own, which workers of its own may serve."""


def tell(celery: Celery, length: Length) -> None:
    """Say that there is work in a length; a broker that is away is not waited for."""
    try:
        celery.send_task(TASKS[length], retry=False)
    except Exception as error:
        log.warning("the broker was not told of a job: %s", type(error).__name__)


def celery(app: Flask, broker: str, *, look_every: float) -> Celery:
    """Return the Celery of an application; its beat repeats the word, in seconds."""
    # A server without a broker needs none of it.
    from celery import Celery
    from celery.schedules import schedule
    from kombu.entity import Queue

    made = Celery("audit", broker=broker)
    made.conf.update(
        task_ignore_result=True,
        task_acks_late=True,
        task_queues=[Queue(queue) for queue in QUEUES.values()],
        task_default_queue=QUEUES[SHORT],
        task_routes={task: {"queue": queue} for task, queue in QUEUES.items()},
        broker_connection_timeout=BROKER_SECONDS,
        broker_transport_options={
            "socket_connect_timeout": BROKER_SECONDS,
            "socket_timeout": BROKER_SECONDS,
        },
        broker_connection_retry_on_startup=True,
        beat_schedule={task: {"task": task, "schedule": schedule(look_every)} for task in QUEUES},
    )
    _register(made, app)
    made.set_default()
    return made


def _register(made: Celery, app: Flask) -> None:
    def worker() -> Any:
        return app.extensions["audit_worker"]

    @made.task(name=SHORT, ignore_result=True)
    def look() -> None:
        worker().look()

    @made.task(name=LONG, ignore_result=True)
    def look_for_long_work() -> None:
        worker().look_for_long_work()

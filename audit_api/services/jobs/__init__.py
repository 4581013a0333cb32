"""Jobs: written in the transaction that wants the work, held by a lease while one worker does it.

The table is the truth.  Whoever delivers (a thread, Celery) only says "look".  When a worker dies,
its lease runs out and the next look takes the job up again.

A room that has work to do later names each kind in a table of its own, kind → function; the worker
puts the tables together.
"""

from audit_api.services.jobs.asking import note_progress, request, request_long
from audit_api.services.jobs.holding import (
    LEASE,
    MAX_ATTEMPTS,
    claim,
    fail,
    finish,
    is_any_due,
    pause,
    renew,
    tell,
    wake,
)
from audit_api.services.jobs.work import GoOn, Hand, Hopeless, Length, Lost, Task, Tools, Work

__all__ = [
    "LEASE",
    "MAX_ATTEMPTS",
    "GoOn",
    "Hand",
    "Hopeless",
    "Length",
    "Lost",
    "Task",
    "Tools",
    "Work",
    "claim",
    "fail",
    "finish",
    "is_any_due",
    "note_progress",
    "pause",
    "renew",
    "request",
    "request_long",
    "tell",
    "wake",
]

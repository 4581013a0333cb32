"""Waits until what a load has caused is done: nothing left to fold, no job due."""

from __future__ import annotations

import time

import sqlalchemy as sa

from audit_api.database import db, reading
from audit_api.models import Job, TotalChange

PATIENCE, PAUSE = 300.0, 0.25


def left() -> tuple[int, int]:
    """Return how many changes are not folded yet, and how many jobs are not done."""
    with reading():
        changes = db.session.scalar(sa.select(sa.func.count()).select_from(TotalChange))
        jobs = db.session.scalar(
            sa.select(sa.func.count()).where(Job.state.in_(("queued", "running")))
        )
        db.session.rollback()
    return changes or 0, jobs or 0


def work_off() -> float:
    """Return after how many seconds all was done; raise `TimeoutError` where it never is."""
    begun = time.perf_counter()
    while any(left()):
        if time.perf_counter() - begun > PATIENCE:
            raise TimeoutError(f"changes and jobs that are still left: {left()}")
        time.sleep(PAUSE)
    return time.perf_counter() - begun

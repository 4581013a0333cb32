"""The lease of long work is renewed as long as that comes further, and what it tells is noted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Job
from audit_api.services import jobs
from audit_api.services.access import Who
from audit_api.services.jobs import Length, Lost, Task
from audit_api.worker import keeper
from audit_api.worker.keeper import Keeper
from tests import patience

LEASE = timedelta(seconds=0.4)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def task(context: Flask, hq: Who) -> Iterator[Task]:
    """A job in hand whose lease began long ago."""
    key = f"test:{uuid4()}"
    jobs.request_long("test", key, {}, organisation_id=hq.organisation_id, now=LONG_AGO)
    found = jobs.claim(Length.LONG, now=LONG_AGO, lease=LEASE)
    assert found is not None
    db.session.commit()
    yield found
    db.session.rollback()
    db.session.execute(sa.delete(Job).where(Job.key == key))
    db.session.commit()


@pytest.fixture
def keeping(context: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    monkeypatch.setattr(keeper, "MAX_HELD", timedelta(seconds=1))
    made = Keeper(context, LEASE)
    yield made
    made.close()


def stored(task: Task) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, task.id, populate_existing=True)


def until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + patience.SECONDS
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def test_what_comes_further_is_kept_longer_than_what_hangs(task: Task, keeping: Keeper) -> None:
    with keeping.keeping(task):
        long_held, numbers = time.monotonic() + 2 * keeper.MAX_HELD.total_seconds(), count(1)

        def is_kept_so_long() -> bool:
            keeping.tell(next(numbers))
            return time.monotonic() > long_held and stored(task).due_at > datetime.now(UTC)

        until(is_kept_so_long)
        assert stored(task).done > 1
        until(lambda: stored(task).due_at < datetime.now(UTC))


def test_whoever_tells_of_a_lost_job_hears_it(task: Task, keeping: Keeper) -> None:
    with keeping.keeping(task):
        keeping.tell(1)
        db.session.execute(sa.update(Job).where(Job.id == task.id).values(holder=uuid4()))
        db.session.commit()

        def is_lost() -> bool:
            try:
                keeping.tell(2)
            except Lost:
                return True
            return False

        until(is_lost)
        with pytest.raises(Lost):
            keeping.commit()
    assert stored(task).done <= 1

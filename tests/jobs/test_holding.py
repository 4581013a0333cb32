"""A job is one worker's at a time; long work is shared out fairly, and never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import Job
from audit_api.services import jobs
from audit_api.services.access import Who
from audit_api.services.jobs import Length, Lost, Task, control
from audit_api.services.jobs.holding import MAX_RUNNING
from tests.organisations import tenant

LEASE = timedelta(seconds=20)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Whatever else is in the table is due later, and so are its leases."""


@pytest.fixture(autouse=True)
def nothing_else(context: Flask) -> Iterator[None]:
    """No job of another test is due at these moments."""
    yield
    db.session.rollback()
    db.session.execute(sa.delete(Job).where(Job.kind == "test"))
    db.session.commit()


def ask(who: Who, *, length: Length = Length.LONG, at: datetime = LONG_AGO) -> UUID:
    key = f"test:{uuid4()}"
    if length is Length.SHORT:
        jobs.request("test", key, {}, organisation_id=who.organisation_id, now=at)
    else:
        jobs.request_long("test", key, {}, organisation_id=who.organisation_id, now=at)
    return db.session.scalars(sa.select(Job.id).where(Job.key == key)).one()


def take(at: datetime, length: Length = Length.LONG) -> Task:
    task = jobs.claim(length, now=at, lease=LEASE)
    assert task is not None
    return task


def job(job_id: UUID) -> Job:
    return db.session.get_one(Job, job_id, populate_existing=True)


def test_who_lost_a_job_to_another_can_note_nothing(hq: Who) -> None:
    ask(hq)
    first = take(LONG_AGO)
    second = take(LONG_AGO + LEASE)
    assert (first.id, second.attempts) == (second.id, 2)
    for note in (
        lambda: jobs.finish(first, now=LONG_AGO),
        lambda: jobs.pause(first, until=LONG_AGO),
        lambda: jobs.renew(first, until=LONG_AGO),
        lambda: jobs.fail(first, "late", now=LONG_AGO),
    ):
        with pytest.raises(Lost):
            note()
    jobs.finish(second, now=LONG_AGO)
    assert job(first.id).state == "done"


def test_a_renewed_lease_keeps_others_away(hq: Who) -> None:
    ask(hq)
    task = take(LONG_AGO)
    jobs.renew(task, until=LONG_AGO + 2 * LEASE)
    assert jobs.claim(Length.LONG, now=LONG_AGO + LEASE) is None
    assert take(LONG_AGO + 2 * LEASE).id == task.id


def test_short_work_is_never_behind_long_work(hq: Who) -> None:
    long = ask(hq)
    short = ask(hq, length=Length.SHORT, at=LONG_AGO + timedelta(seconds=1))
    later = LONG_AGO + timedelta(seconds=2)
    assert jobs.is_any_due(Length.LONG, now=later)
    assert take(later, Length.SHORT).id == short
    assert take(later).id == long


def test_an_organisation_with_less_under_way_goes_first(hq: Who) -> None:
    for _ in range(3):
        ask(hq)
    other = ask(tenant(), at=LONG_AGO + timedelta(seconds=1))
    later = LONG_AGO + timedelta(seconds=2)
    first = take(later)
    assert first.organisation_id == hq.organisation_id
    assert take(later).id == other
    assert take(later).organisation_id == hq.organisation_id


def test_an_organisation_has_only_so_much_under_way(hq: Who) -> None:
    for _ in range(MAX_RUNNING + 1):
        ask(hq)
    held = [take(LONG_AGO) for _ in range(MAX_RUNNING)]
    assert jobs.claim(Length.LONG, now=LONG_AGO) is None
    assert not jobs.is_any_due(Length.LONG, now=LONG_AGO)
    jobs.finish(held[0], now=LONG_AGO)
    take(LONG_AGO)


def test_a_piece_that_was_done_begins_the_attempts_anew(hq: Who) -> None:
    job_id = ask(hq)
    jobs.fail(take(LONG_AGO), "once", now=LONG_AGO)
    again = LONG_AGO + timedelta(seconds=2)
    task = take(again)
    assert task.attempts == 2
    jobs.pause(task, until=again + LEASE)
    assert (job(job_id).state, job(job_id).error) == ("queued", None)
    assert jobs.claim(Length.LONG, now=again) is None
    assert take(again + LEASE).attempts == 1


def test_what_is_away_is_waited_for_as_long_as_it_takes(hq: Who) -> None:
    job_id, now = ask(hq), LONG_AGO
    for _ in range(3 * jobs.MAX_ATTEMPTS):
        jobs.fail(take(now), "the store is away", now=now, after=LEASE)
        assert jobs.claim(Length.LONG, now=now) is None
        now += LEASE
    assert (job(job_id).state, job(job_id).error) == ("queued", "the store is away")


def test_attempts_that_fail_are_farther_and_farther_apart_and_end(hq: Who) -> None:
    job_id, now, pauses = ask(hq), LONG_AGO, []
    while job(job_id).state != "failed":
        jobs.fail(take(now), "broken", now=now)
        pauses.append((job(job_id).due_at - now).total_seconds())
        now = job(job_id).due_at
    assert pauses[:-1] == [2, 4, 8, 16, 32]
    assert job(job_id).error == "broken"


def test_hopeless_work_fails_at_once_and_wakes_who_waits_for_it(hq: Who) -> None:
    parent_id = ask(hq)
    jobs.pause(take(LONG_AGO), until=LONG_AGO + 100 * LEASE)
    jobs.request_long(
        "test",
        f"test:{uuid4()}",
        {},
        organisation_id=hq.organisation_id,
        parent_id=parent_id,
        now=LONG_AGO,
    )
    helper = take(LONG_AGO)
    jobs.fail(helper, "no hope", now=LONG_AGO, is_hopeless=True)
    assert job(helper.id).state == "failed"
    assert take(LONG_AGO).id == parent_id


def test_what_is_cancelled_takes_its_helpers_with_it(hq: Who) -> None:
    parent_id = ask(hq)
    parent = take(LONG_AGO)
    jobs.request_long(
        "test",
        f"test:{uuid4()}",
        {},
        organisation_id=hq.organisation_id,
        parent_id=parent_id,
        now=LONG_AGO,
    )
    helper = take(LONG_AGO)
    control.cancel(job(parent_id), now=LONG_AGO)
    assert {job(parent_id).state, job(helper.id).state} == {"cancelled"}
    for task in (parent, helper):
        with pytest.raises(Lost):
            jobs.finish(task, now=LONG_AGO)
    with pytest.raises(Problem) as refusal:
        control.cancel(job(parent_id), now=LONG_AGO)
    assert refusal.value.kind is Kind.MOVE_NOT_ALLOWED


def test_a_failed_job_is_tried_again_when_somebody_asks(hq: Who) -> None:
    job_id = ask(hq)
    with pytest.raises(Problem) as refusal:
        control.retry(job(job_id), now=LONG_AGO)
    assert refusal.value.values["state"] == "queued"
    jobs.fail(take(LONG_AGO), "no hope", now=LONG_AGO, is_hopeless=True)
    control.retry(job(job_id), now=LONG_AGO)
    assert take(LONG_AGO).attempts == 1

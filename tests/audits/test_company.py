"""Audits that come at one moment are stored together, and each is answered for itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.api.audits import audits, company
from audit_api.api.audits.company import Company
from audit_api.database import db
from audit_api.models import Assignment, User
from audit_api.services import access
from audit_api.services.audits import intake
from audit_api.services.audits.arrivals import Arrival
from audit_api.services.audits.submission import Submission
from tests import patience
from tests.audits.test_intake import read
from tests.faults.races import at_once, caller, counted
from tests.protocol.phone import lenient_checklist
from tests.world import World, make_world


def submission(audit_id: UUID | None = None) -> Submission:
    return cast(Submission, SimpleNamespace(id=audit_id or uuid4()))


class Recorder:
    """Notes which audits were stored together; the first time, once it is let go."""

    def __init__(self) -> None:
        self.parties: list[list[UUID]] = []
        self.begun, self.let_go = threading.Event(), threading.Event()

    def __call__(self, batch: Sequence[Submission]) -> Mapping[UUID, Arrival]:
        self.parties.append([each.id for each in batch])
        self.begun.set()
        assert self.let_go.wait(patience.SECONDS)
        return {each.id: cast(Arrival, each.id) for each in batch}


def until_so_many_wait(host: Company, count: int) -> None:
    give_up = time.monotonic() + patience.SECONDS
    while len(host.waiting) < count:
        assert time.monotonic() < give_up
        time.sleep(0.001)


def joined(recorder: Recorder, guests: Sequence[Submission]) -> list[Any]:
    """Let one guest begin and all others come meanwhile; return what each is answered."""
    host = Company(recorder)
    with ThreadPoolExecutor(len(guests)) as pool:
        first = pool.submit(host.join, guests[0])
        assert recorder.begun.wait(patience.SECONDS)
        others = [pool.submit(host.join, guest) for guest in guests[1:]]
        try:
            until_so_many_wait(host, len(others))
        finally:
            recorder.let_go.set()
        return [future.result() for future in (first, *others)]


def test_who_comes_meanwhile_is_stored_with_all_others_who_did() -> None:
    guests, recorder = [submission() for _ in range(6)], Recorder()
    answers = joined(recorder, guests)
    assert answers == [guest.id for guest in guests]
    assert recorder.parties[0] == [guests[0].id]
    assert len(recorder.parties) == 2
    assert set(recorder.parties[1]) == {guest.id for guest in guests[1:]}


def test_a_party_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company, "MOST", 2)
    guests, recorder = [submission() for _ in range(6)], Recorder()
    assert joined(recorder, guests) == [guest.id for guest in guests]
    assert [len(party) for party in recorder.parties] == [1, 2, 2, 1]


def test_of_two_that_send_the_same_audit_one_is_answered_alone() -> None:
    twin, recorder = submission(), Recorder()
    answers = joined(recorder, [submission(), twin, submission(twin.id)])
    assert sorted(answers[1:], key=str) == sorted([twin.id, None], key=str)


def test_what_breaks_one_party_keeps_nobody_waiting() -> None:
    def broken(batch: Sequence[Submission]) -> Mapping[UUID, Arrival]:
        raise RuntimeError

    host = Company(broken)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            host.join(submission())


@pytest.fixture
def world(app: Flask) -> World:
    return make_world(app, review="none", checklist=lenient_checklist())


def test_many_phones_at_one_moment_are_each_stored_once(world: World) -> None:
    sent = [(uuid4(), world.another()) for _ in range(12)]
    # Each is sent twice at once, as a phone does whose first answer is late.
    calls = [partial(caller(world).put, audit, id_) for id_, audit in sent * 2]
    statuses = [answer.status_code for answer in at_once(calls)]
    assert sorted(statuses) == [200] * 12 + [201] * 12
    assert counted(world) == 12


@contextmanager
def held(world: World, row: sa.ColumnElement[bool], table: Any) -> Iterator[None]:
    """Hold a row, as a transaction of the office does, until the block ends."""
    with world.app.app_context(), db.engine.connect() as connection:
        connection.execute(sa.select(table.id).where(row).with_for_update())
        yield
        connection.rollback()


def together(world: World, *sent: tuple[str, dict[str, Any]]) -> tuple[list[UUID], set[UUID]]:
    """Store audits of these people in one party; return their ids, and those that were stored."""
    with world.app.app_context():
        batch = [
            read(world, audit, access.user_who(db.session.get_one(User, world.users[person])))
            for person, audit in sent
        ]
        db.session.rollback()
        return [each.id for each in batch], set(audits.store_together(batch))


@pytest.mark.parametrize("app", ["postgresql+s3"], indirect=True)
def test_nobody_waits_because_another_has_to(world: World) -> None:
    other = world.users["other_auditor"]
    theirs = world.audit(assignment_id=str(world.plan(auditor_id=other)))
    for row, table in (
        (Assignment.id == UUID(theirs["assignment_id"]), Assignment),
        (User.id == other, User),
    ):
        with held(world, row, table):
            ids, stored = together(world, ("auditor", world.another()), ("other_auditor", theirs))
        assert stored == {ids[0]}
    ids, stored = together(world, ("other_auditor", theirs), ("auditor", world.another()))
    assert stored == set(ids)


def test_what_is_wrong_with_one_keeps_all_for_their_own_calls(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(batch: Sequence[Submission]) -> intake.States:
        db.session.execute(sa.text("SELECT * FROM nothing"))
        return {}

    monkeypatch.setattr(intake, "store_what_is_free", wrong)
    assert together(world, ("auditor", world.another()))[1] == set()
    assert world.put(world.another()).status_code == 201
    assert counted(world) == 1

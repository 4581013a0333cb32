"""Thirty-two senders of one audit: one row, one result, never a 5xx."""

from __future__ import annotations

from collections import Counter
from functools import partial
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.faults.races import SENDERS, at_once, caller, counted, stored
from tests.faults.server import Server
from tests.protocol.phone import settle, with_photos
from tests.world import ALL_YES, World, jpeg, make_world, upload

pytestmark = pytest.mark.slow


@pytest.fixture
def unreviewed(app: Flask) -> World:
    return make_world(app, review="none")


def different(world: World, number: int) -> dict[str, object]:
    return world.audit(ALL_YES | {"clean": {"value": "yes", "comment": str(number)}})


def test_threads_that_send_the_same_audit_store_it_once(unreviewed: World) -> None:
    audit_id, audit = uuid4(), unreviewed.audit()
    answers = at_once([partial(caller(unreviewed).put, audit, audit_id) for _ in range(SENDERS)])
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: SENDERS - 1}
    assert all(answer.json == answers[0].json for answer in answers)
    assert stored(unreviewed) == {audit_id: 1}
    assert counted(unreviewed) == 1


def test_of_threads_that_send_different_contents_one_wins(unreviewed: World) -> None:
    audit_id = uuid4()
    answers = at_once(
        [
            partial(caller(unreviewed).put, different(unreviewed, number), audit_id)
            for number in range(SENDERS)
        ]
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: SENDERS - 1}
    assert stored(unreviewed) == {audit_id: 1}
    assert counted(unreviewed) == 1


def test_threads_that_settle_the_same_audit_count_it_once(unreviewed: World) -> None:
    audit_id, photo = uuid4(), jpeg(1)
    audit = with_photos(unreviewed, photo)
    ticket = unreviewed.put(audit, audit_id).json["uploads"][0]
    assert upload(unreviewed.client, ticket, photo) == 200
    answers = at_once([partial(caller(unreviewed).put, audit, audit_id) for _ in range(8)])
    assert [answer.status_code for answer in answers] == [200] * 8
    assert {answer.json["receipt"]["state"] for answer in answers} <= {"submitted", "approved"}
    assert unreviewed.photo_states(audit_id) == {"ready"}
    assert counted(unreviewed) == 1


def test_batches_of_the_same_audits_in_opposite_orders_store_each_once(
    unreviewed: World,
) -> None:
    items = [{"id": str(uuid4()), "audit": unreviewed.another()} for _ in range(10)]

    def push(turn: int) -> list[int]:
        body = {"audits": items if turn % 2 else items[::-1]}
        answer = caller(unreviewed).call("auditor", "POST", "/audits/batch", body)
        assert answer.status_code == 200, answer.json
        return [result["status"] for result in answer.json["results"]]

    statuses = at_once([partial(push, turn) for turn in range(8)])
    assert Counter(status for each in statuses for status in each) == {201: 10, 200: 70}
    assert stored(unreviewed) == {UUID(item["id"]): 1 for item in items}
    assert counted(unreviewed) == 10


def test_processes_that_are_sent_the_same_audit_store_it_once(
    unreviewed: World, server: Server
) -> None:
    path, audit = f"/audits/{uuid4()}", unreviewed.audit()
    send = partial(server.call, unreviewed, "auditor", "PUT", path, audit)
    answers = at_once([send] * SENDERS)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: SENDERS - 1}
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert list(stored(unreviewed).values()) == [1]
    assert counted(unreviewed) == 1


def test_of_different_contents_sent_to_processes_one_wins(
    unreviewed: World, server: Server
) -> None:
    path = f"/audits/{uuid4()}"
    answers = at_once(
        [
            partial(server.call, unreviewed, "auditor", "PUT", path, different(unreviewed, number))
            for number in range(SENDERS)
        ]
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: SENDERS - 1}
    assert list(stored(unreviewed).values()) == [1]
    assert counted(unreviewed) == 1


def test_second_revisions_from_many_phones_leave_one_standing_and_every_copy_kept(
    app: Flask,
) -> None:
    world = make_world(app)
    audit_id, photo = uuid4(), jpeg(1)
    settle(world, audit_id, with_photos(world, photo), photo)
    tag = world.move(audit_id, "return", note="Again").headers["ETag"]
    answers = at_once(
        [
            partial(
                caller(world).put,
                different(world, number) | {"revision": 2},
                audit_id,
                headers={"If-Match": tag},
            )
            for number in range(12)
        ]
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 412: 11}
    rows = world.call("reviewer", "GET", f"/audits/{audit_id}/revisions").json
    assert Counter(row["standing"] for row in rows) == {"superseded": 1, "current": 1, "lost": 11}

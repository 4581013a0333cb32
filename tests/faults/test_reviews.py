"""Reviewers and auditors on one audit at one moment: one move is made, and counted once."""

from __future__ import annotations

from collections import Counter
from functools import partial
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from tests.faults.races import at_once, caller, counted, etag
from tests.faults.server import Server
from tests.protocol.phone import OTHER_ANSWERS, detail, returned, send, with_photos
from tests.world import World, jpeg, upload


def move(
    world: World, audit_id: UUID, action: str, tag: str, person: str = "hq", **headers: str
) -> TestResponse:
    body = {"action": action} | ({} if action == "approve" else {"note": "Again"})
    path = f"/audits/{audit_id}/moves"
    return caller(world).call(person, "POST", path, body, headers={"If-Match": tag} | headers)


def done(world: World, audit_id: UUID) -> list[str]:
    return [review["action"] for review in detail(world, audit_id)["reviews"]]


def test_of_two_approvals_at_once_one_is_made_and_counted_once(world: World) -> None:
    audit_id = send(world)
    approve = partial(move, world, audit_id, "approve", etag(world, audit_id))
    answers = at_once([partial(approve, person) for person in ("hq", "reviewer") * 4])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 7}
    assert done(world, audit_id) == ["approve"]
    assert counted(world) == 1


@pytest.mark.parametrize("rival", ["return", "reject"])
def test_of_an_approval_and_its_contrary_one_is_made(world: World, rival: str) -> None:
    audit_id = send(world)
    tag = etag(world, audit_id)
    answers = at_once(
        [partial(move, world, audit_id, action, tag) for action in ("approve", rival) * 3]
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 5}
    (made,) = done(world, audit_id)
    assert counted(world) == (1 if made == "approve" else 0)


def test_of_a_void_and_an_exclusion_one_takes_the_audit_out_once(world: World) -> None:
    audit_id = send(world)
    assert move(world, audit_id, "approve", etag(world, audit_id)).status_code == 200
    tag = etag(world, audit_id)
    answers = at_once(
        [partial(move, world, audit_id, action, tag) for action in ("void", "exclude") * 3]
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 5}
    assert counted(world) == 0


def test_a_revision_and_an_approval_at_once_leave_one_truth(world: World) -> None:
    """The approval was meant for what the reviewer read; what is counted is what stands."""
    for _ in range(3):
        audit_id, tag = returned(world)
        audit = world.audit(OTHER_ANSWERS, revision=2)
        revise = partial(caller(world).put, audit, audit_id, headers={"If-Match": tag})
        approve = partial(move, world, audit_id, "approve", tag)
        answers = at_once([revise, approve, revise, approve])
        assert sorted({answer.status_code for answer in answers[::2]}) in ([200, 201], [201])
        assert {answer.status_code for answer in answers[1::2]} <= {409, 412}
        assert detail(world, audit_id)["state"] == "submitted"
    assert counted(world) == 0


def test_a_waiver_and_the_last_photo_at_once_leave_one_truth(world: World) -> None:
    for seed in range(3):
        audit_id, photo = uuid4(), jpeg(60 + seed)
        audit = with_photos(world, photo)
        (ticket,) = world.put(audit, audit_id).json["uploads"]
        send_photo = partial(upload, caller(world).client, ticket, photo)
        waive = partial(move, world, audit_id, "waive", etag(world, audit_id))
        repeat = partial(caller(world).put, audit, audit_id)
        # Into a folder of ours the photo is noted as it comes, else with a repeat.
        came, *answers = at_once([send_photo, waive, repeat, waive, repeat])
        assert came == 200
        assert sorted(answer.status_code for answer in answers[::2]) in ([200, 412], [412, 412])
        assert [answer.status_code for answer in answers[1::2]] == [200, 200]
        receipt = world.put(audit, audit_id).json["receipt"]
        assert (receipt["complete"], receipt["state"]) == (True, "submitted")


def test_repeats_beside_an_approval_do_not_disturb_it(world: World) -> None:
    audit_id = send(world)
    batch = {
        "audits": [{"id": str(uuid4()), "audit": world.audit()} for _ in range(4)]
        + [{"id": str(audit_id), "audit": world.audit()}]
    }
    push = partial(caller(world).call, "auditor", "POST", "/audits/batch", batch)
    approve = partial(move, world, audit_id, "approve", etag(world, audit_id))
    answers = at_once([push, approve, partial(caller(world).put, world.audit(), audit_id)])
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {result["status"] for result in answers[0].json["results"]} <= {200, 201}
    assert counted(world) == 1


def test_one_idempotency_key_raced_has_one_effect_and_one_answer(world: World) -> None:
    audit_id = send(world)
    approve = partial(move, world, audit_id, "approve", etag(world, audit_id), "hq")
    answers = at_once([lambda: approve(**{"Idempotency-Key": "once"})] * 8)
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len({answer.data for answer in answers}) == 1
    assert done(world, audit_id) == ["approve"]
    assert counted(world) == 1


def test_one_idempotency_key_raced_adds_one_site(world: World) -> None:
    body = {
        "code": "NEW",
        "name": "New",
        "region_id": str(world.region_id),
        "time_zone": "Asia/Shanghai",
    }

    def add(key: str) -> TestResponse:
        return caller(world).call("hq", "POST", "/sites", body, headers={"Idempotency-Key": key})

    answers = at_once([partial(add, "once")] * 8)
    assert Counter(answer.status_code for answer in answers) == {201: 8}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert add("another").status_code == 409


@pytest.mark.slow
def test_approvals_through_processes_are_made_once(world: World, server: Server) -> None:
    audit_id = send(world)
    approve = partial(
        server.call,
        world,
        "hq",
        "POST",
        f"/audits/{audit_id}/moves",
        {"action": "approve"},
        headers={"If-Match": etag(world, audit_id)},
    )
    answers = at_once([approve] * 8)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 7}
    assert counted(world) == 1

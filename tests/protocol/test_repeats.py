"""The same call again, for ever: one audit, one receipt; other content changes nothing."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.protocol.phone import (
    OTHER_ANSWERS,
    detail,
    kind,
    push,
    returned,
    revise,
    send,
    settled,
)
from tests.world import World

STABLE = ("audit_id", "revision", "content_digest", "received_at")


def stable(answer: Any) -> dict[str, Any]:
    return {name: answer.json["receipt"][name] for name in STABLE}


def test_the_same_call_again_gets_the_same_receipt(world: World) -> None:
    audit, audit_id = world.audit(), uuid4()
    first, again = world.put(audit, audit_id), world.put(audit, audit_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert first.headers["ETag"] == again.headers["ETag"]
    assert len(world.call("hq", "GET", "/audits").json) == 1


def test_a_repeat_after_the_photos_settled_keeps_its_receipt(world: World) -> None:
    audit_id, audit = settled(world)
    # Until somebody has looked, the receipt cannot say whether a photo is readable.
    assert world.photo_states(audit_id) == {"ready"}
    receipts = [world.put(audit, audit_id).json["receipt"] for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert receipts[0]["complete"] is True


def test_a_repeat_after_approval_says_approved_and_changes_nothing(world: World) -> None:
    audit, audit_id = world.audit(), uuid4()
    first = world.put(audit, audit_id)
    world.move(audit_id, "approve")
    again = world.put(audit, audit_id)
    assert again.status_code == 200
    assert stable(again) == stable(first)
    assert again.json["receipt"]["state"] == "approved"
    assert again.json["receipt"]["standing"] == "current"


def test_the_first_revision_repeated_after_the_second_is_met_as_superseded(world: World) -> None:
    audit_id, tag = returned(world)
    assert revise(world, audit_id, tag).status_code == 201
    again = world.put(world.audit(), audit_id)
    assert again.status_code == 200
    receipt = again.json["receipt"]
    assert (receipt["revision"], receipt["standing"]) == (1, "superseded")
    assert receipt["complete"] is True
    assert detail(world, audit_id)["revision"] == 2


def test_the_second_revision_repeated_with_its_old_tag_is_met_again(world: World) -> None:
    audit_id, tag = returned(world)
    first, again = revise(world, audit_id, tag), revise(world, audit_id, tag)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["receipt"] == again.json["receipt"]


def test_other_content_under_the_same_id_is_a_conflict_and_changes_nothing(world: World) -> None:
    audit_id = send(world)
    before = detail(world, audit_id)
    refused = world.put(world.audit(OTHER_ANSWERS), audit_id)
    assert (refused.status_code, kind(refused)) == (409, "content-differs")
    assert detail(world, audit_id) == before
    assert len(world.call("reviewer", "GET", f"/audits/{audit_id}/revisions").json) == 1


def test_content_is_compared_as_json_and_not_as_bytes(world: World) -> None:
    audit_id = uuid4()
    audit = world.audit(place={"latitude": 31.0, "longitude": 121.5})
    assert world.put(audit, audit_id).status_code == 201
    spelled = json.dumps(dict(reversed(audit.items())), indent=3).replace("31.0", "31")
    again = world.call(
        "auditor", "PUT", f"/audits/{audit_id}", data=spelled, content_type="application/json"
    )
    assert again.status_code == 200


@pytest.mark.parametrize("answers", [None, OTHER_ANSWERS], ids=["same", "other"])
def test_the_id_of_another_auditors_audit_does_not_exist(world: World, answers: Any) -> None:
    audit_id = send(world)
    theirs = world.plan(auditor_id=world.users["other_auditor"])
    audit = world.audit(answers, assignment_id=str(theirs))
    refused = world.call("other_auditor", "PUT", f"/audits/{audit_id}", audit)
    assert (refused.status_code, kind(refused)) == (404, "not-found")


def test_the_id_of_another_organisations_audit_does_not_exist(world: World, foreign: World) -> None:
    audit_id = send(foreign)
    before = detail(foreign, audit_id)
    assert world.put(world.audit(), audit_id).status_code == 404
    assert push(world, {"id": str(audit_id), "audit": world.audit()})[0]["status"] == 404
    assert detail(foreign, audit_id) == before


def test_the_owner_is_asked_before_the_revision(world: World) -> None:
    audit_id, tag = returned(world)
    theirs = world.plan(auditor_id=world.users["other_auditor"])
    audit = world.audit(assignment_id=str(theirs), revision=2)
    path = f"/audits/{audit_id}"
    for headers in ({}, {"If-Match": tag}):
        assert world.call("other_auditor", "PUT", path, audit, headers=headers).status_code == 404


def test_a_second_visit_of_one_assignment_is_stored_and_flagged(world: World) -> None:
    send(world)
    second: UUID = send(world)
    assert "duplicate_visit" in {signal["kind"] for signal in detail(world, second)["signals"]}


@pytest.mark.parametrize("person", ["manager", "reviewer", "hq"])
def test_only_auditors_submit(world: World, person: str) -> None:
    answer = world.call(person, "PUT", f"/audits/{uuid4()}", world.audit())
    assert answer.status_code == 403

"""Who moved an audit, when and why: readable to the office, and to nobody else."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from flask import Flask

from tests.protocol.phone import (
    OTHER_ANSWERS,
    detail,
    returned,
    revise,
    send,
    settle,
    with_photos,
)
from tests.world import World, jpeg, make_world


@pytest.fixture
def world(shared_app: Flask) -> World:
    return make_world(shared_app)


def test_every_move_is_told_with_who_when_and_why(world: World) -> None:
    audit_id, tag = returned(world)
    revise(world, audit_id, tag)
    world.move(audit_id, "approve")
    world.move(audit_id, "exclude", "hq", note="Street closed")
    acts = world.call("reviewer", "GET", f"/audits/{audit_id}/activity").json
    assert [(act["verb"], act["action"], act["note"], act["actor"]["name"]) for act in acts] == [
        ("audit.submit", None, None, "Canary auditor"),
        ("audit.return", "return", "Look again at the floor", "Canary reviewer"),
        ("audit.submit", "resubmit", None, "Canary auditor"),
        ("audit.approve", "approve", None, "Canary reviewer"),
        ("audit.exclude", "exclude", "Street closed", "Canary hq"),
    ]
    assert [act["at"] for act in acts] == sorted(act["at"] for act in acts)
    assert {act["actor"]["kind"] for act in acts} == {"person"}


def test_decisions_name_the_reviewer_to_the_office_alone(world: World) -> None:
    audit_id, _ = returned(world)
    (decision,) = detail(world, audit_id)["reviews"]
    assert (decision["reviewer_id"], decision["reviewer_name"]) == (
        str(world.users["reviewer"]),
        "Canary reviewer",
    )
    (told,) = world.call("auditor", "GET", f"/audits/{audit_id}").json["reviews"]
    assert told.keys() == {"revision", "action", "note", "notes", "at"}
    assert told["note"] == "Look again at the floor"


def test_an_auditor_learns_why_a_report_was_rejected_and_not_why_it_was_voided(
    world: World,
) -> None:
    told = []
    for moves in (("reject",), ("approve", "take_back"), ("approve", "exclude", "void")):
        audit_id = send(world)
        for action in moves:
            assert world.move(audit_id, action, "hq", note=f"About {action}").status_code == 200
        reviews = world.call("auditor", "GET", f"/audits/{audit_id}").json["reviews"]
        told.append([(review["action"], review["note"]) for review in reviews])
    assert told == [
        [("reject", "About reject")],
        [("approve", "About approve"), ("take_back", None)],
        [("approve", "About approve"), ("exclude", None), ("void", None)],
    ]


def test_what_the_house_and_what_an_integration_did_is_told_as_theirs(shared_app: Flask) -> None:
    world, audit_id, photo = make_world(shared_app, review="none"), uuid4(), jpeg(51)
    settle(world, audit_id, with_photos(world, photo), photo)
    assert world.photo_states(audit_id) == {"ready"}
    sent = {"name": "The ERP", "permissions": ["audit.read", "audit.exclude"]}
    world.tokens["erp"] = world.call("hq", "POST", "/tokens", sent).json["token"]
    assert world.move(audit_id, "exclude", "erp", note="Duplicate").status_code == 200
    acts = world.call("hq", "GET", f"/audits/{audit_id}/activity").json
    told = [(act["action"], act["actor"]["kind"], act["actor"]["name"]) for act in acts]
    assert told == [
        (None, "person", "Canary auditor"),
        ("settle", "person", "Canary auditor"),
        ("auto_approve", "system", None),
        ("exclude", "integration", "The ERP"),
    ]
    (decision,) = detail(world, audit_id)["reviews"]
    assert (decision["reviewer_id"], decision["reviewer_name"]) == (None, None)


@pytest.mark.parametrize("person", ["auditor", "manager"])
def test_neither_auditor_nor_manager_reads_it(world: World, person: str) -> None:
    audit_id, tag = returned(world)
    revise(world, audit_id, tag, answers=OTHER_ANSWERS)
    world.move(audit_id, "approve")
    answer = world.call(person, "GET", f"/audits/{audit_id}/activity")
    assert answer.status_code == 403
    assert "Canary" not in json.dumps(answer.json)

"""The phone asks by what it knows of the site: its work is kept, and a difference is seen."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.protocol.phone import change_site, detail, push, send, settle, with_photos
from tests.world import ALL_YES, World, jpeg, make_world, small_checklist

MALL = {"format": "mall"}
STREET_ANSWERS = {key: ALL_YES[key] for key in ("greeted", "clean")}


def conditional_checklist() -> dict[str, Any]:
    """Return the small checklist, with a checkout in malls alone and smiles where greeted."""
    written = small_checklist()
    written["site_attributes"] = [
        {"key": "format", "title": {"en": "Format"}, "type": "word", "values": ["mall", "street"]}
    ]
    arrival, checkout = written["touchpoints"]
    checkout["condition"] = {"site": "format", "equals": "mall"}
    arrival["questions"].append(
        {
            "key": "smiled",
            "type": "yes_no",
            "title": {"en": "With a smile?", "zh": "是否面带微笑？"},
            "condition": {"question": "greeted", "equals": "yes"},
            "required": False,
        }
    )
    return written


@pytest.fixture(params=["always", "none"])
def world(app: Flask, request: pytest.FixtureRequest) -> World:
    world = make_world(app, review=request.param, checklist=conditional_checklist())
    change_site(world, attributes=MALL)
    return world


def state(world: World, audit_id: UUID) -> str:
    return str(detail(world, audit_id)["state"])


def signals(world: World, audit_id: UUID) -> dict[str, Any]:
    return {signal["kind"]: signal["values"] for signal in detail(world, audit_id)["signals"]}


def test_a_phone_is_told_all_that_conditions_go_by(world: World) -> None:
    (assignment,) = world.call("auditor", "GET", "/sync").json["assignments"]
    assert assignment["site"]["attributes"] == MALL
    assert assignment["site"]["kind"] == "own"


def test_what_the_server_knows_of_the_site_decides_what_has_to_be_answered(world: World) -> None:
    refused = world.put(world.audit(STREET_ANSWERS))
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json["errors"]] == [
        "/answers/receipt",
        "/answers/honest",
    ]
    change_site(world, attributes={"format": "street"})
    audit_id = send(world, world.audit(STREET_ANSWERS))
    assert detail(world, audit_id)["final_score"] == 100


def test_work_by_an_older_picture_of_the_site_is_kept_and_flagged(world: World) -> None:
    old = {"format": "street", "kind": "own"}
    audit_id = send(world, world.audit(STREET_ANSWERS, site_attributes=old))
    assert state(world, audit_id) == "submitted"
    assert signals(world, audit_id)["site_attributes"] == {"attributes": ["format"]}


def test_a_flag_stays_as_it_was_at_receipt(world: World) -> None:
    agreeing = send(world, world.audit(site_attributes=MALL | {"kind": "own"}))
    differing = send(world, world.audit(STREET_ANSWERS, site_attributes={}))
    change_site(world, attributes={"format": "street"})
    assert "site_attributes" not in signals(world, agreeing)
    assert "site_attributes" in signals(world, differing)


@pytest.mark.parametrize("world", ["none"], indirect=True)
def test_only_the_site_as_it_is_known_is_approved_unseen(world: World) -> None:
    assert state(world, send(world, world.audit(site_attributes=MALL))) == "approved"
    lied = world.audit(STREET_ANSWERS, site_attributes={"format": "street"})
    assert state(world, send(world, lied)) == "submitted"
    (pushed,) = push(world, {"id": str(uuid4()), "audit": lied})
    assert pushed["answer"]["receipt"]["state"] == "submitted"


@pytest.mark.parametrize("world", ["none"], indirect=True)
def test_photos_that_arrive_later_change_nothing_about_it(world: World) -> None:
    photo = jpeg(11)
    lied = with_photos(world, photo) | {
        "answers": STREET_ANSWERS,
        "site_attributes": {"format": "street"},
    }
    last = settle(world, uuid4(), lied, photo)
    assert last["receipt"]["state"] == "submitted"


def test_answers_to_what_was_not_asked_are_kept_apart(world: World) -> None:
    smiled = {"smiled": {"value": "yes", "comment": "A warm smile"}}
    answers = ALL_YES | {"greeted": {"value": "no"}} | smiled
    audit_id = send(world, world.audit(answers))
    told = detail(world, audit_id)
    assert told["hidden_answers"] == smiled
    assert "smiled" not in told["answers"]
    (revision,) = world.call("reviewer", "GET", f"/audits/{audit_id}/revisions").json
    assert revision["hidden_answers"] == smiled
    world.move(audit_id, "approve")
    managed = world.call("manager", "GET", f"/audits/{audit_id}").json
    assert "warm smile" not in str(managed)
    pdf = world.call("hq", "GET", f"/audits/{audit_id}/report.pdf")
    assert pdf.status_code == 200

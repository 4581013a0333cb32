"""What of an audit's history those may read who may not know the auditor."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.access.visited import machine
from tests.protocol.phone import OTHER_ANSWERS, kind, revise, send
from tests.world import World, make_world

READERS = ["manager", "machine"]
UNSEEN = ["submitted", "in_review", "returned", "rejected", "excluded", "voided"]


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    world = make_world(shared_app)
    world.tokens["machine"] = machine(world)
    return world


@pytest.mark.parametrize("reader", READERS)
def test_what_a_return_took_out_is_read_by_the_office_alone(world: World, reader: str) -> None:
    named = {"clean": {"value": "no", "comment": "Ask Li at the till"}}
    sent = world.another(OTHER_ANSWERS | named)
    audit_id = send(world, sent)
    tag = world.move(audit_id, "return", note="No names").headers["ETag"]
    anew = revise(world, audit_id, tag, assignment_id=sent["assignment_id"])
    assert anew.status_code == 201
    assert world.move(audit_id, "approve").status_code == 200
    path = f"/audits/{audit_id}/revisions"
    (revision,) = world.call(reader, "GET", path).json
    assert (revision["number"], revision["standing"]) == (2, "current")
    assert "Ask Li" not in world.call(reader, "GET", path).get_data(as_text=True)
    for knowing in ("auditor", "reviewer", "hq"):
        told = world.call(knowing, "GET", path)
        assert [each["number"] for each in told.json] == [1, 2]
        assert "Ask Li" in told.get_data(as_text=True)


@pytest.mark.parametrize("reader", READERS)
def test_an_audit_that_does_not_count_is_not_there(world: World, reader: str) -> None:
    audit_id = send(world, world.another())
    steps = ["open", "return", "reject"]
    for action in (None, *steps):
        assert action is None or world.move(audit_id, action, "hq", note="So").status_code == 200
        for part in ("", "/revisions", "/explanation", "/photos", "/report.pdf"):
            assert world.call(reader, "GET", f"/audits/{audit_id}{part}").status_code == 404
    for state in UNSEEN:
        assert world.call(reader, "GET", f"/audits?state={state}").json == []


def test_a_machine_reads_plans_only_if_it_may_know_the_auditors(world: World) -> None:
    paths = "/assignments", f"/assignments/{world.assignment_id}"
    for path in paths:
        refused = world.call("machine", "GET", path)
        assert (refused.status_code, kind(refused)) == (403, "forbidden")
        assert "audit.identify" in refused.json["detail"]
    sent = {"name": "The office's", "permissions": ["assignment.read", "audit.identify"]}
    world.tokens["office"] = world.call("hq", "POST", "/tokens", sent).json["token"]
    assert [world.call("office", "GET", path).status_code for path in paths] == [200, 200]


def test_a_machine_that_plans_cancels_no_visit_that_it_may_not_know(world: World) -> None:
    sent = {"name": "Planner", "permissions": ["assignment.write"]}
    world.tokens["planner"] = world.call("hq", "POST", "/tokens", sent).json["token"]
    path = f"/assignments/{world.assignment_id}/moves"
    refused = world.call("planner", "POST", path, {"action": "cancel"})
    assert refused.status_code == 403
    assert str(world.users["auditor"]) not in refused.get_data(as_text=True)

"""An approval is taken back for a while: a reviewer has the audit again, and it counts no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from audit_api.database import db
from audit_api.models import Audit
from tests.faults.races import counted
from tests.protocol.phone import detail, kind, pointers, revise, send, settle, with_photos
from tests.world import World, jpeg, make_world


@pytest.fixture
def world(shared_app: Flask) -> World:
    return make_world(shared_app)


def approved(world: World) -> UUID:
    audit_id = send(world)
    assert world.move(audit_id, "approve").status_code == 200
    return audit_id


def visit(world: World) -> dict[str, Any]:
    return world.call("hq", "GET", f"/assignments/{world.assignment_id}").json


def test_an_approval_is_taken_back_with_all_that_it_brought_about(world: World) -> None:
    audit_id = approved(world)
    assert (counted(world), visit(world)["state"]) == (1, "closed")
    cursor = world.call("auditor", "GET", "/sync").json["cursor"]
    answer = world.move(audit_id, "take_back", note="The wrong one of two")
    assert (answer.status_code, answer.json["state"]) == (200, "in_review")
    assert (counted(world), visit(world)["state"]) == (0, "submitted")
    (told,) = world.call("auditor", "GET", f"/sync?cursor={cursor}").json["assignments"]
    assert told["state"] == "submitted"
    last = detail(world, audit_id)["reviews"][-1]
    assert (last["action"], last["note"]) == ("take_back", "The wrong one of two")
    assert world.call("manager", "GET", f"/audits/{audit_id}").status_code == 404
    tag = world.move(audit_id, "return", note="Look again").headers["ETag"]
    assert revise(world, audit_id, tag).status_code == 201
    assert world.move(audit_id, "approve").status_code == 200
    assert (counted(world), visit(world)["state"]) == (1, "closed")


def test_it_says_why(world: World) -> None:
    audit_id = approved(world)
    refused = world.move(audit_id, "take_back", note=None)
    assert (refused.status_code, pointers(refused)) == (422, {"/note"})


@pytest.mark.parametrize("person", ["auditor", "manager"])
def test_only_the_office_takes_an_approval_back(world: World, person: str) -> None:
    audit_id = approved(world)
    assert world.move(audit_id, "take_back", person).status_code == 403
    assert counted(world) == 1


def test_after_a_while_it_is_too_late_and_the_audit_is_excluded_instead(world: World) -> None:
    audit_id = approved(world)
    with world.app.app_context():
        long_ago = datetime.now(UTC) - timedelta(hours=73)
        db.session.get_one(Audit, audit_id).state_since = long_ago
        db.session.commit()
    refused = world.move(audit_id, "take_back")
    assert (refused.status_code, kind(refused)) == (409, "too-late")
    assert "72" in refused.json["detail"]
    assert counted(world) == 1
    assert world.move(audit_id, "exclude", "hq").status_code == 200


def test_an_audit_that_nobody_saw_is_taken_back_and_not_approved_unseen_again(
    shared_app: Flask,
) -> None:
    world, audit_id, photo = make_world(shared_app, review="none"), uuid4(), jpeg(41)
    settle(world, audit_id, with_photos(world, photo), photo)
    assert world.photo_states(audit_id) == {"ready"}
    assert detail(world, audit_id)["state"] == "approved"
    assert world.move(audit_id, "take_back").json["state"] == "in_review"
    world.app.extensions["audit_worker"].work_off()
    assert (detail(world, audit_id)["state"], counted(world)) == ("in_review", 0)


def test_a_visit_stays_closed_while_another_audit_of_it_is_decided(world: World) -> None:
    first, second = approved(world), approved(world)
    world.move(first, "take_back")
    assert visit(world)["state"] == "closed"
    world.move(second, "take_back")
    assert visit(world)["state"] == "submitted"


@pytest.mark.parametrize("action", ["reject", "exclude", "void"])
@pytest.mark.parametrize("note", [None, "", "  \n"])
def test_no_audit_is_rejected_excluded_or_voided_without_a_reason(
    world: World, action: str, note: str | None
) -> None:
    audit_id = send(world) if action == "reject" else approved(world)
    before = detail(world, audit_id)
    refused = world.move(audit_id, action, "hq", note=note)
    assert (refused.status_code, pointers(refused)) == (422, {"/note"})
    (error,) = refused.json["errors"]
    assert action in error["detail"]
    assert detail(world, audit_id) == before

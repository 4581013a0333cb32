"""A phone that is lost, or wiped: the office does without, the auditor goes on from another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from audit_api.services.audits import approval
from tests.protocol.phone import (
    detail,
    kind,
    pointers,
    returned,
    revise,
    settle,
    settled,
    with_photos,
)
from tests.world import World, jpeg, make_world, upload

PHOTO, OTHER = jpeg(31), jpeg(32)


def stranded(world: World, *arrived: bytes, lost: bytes = PHOTO) -> tuple[UUID, dict[str, Any]]:
    """Return an audit of which one photo never came: its id and what was sent."""
    audit_id, audit = uuid4(), with_photos(world, *arrived, lost)
    first = world.put(audit, audit_id)
    assert first.json["receipt"]["state"] == "awaiting_media"
    for ticket, body in zip(first.json["uploads"], arrived, strict=False):
        assert upload(world.client, ticket, body) == 200
    if arrived:
        assert world.put(audit, audit_id).json["receipt"]["complete"] is False
    return audit_id, audit


def wanted(world: World) -> list[dict[str, Any]]:
    """Return what a phone that was wiped learns to be wanted: it pulls from the beginning."""
    told = world.call("auditor", "GET", "/sync").json["assignments"]
    return [photo for assignment in told for photo in assignment["wanted"]]


def photos(world: World, audit_id: UUID, person: str = "auditor") -> list[dict[str, Any]]:
    return world.call(person, "GET", f"/audits/{audit_id}/photos").json


def test_the_office_does_without_a_photo_that_never_comes_and_says_why(world: World) -> None:
    audit_id, audit = stranded(world, OTHER)
    assert world.move(audit_id, "approve").status_code == 409
    silent = world.move(audit_id, "waive", note=" ")
    assert (silent.status_code, pointers(silent)) == (422, {"/note"})
    answer = world.move(audit_id, "waive", note="The phone was stolen")
    assert (answer.status_code, answer.json["state"]) == (200, "submitted")
    (decision,) = detail(world, audit_id)["reviews"]
    assert (decision["action"], decision["note"]) == ("waive", "The phone was stolen")
    for person in ("reviewer", "auditor"):
        states = {each["id"]: each["state"] for each in photos(world, audit_id, person)}
        assert states.pop(audit["photos"][1]["id"]) == "waived"
        assert set(states.values()) <= {"stored", "ready"}
    assert world.move(audit_id, "approve").json["state"] == "approved"


def test_what_was_waived_is_recorded_with_its_photos(world: World) -> None:
    audit_id, audit = stranded(world)
    world.move(audit_id, "waive", note="Lost in the canal")
    acts = world.call("hq", "GET", f"/audits/{audit_id}/activity").json
    assert [(act["verb"], act["note"]) for act in acts] == [
        ("audit.submit", None),
        ("audit.waive", "Lost in the canal"),
    ]
    assert acts[1]["details"]["photos"] == [audit["photos"][0]["id"]]


def test_a_receipt_goes_on_saying_that_a_waived_photo_is_not_held(world: World) -> None:
    audit_id, audit = stranded(world)
    world.move(audit_id, "waive")
    receipt = world.put(audit, audit_id).json["receipt"]
    assert (receipt["state"], receipt["complete"]) == ("submitted", False)
    (line,) = receipt["photos"]
    assert (line["stored"], line["waived"]) == (False, True)


@pytest.mark.parametrize("action", ["waive", "return", "reject"])
def test_a_photo_that_comes_late_after_all_is_kept(world: World, action: str) -> None:
    audit_id, audit = stranded(world)
    state = world.move(audit_id, action, note="The phone was stolen").json["state"]
    told = settle(world, audit_id, audit, PHOTO)
    assert (told["receipt"]["complete"], told["receipt"]["state"]) == (True, state)
    assert told["receipt"]["photos"][0]["waived"] is False
    assert world.photo_states(audit_id) == {"ready"}


def test_a_waived_audit_is_never_approved_unseen(app: Flask) -> None:
    world = make_world(app, review="none")
    audit_id, audit = stranded(world)
    assert world.move(audit_id, "waive").json["state"] == "submitted"
    assert settle(world, audit_id, audit, PHOTO)["receipt"]["state"] == "submitted"
    assert world.photo_states(audit_id) == {"ready"}
    assert detail(world, audit_id)["state"] == "submitted"


def test_only_the_office_does_without_photos(world: World) -> None:
    audit_id, _ = stranded(world)
    assert world.move(audit_id, "waive", person="auditor").status_code == 403
    assert world.move(audit_id, "waive", person="manager").status_code == 403
    assert world.move(audit_id, "waive", person="hq").status_code == 200


def test_an_audit_that_waits_is_returned_and_its_revision_leaves_the_lost_photo_out(
    world: World,
) -> None:
    audit_id, audit = stranded(world, OTHER)
    tag = world.move(audit_id, "return", note="Send it without").headers["ETag"]
    (told,) = world.call("auditor", "GET", "/sync").json["assignments"][-1]["returned"]
    assert (told["audit_id"], told["etag"]) == (str(audit_id), tag)
    answer = revise(world, audit_id, tag, photos=audit["photos"][:1])
    assert answer.status_code == 201, answer.json
    assert (answer.json["receipt"]["complete"], answer.json["uploads"]) == (True, [])
    assert answer.json["receipt"]["state"] == "submitted"
    assert world.move(audit_id, "approve").status_code == 200


def test_an_audit_that_waits_is_rejected_and_its_visit_closed(world: World) -> None:
    audit_id, _ = stranded(world)
    assert world.move(audit_id, "reject", note="Nothing came").json["state"] == "rejected"
    visit = world.call("hq", "GET", f"/assignments/{world.assignment_id}").json
    assert visit["state"] == "closed"
    assert wanted(world) == []


def test_a_wiped_phone_learns_which_photos_are_wanted_and_sends_them(world: World) -> None:
    audit_id, audit = stranded(world, OTHER)
    (told,) = wanted(world)
    line = audit["photos"][1]
    assert {name: told[name] for name in line} == line
    assert (told["audit_id"], told["revision"]) == (str(audit_id), 1)
    assert upload(world.client, told["upload"], PHOTO) == 200
    answer = world.call("auditor", "POST", f"/audits/{audit_id}/uploads")
    assert answer.status_code == 200, answer.json
    assert (answer.json["receipt"]["complete"], answer.json["uploads"]) == (True, [])
    assert answer.json["receipt"]["state"] == "submitted"
    assert answer.headers["ETag"] == answer.json["etag"]
    assert wanted(world) == []


def test_fresh_tickets_are_had_though_the_feed_has_not_changed(world: World) -> None:
    audit_id, audit = stranded(world)
    first = world.call("auditor", "GET", "/sync")
    again = world.call("auditor", "GET", "/sync", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    (ticket,) = world.call("auditor", "POST", f"/audits/{audit_id}/uploads").json["uploads"]
    assert ticket["photo_id"] == audit["photos"][0]["id"]
    assert upload(world.client, ticket, PHOTO) == 200


@pytest.mark.parametrize("person", ["other_auditor", "reviewer", "manager"])
def test_nobody_else_gets_tickets(world: World, person: str) -> None:
    audit_id, _ = stranded(world)
    expected = 404 if person == "other_auditor" else 403
    answer = world.call(person, "POST", f"/audits/{audit_id}/uploads")
    assert answer.status_code == expected
    assert wanted(world)
    if person == "other_auditor":
        assert world.call(person, "GET", "/sync").json["assignments"] == []


def test_a_return_about_a_text_is_answered_from_a_new_phone(world: World) -> None:
    """All that the next revision wants is pulled: answers, the manifest, the tag of the return."""
    audit_id, _ = settled(world)
    world.move(audit_id, "return", note="Say more")
    (visit,) = world.call("auditor", "GET", "/sync").json["assignments"]
    (told,) = visit["returned"]
    held = world.call("auditor", "GET", f"/audits/{told['audit_id']}").json
    manifest = [
        {name: photo[name] for name in ("id", "question", "sha256", "size", "media_type")}
        for photo in photos(world, audit_id)
    ]
    answers = held["answers"] | {"greeted": {"value": "yes", "comment": "By two of them"}}
    second = {
        "revision": told["revision"] + 1,
        "assignment_id": visit["id"],
        "site_id": visit["site"]["id"],
        "checklist": visit["checklist"]["digest"],
        "conducted_at": held["conducted_at"],
        "answers": answers,
        "photos": manifest,
    }
    answer = world.put(second, audit_id, headers={"If-Match": told["etag"]})
    assert answer.status_code == 201, answer.json
    assert (answer.json["receipt"]["complete"], answer.json["uploads"]) == (True, [])
    assert detail(world, audit_id)["answers"] == answers


def test_a_waived_photo_stays_waived_in_the_next_revision_until_it_comes(world: World) -> None:
    audit_id, audit = stranded(world)
    world.move(audit_id, "waive")
    tag = world.move(audit_id, "return", note="Say more").headers["ETag"]
    answer = revise(world, audit_id, tag, photos=audit["photos"])
    assert answer.json["receipt"]["state"] == "submitted"
    assert answer.json["receipt"]["photos"][0]["waived"] is True
    (ticket,) = answer.json["uploads"]
    assert upload(world.client, ticket, PHOTO) == 200
    last = world.call("auditor", "POST", f"/audits/{audit_id}/uploads").json
    assert last["receipt"]["complete"] is True


def test_a_manager_sees_neither_the_file_nor_that_one_is_lacking(world: World) -> None:
    audit_id, audit = stranded(world, OTHER)
    world.move(audit_id, "waive")
    world.move(audit_id, "approve")
    (shown,) = photos(world, audit_id, "manager")
    assert shown["id"] == audit["photos"][0]["id"]
    assert [shown[name] for name in ("sha256", "size", "media_type")] == [None] * 3


def test_an_audit_that_waits_for_nothing_is_not_waived(world: World) -> None:
    audit_id, _ = settled(world)
    refused = world.move(audit_id, "waive")
    assert (refused.status_code, kind(refused)) == (409, "move-not-allowed")


@pytest.mark.parametrize(("action", "state"), [("waive", "submitted"), ("reject", "rejected")])
def test_a_return_that_is_never_answered_is_waived_or_rejected(
    world: World, action: str, state: str
) -> None:
    audit_id, tag = returned(world)
    assert world.move(audit_id, action, note="The auditor has left us").json["state"] == state
    (visit,) = world.call("auditor", "GET", "/sync").json["assignments"]
    assert visit["returned"] == []
    late = revise(world, audit_id, tag)
    assert (late.status_code, kind(late)) == (409, "revision-not-asked")
    assert f"“{state}”" in late.json["detail"]


def test_an_audit_whose_return_was_waived_is_never_approved_unseen(app: Flask) -> None:
    world = make_world(app, review="none")
    audit_id, sent = stranded(world)
    assert world.move(audit_id, "return", note="Send the photo").status_code == 200
    assert settle(world, audit_id, sent, PHOTO)["receipt"]["state"] == "returned"
    assert world.photo_states(audit_id) == {"ready"}
    assert world.move(audit_id, "waive").json["state"] == "submitted"
    with app.app_context():
        audit = approval.lock(audit_id)
        assert audit is not None
        assert not approval.approve_unseen(audit, now=datetime.now(UTC))
    assert detail(world, audit_id)["state"] == "submitted"


@pytest.mark.parametrize("person", ["hq", "manager"])
def test_a_report_is_drawn_without_the_photo_that_was_waived(world: World, person: str) -> None:
    audit_id, _ = stranded(world)
    world.move(audit_id, "waive")
    assert world.move(audit_id, "approve").status_code == 200
    report = world.call(person, "GET", f"/audits/{audit_id}/report.pdf")
    assert (report.status_code, report.mimetype) == (200, "application/pdf")

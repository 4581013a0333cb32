"""A review: looking changes nothing, a decision leads to the next, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from audit_api.database import db
from audit_api.models import Audit
from tests.access.visited import wait_for_the_picture
from tests.console.audits.reader import Reader
from tests.protocol.phone import OTHER_ANSWERS, detail, send, settle, with_photos
from tests.world import ALL_YES, World, jpeg, make_world


@pytest.fixture
def world(shared_app: Flask) -> World:
    return make_world(shared_app)


@pytest.fixture
def reviewer(world: World) -> Reader:
    return Reader(world, "reviewer")


def state(world: World, audit_id: UUID) -> str:
    return str(detail(world, audit_id)["state"])


def another(world: World, answers: dict[str, Any] | None = None, **more: Any) -> UUID:
    return send(world, world.another(answers, **more))


def test_looking_at_an_audit_changes_nothing(world: World, reviewer: Reader) -> None:
    audit_id = another(world)
    before = detail(world, audit_id)
    reviewer.read(f"/review/{audit_id}")
    assert detail(world, audit_id) == before


def test_each_decision_opens_the_next_that_waits(world: World, reviewer: Reader) -> None:
    first, second, third = (another(world) for _ in range(3))
    page = reviewer.read("/review")
    begun = reviewer.send("/review/next", page)
    assert begun.location == f"/console/review/{first}"
    assert state(world, first) == "in_review"
    answer = reviewer.decide(first, "approve")
    assert answer.location == f"/console/review/{second}"
    assert (state(world, first), state(world, second)) == ("approved", "in_review")
    answer = reviewer.decide(second, "reject", note="Made at home")
    assert answer.location == f"/console/review/{third}"
    answer = reviewer.decide(third, "return", **{"note-clean": "Which floor?"})
    assert answer.location == "/console/review"
    assert state(world, third) == "returned"
    assert detail(world, third)["reviews"][-1]["notes"] == {"clean": "Which floor?"}


def test_the_next_has_the_same_filters_and_is_none_that_somebody_else_has(
    world: World, reviewer: Reader
) -> None:
    first, second, third = (another(world) for _ in range(3))
    assert world.move(second, "open", person="hq").status_code == 200
    query = f"?region={world.region_id}"
    path = f"/review/{first}{query}"
    page = reviewer.read(path)
    assert f"/console/review/{third}{query}" in page
    answer = reviewer.send(path, page, action="approve")
    assert answer.location == f"/console/review/{third}{query}"


@pytest.mark.parametrize(("action", "told"), [("return", "note"), ("reject", "note")])
def test_what_must_say_why_is_refused_at_its_field(
    world: World, reviewer: Reader, action: str, told: str
) -> None:
    audit_id = another(world)
    answer = reviewer.decide(audit_id, action, note=" ", **{"note-clean": " "})
    assert answer.status_code == 422
    assert f'id="{told}-wrong"' in answer.text
    assert state(world, audit_id) == "submitted"


def test_the_second_of_two_reviewers_is_told_and_keeps_what_was_written(
    world: World, reviewer: Reader
) -> None:
    audit_id = another(world)
    page = reviewer.read(f"/review/{audit_id}")
    assert world.move(audit_id, "approve", person="hq", note="Quite right").status_code == 200
    fields = {"note": "The whole of it", "note-clean": "The dust <here>"}
    answer = reviewer.send(f"/review/{audit_id}", page, action="return", **fields)
    assert answer.status_code == 412
    assert "Canary hq: Approved" in answer.text
    assert "Quite right" in answer.text
    assert "The whole of it</textarea>" in answer.text
    assert "The dust &lt;here&gt;</textarea>" in answer.text
    assert state(world, audit_id) == "approved"


def test_an_audit_that_was_only_opened_meanwhile_is_decided_at_the_second_try(
    world: World, reviewer: Reader
) -> None:
    audit_id = another(world)
    page = reviewer.read(f"/review/{audit_id}")
    assert world.move(audit_id, "open", person="hq").status_code == 200
    answer = reviewer.send(f"/review/{audit_id}", page, action="approve", note="Good")
    assert answer.status_code == 412
    assert "Canary hq has this audit in review." in answer.text
    again = reviewer.send(f"/review/{audit_id}", answer.text, action="approve", note="Good")
    assert again.status_code == 303
    assert state(world, audit_id) == "approved"


def test_hq_takes_back_excludes_and_voids_where_a_reviewer_only_takes_back(
    world: World, reviewer: Reader
) -> None:
    audit_id = another(world)
    assert world.move(audit_id, "approve").status_code == 200
    offered = re.findall(r'name="action" value="(\w+)"', reviewer.read(f"/review/{audit_id}"))
    assert offered == ["take_back"]
    hq = Reader(world, "hq")
    offered = re.findall(r'name="action" value="(\w+)"', hq.read(f"/review/{audit_id}"))
    assert offered == ["exclude", "void", "take_back"]
    for action, after in (("exclude", "excluded"), ("include", "approved"), ("void", "voided")):
        answer = hq.decide(audit_id, action, note="Because of this")
        assert answer.location == f"/console/review/{audit_id}"
        assert state(world, audit_id) == after
    assert reviewer.decide(audit_id, "void", note="And I").status_code == 403


def test_missing_photos_are_waived_and_stand_where_they_are_missing(
    world: World, reviewer: Reader
) -> None:
    audit_id = uuid4()
    assert world.put(with_photos(world, jpeg(1)), audit_id).status_code == 201
    assert "Not received yet" in reviewer.read(f"/review/{audit_id}")
    answer = reviewer.decide(audit_id, "waive", note="The phone was lost")
    assert answer.location == f"/console/review/{audit_id}"
    page = reviewer.read(f"/review/{audit_id}")
    assert "photos of it that never came: 1.2 · 1/1" in page
    clean = page[page.index('id="q-clean"') : page.index('id="q-receipt"')]
    assert "Missing photo" in clean


def test_a_photo_seen_before_is_marked_and_names_the_other_visit(
    world: World, reviewer: Reader
) -> None:
    ids = [uuid4(), uuid4()]
    for audit_id in ids:
        audit = with_photos(world, jpeg(7), assignment_id=str(world.plan()))
        settle(world, audit_id, audit, jpeg(7))
        wait_for_the_picture(world, audit_id)
    page = reviewer.read(f"/review/{ids[1]}")
    assert "was part of other audits before: SH-001 2 Mar 2026" in page
    assert f'href="/console/visits/{ids[0]}"' in page
    clean = page[page.index('id="q-clean"') : page.index('id="q-receipt"')]
    assert "Photo seen before" in clean


def test_what_was_sent_before_and_noted_stands_beside_what_is_sent_now(
    world: World, reviewer: Reader
) -> None:
    audit_id = another(world, ALL_YES)
    answer = reviewer.decide(audit_id, "return", **{"note-clean": "Look at the corner"})
    assert answer.status_code == 303
    with world.app.app_context():
        assignment_id = str(db.session.get_one(Audit, audit_id).assignment_id)
    tag = world.call("hq", "GET", f"/audits/{audit_id}").headers["ETag"]
    again = world.audit(OTHER_ANSWERS, revision=2, assignment_id=assignment_id)
    assert world.put(again, audit_id, headers={"If-Match": tag}).status_code == 201
    page = reviewer.read(f"/review/{audit_id}")
    clean = page[page.index('id="q-clean"') : page.index('id="q-receipt"')]
    assert re.search(r"Revision 1:</span> Yes", clean)
    assert "Canary reviewer noted on revision 1:</span> Look at the corner" in clean
    assert "Revision 1" not in page[page.index('id="q-receipt"') : page.index('id="decision"')]


def test_the_sites_visit_before_is_compared(world: World, reviewer: Reader) -> None:
    before = another(world, ALL_YES)
    assert world.move(before, "approve").status_code == 200
    audit_id = another(world, OTHER_ANSWERS, conducted_at="2026-03-20T10:00:00+08:00")
    page = reviewer.read(f"/review/{audit_id}")
    assert f'href="/console/visits/{before}"' in page
    assert "Scored otherwise: 1" in page
    clean = page[page.index('id="q-clean"') : page.index('id="q-receipt"')]
    assert re.search(r"Visit before:</span> Yes", clean)
    assert "Visit before:</span>" not in page[page.index('id="q-receipt"') :]


def test_only_the_office_reviews(world: World) -> None:
    audit_id = another(world)
    page = Reader(world, "hq").read(f"/review/{audit_id}")
    for person in ("manager", "auditor"):
        reader = Reader(world, person)
        assert reader.get(f"/review/{audit_id}").status_code == 403
        own = {"key": dict(re.findall(r'name="(key)" value="(\w+)"', reader.get("/account").text))}
        fields = {"action": "approve", "version": "1", **own["key"]}
        sent = reader.client.post(f"/console/review/{audit_id}", data=fields)
        assert sent.status_code in (403, 404)
    assert state(world, audit_id) == "submitted"
    stranger = Reader(make_world(world.app), "hq")
    assert stranger.get(f"/review/{audit_id}").status_code == 404
    assert page

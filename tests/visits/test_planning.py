"""What may be planned: inside the campaign, once for each slot, and beyond a rule only by name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from audit_api.database import db
from audit_api.models import Activity, Assignment
from audit_api.services.checklists import versions
from audit_api.services.totals import of_visits
from audit_api.services.visits import assignments
from tests.calls import codes
from tests.world import ALL_YES, NOW, World, make_world, small_checklist

MARCH = ("2026-03-01", "2026-03-31")


def visit(world: World, **more: Any) -> dict[str, Any]:
    """A visit that nobody planned yet: of the other auditor."""
    return {
        "campaign_id": str(world.campaign_id),
        "site_id": str(world.site_id),
        "auditor_id": str(world.users["other_auditor"]),
        **more,
    }


def plan(world: World, **more: Any) -> TestResponse:
    return world.call("hq", "POST", "/assignments", visit(world, **more))


def patch(world: World, path: str, **sent: Any) -> TestResponse:
    tag = world.call("hq", "GET", path).headers["ETag"]
    return world.call("hq", "PATCH", path, sent, headers={"If-Match": tag})


def details(world: World, subject_id: str | UUID) -> dict[str, Any]:
    """What the activity says of the last act on a thing."""
    with world.app.app_context():
        acts = sa.select(Activity.details).where(Activity.subject_id == UUID(str(subject_id)))
        found: dict[str, Any] = db.session.scalars(acts.order_by(Activity.id.desc())).first()
        return found


def count(world: World) -> int:
    """How many visits are planned; the totals of them are exact."""
    with world.app.app_context():
        assert of_visits.differences(world.organisation_id) == []
        return len(db.session.scalars(assignments.listed(by=world.hq)).all())


OUTSIDE = [
    ({"starts_on": "2026-02-28"}, {"/starts_on": "outside_campaign"}),
    ({"ends_on": "2026-04-01"}, {"/ends_on": "outside_campaign"}),
    (
        {"starts_on": "2026-04-01", "ends_on": "2026-04-02"},
        {"/starts_on": "outside_campaign", "/ends_on": "outside_campaign"},
    ),
    ({"starts_on": "2026-03-09", "ends_on": "2026-03-08"}, {"/ends_on": "ends_before_start"}),
]


@pytest.mark.parametrize(("days", "expected"), OUTSIDE)
def test_a_window_lies_inside_its_campaign(
    world: World, days: dict[str, str], expected: dict[str, str]
) -> None:
    assert codes(plan(world, **days)) == expected
    moved = patch(world, f"/assignments/{world.assignment_id}", **days)
    assert (moved.status_code, codes(moved)) == (422, expected)
    assert count(world) == 1


def test_headquarters_may_go_beyond_the_campaign_and_say_why(world: World) -> None:
    why = "The shop opens late."
    planned = plan(world, ends_on="2026-04-02", override=why)
    assert (planned.status_code, planned.json["ends_on"]) == (201, "2026-04-02")
    assert "override" not in planned.json
    assert details(world, planned.json["id"])["override"] == why
    moved = patch(world, f"/assignments/{world.assignment_id}", ends_on="2026-04-09", override=why)
    assert moved.status_code == 200
    assert details(world, world.assignment_id)["override"] == why
    assert codes(plan(world, starts_on="2026-02-01", override=" ")) == {"/override": "length"}
    turned = plan(world, starts_on="2026-03-09", ends_on="2026-03-08", override=why)
    assert codes(turned) == {"/ends_on": "ends_before_start"}


def test_the_same_site_auditor_and_window_are_planned_once_or_by_name(world: World) -> None:
    first = plan(world)
    assert first.status_code == 201
    again = plan(world)
    assert (again.status_code, codes(again)) == (422, {"/site_id": "visit_planned_already"})
    assert plan(world, repeat=True).status_code == 201
    assert plan(world, starts_on="2026-03-02").status_code == 201
    other = world.call("hq", "POST", "/campaigns", campaign(world)).json["id"]
    assert codes(plan(world, campaign_id=other)) == {"/site_id": "visit_planned_already"}


def campaign(world: World) -> dict[str, Any]:
    return {
        "name": "Another",
        "checklist_version_id": str(world.version_id),
        "starts_on": MARCH[0],
        "ends_on": MARCH[1],
    }


@pytest.mark.parametrize("action", ["decline", "cancel"])
def test_a_visit_that_nobody_will_make_takes_no_slot(world: World, action: str) -> None:
    offered = plan(world, offer=True).json["id"]
    person = "other_auditor" if action == "decline" else "hq"
    moved = world.call(person, "POST", f"/assignments/{offered}/moves", {"action": action})
    assert moved.status_code == 200
    assert plan(world).status_code == 201


def test_a_change_does_not_make_two_visits_one(world: World) -> None:
    later = plan(world, starts_on="2026-03-02").json["id"]
    assert plan(world).status_code == 201
    moved = patch(world, f"/assignments/{later}", starts_on="2026-03-01")
    assert codes(moved) == {"/starts_on": "visit_planned_already"}
    auditor_id = str(world.users["other_auditor"])
    given = patch(world, f"/assignments/{world.assignment_id}", auditor_id=auditor_id)
    assert codes(given) == {"/auditor_id": "visit_planned_already"}
    named = patch(world, f"/assignments/{later}", starts_on="2026-03-01", repeat=True)
    assert named.status_code == 200
    same = patch(world, f"/assignments/{world.assignment_id}", ends_on="2026-03-31")
    assert same.status_code == 200


def test_of_eight_who_plan_the_same_visit_at_once_one_does(world: World) -> None:
    barrier = Barrier(8)

    def one(_: int) -> int:
        client = world.app.test_client()
        headers = {"Authorization": f"Bearer {world.tokens['hq']}"}
        barrier.wait()
        return client.post("/api/v1/assignments", json=visit(world), headers=headers).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(one, range(8))) == [201] + [422] * 7
    assert count(world) == 2


def test_many_visits_are_planned_by_one_call_in_their_order(world: World) -> None:
    days = [f"2026-03-{number:02}" for number in range(1, 31)]
    sent = [visit(world, starts_on=day, offer=number % 2 == 0) for number, day in enumerate(days)]
    planned = world.call("hq", "POST", "/assignments/batch", {"assignments": sent})
    assert planned.status_code == 201
    told = planned.json["assignments"]
    assert [each["starts_on"] for each in told] == days
    assert [each["state"] for each in told[:2]] == ["offered", "assigned"]
    assert count(world) == 31
    pulled = world.call("other_auditor", "GET", "/sync").json
    assert {each["id"] for each in pulled["assignments"]} == {each["id"] for each in told}


def test_every_fault_of_every_visit_is_told_and_none_is_planned(world: World) -> None:
    sent = [
        visit(world),
        visit(world, site_id=str(uuid4()), ends_on="2026-04-01"),
        visit(world),
        visit(world, auditor_id=str(world.users["manager"])),
        visit(world, campaign_id=str(uuid4()), repeat=True),
    ]
    refused = world.call("hq", "POST", "/assignments/batch", {"assignments": sent})
    assert (refused.status_code, codes(refused)) == (
        422,
        {
            "/assignments/1/site_id": "unknown_reference",
            "/assignments/1/ends_on": "outside_campaign",
            "/assignments/2/site_id": "visit_planned_already",
            "/assignments/3/auditor_id": "unknown_reference",
            "/assignments/4/campaign_id": "unknown_reference",
        },
    )
    assert count(world) == 1


@pytest.mark.parametrize("length", [0, 501])
def test_one_call_plans_1_to_500_visits(world: World, length: int) -> None:
    sent = {"assignments": [visit(world)] * length}
    assert codes(world.call("hq", "POST", "/assignments/batch", sent)) == {"/assignments": "length"}


def test_500_visits_are_planned_by_one_call(world: World) -> None:
    sent = {"assignments": [visit(world, repeat=True)] * 500}
    assert world.call("hq", "POST", "/assignments/batch", sent).status_code == 201
    assert count(world) == 501


def test_a_new_period_leaves_no_visit_outside_without_a_word(world: World) -> None:
    path = f"/campaigns/{world.campaign_id}"
    assert plan(world, starts_on="2026-03-10", ends_on="2026-03-12").status_code == 201
    shorter = patch(world, path, starts_on="2026-03-11", ends_on="2026-03-11")
    assert codes(shorter) == {
        "/starts_on": "visits_left_outside",
        "/ends_on": "visits_left_outside",
    }
    assert patch(world, path, starts_on="2026-02-01", ends_on="2026-04-30").status_code == 200
    named = patch(world, path, ends_on="2026-03-11", override="The client ended it.")
    assert named.status_code == 200
    assert details(world, world.campaign_id)["override"] == "The client ended it."
    # What lies outside already is no reason to be asked again.
    assert patch(world, path, ends_on="2026-03-10").status_code == 200
    gone = patch(world, path, starts_on="0001-01-01", ends_on="0001-01-01")
    assert codes(gone) == {"/ends_on": "visits_left_outside"}


def test_visits_that_nobody_will_make_hold_no_period(world: World) -> None:
    cancelled = f"/assignments/{world.assignment_id}/moves"
    assert world.call("hq", "POST", cancelled, {"action": "cancel"}).status_code == 200
    assert patch(world, f"/campaigns/{world.campaign_id}", ends_on="2026-03-05").status_code == 200


def test_counted_visits_keep_an_incomparable_checklist_out_unless_it_is_named(world: World) -> None:
    path = f"/campaigns/{world.campaign_id}"
    worse = version(world, points=7)
    audit_id = uuid4()
    assert world.put(world.audit(ALL_YES), audit_id).status_code == 201
    assert patch(world, path, checklist_version_id=worse).status_code == 200  # nothing counts yet
    assert patch(world, path, checklist_version_id=str(world.version_id)).status_code == 200
    assert world.move(audit_id, "approve").status_code == 200
    refused = patch(world, path, checklist_version_id=worse)
    assert codes(refused) == {"/checklist_version_id": "checklist_incomparable"}
    assert patch(world, path, checklist_version_id=version(world, hint="?")).status_code == 200
    named = patch(world, path, checklist_version_id=worse, accept_incomparable=True)
    assert (named.status_code, named.json["checklist_version_id"]) == (200, worse)
    assert details(world, world.campaign_id)["accept_incomparable"] is True


def version(world: World, *, points: int | None = None, hint: str = "") -> str:
    """Publish another version: one that scores otherwise, or one that only says something more."""
    document = small_checklist()
    question = document["touchpoints"][0]["questions"][0]
    if points is not None:
        question["points"] = points
    if hint:
        question["hint"] = {"en": hint}
    with world.app.app_context():
        published = versions.draft(document, by=world.hq, now=NOW)
        versions.publish(published, by=world.hq, now=NOW)
        db.session.commit()
        return str(published.id)


def test_another_organisations_visits_take_no_slot(world: World) -> None:
    other = make_world(world.app)
    assert plan(other).status_code == 201
    assert plan(world).status_code == 201
    with world.app.app_context():
        assert db.session.get(Assignment, world.assignment_id) is not None

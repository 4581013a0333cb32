"""Visits stand on a card beside the scores that they brought: by the same months and checklists."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from audit_api.database import db
from audit_api.models import Campaign
from audit_api.services.checklists import versions
from audit_api.services.totals import of_visits
from tests.world import NOW, World, make_world, small_checklist

MARCH, APRIL = date(2026, 3, 20), date(2026, 4, 10)
IN_MARCH, IN_APRIL = "2026-03-12T10:00:00+08:00", "2026-04-02T10:00:00+08:00"


@pytest.fixture
def world(app: Flask) -> World:
    """A world whose own visit is cancelled, so that a test plans all that there is."""
    world = make_world(app, review="none")
    cancel = world.call(
        "hq", "POST", f"/assignments/{world.assignment_id}/moves", {"action": "cancel"}
    )
    assert cancel.status_code == 200
    return world


def publish_other(world: World) -> tuple[UUID, str]:
    """Publish a checklist with another key; return its version and its digest."""
    with world.app.app_context():
        version = versions.draft(small_checklist(key="other"), by=world.hq, now=NOW)
        versions.publish(version, by=world.hq, now=NOW)
        db.session.commit()
        return version.id, str(version.digest)


def send(world: World, visit: UUID, when: str, **more: Any) -> UUID:
    audit_id = uuid4()
    sent = world.audit(assignment_id=str(visit), conducted_at=when, **more)
    assert world.put(sent, audit_id).status_code == 201
    return audit_id


def told(world: World, period: str, of: str = "", **query: str) -> tuple[int, int, int]:
    """What a card tells: visits planned, visits done, scores."""
    path = of or f"/sites/{world.site_id}"
    asked = {"period": period, **query}
    card = world.call("hq", "GET", f"{path}/scorecard", query_string=asked).json
    return card["visits"]["planned"], card["visits"]["done"], card["overall"]["n"]


def test_a_visit_counts_in_the_month_of_its_score_wherever_its_window_ends(world: World) -> None:
    early = world.plan(ends_on=APRIL, override="The site is closed in March.")
    late, missed = world.plan(ends_on=MARCH), world.plan(ends_on=MARCH)
    assert told(world, "2026-03") == (2, 0, 0)
    assert told(world, "2026-04") == (1, 0, 0)
    send(world, early, IN_MARCH)
    # What was made after its window waits for a reviewer.
    world.move(send(world, late, IN_APRIL), "approve", "hq")
    paths = "", f"/regions/{world.region_id}", "/organisation", f"/campaigns/{world.campaign_id}"
    for path in paths:
        assert told(world, "2026-03", path) == (2, 1, 1)
        assert told(world, "2026-04", path) == (1, 1, 1)
        assert told(world, "2026", path) == (3, 2, 2)
    assert missed not in (early, late)


def test_a_new_revision_takes_the_visit_to_its_own_month(world: World) -> None:
    world = reviewed(world)
    visit = world.plan(ends_on=MARCH)
    audit_id = send(world, visit, IN_MARCH)
    world.move(audit_id, "return", "hq", note="When was it?")
    read = world.call("hq", "GET", f"/audits/{audit_id}")
    anew = world.audit(assignment_id=str(visit), conducted_at=IN_APRIL, revision=2)
    tag = {"If-Match": read.headers["ETag"]}
    assert world.put(anew, audit_id, headers=tag).status_code == 201
    world.move(audit_id, "approve", "hq")
    assert told(world, "2026-03") == (0, 0, 0)
    assert told(world, "2026-04") == (1, 1, 1)
    with world.app.app_context():
        assert of_visits.differences(world.organisation_id) == []


def test_a_card_of_one_checklist_has_the_visits_made_with_it(world: World) -> None:
    version_id, digest = publish_other(world)
    campaign_id = add_campaign(world, version_id)
    with_small = world.plan(ends_on=MARCH)
    with_other = world.plan(ends_on=MARCH, campaign_id=campaign_id)
    world.plan(ends_on=MARCH, campaign_id=campaign_id)
    otherwise = world.plan(ends_on=MARCH)
    send(world, with_small, IN_MARCH)
    send(world, with_other, IN_MARCH, checklist=digest)
    send(world, otherwise, IN_MARCH, checklist=digest)
    paths = "", f"/regions/{world.region_id}", "/organisation"
    for path in paths:
        assert told(world, "2026-03", path) == (4, 3, 3)
        assert told(world, "2026-03", path, checklist="small") == (1, 1, 1)
        assert told(world, "2026-03", path, checklist="other") == (3, 2, 2)
        assert told(world, "2026-03", path, checklist="neither") == (0, 0, 0)


def test_what_was_made_stays_with_its_checklist_when_the_campaign_changes(world: World) -> None:
    made, to_be_made = world.plan(ends_on=MARCH), world.plan(ends_on=MARCH)
    send(world, made, IN_MARCH)
    version_id, digest = publish_other(world)
    path = f"/campaigns/{world.campaign_id}"
    tag = world.call("hq", "GET", path).headers["ETag"]
    change = {"checklist_version_id": str(version_id), "accept_incomparable": True}
    assert world.call("hq", "PATCH", path, change, headers={"If-Match": tag}).status_code == 200
    assert told(world, "2026-03", checklist="small") == (1, 1, 1)
    assert told(world, "2026-03", checklist="other") == (1, 0, 0)
    send(world, to_be_made, IN_MARCH, checklist=digest)
    assert told(world, "2026-03", checklist="other") == (1, 1, 1)


def reviewed(world: World) -> World:
    with world.app.app_context():
        db.session.get_one(Campaign, world.campaign_id).review = "always"
        db.session.commit()
    return world


def add_campaign(world: World, version_id: UUID) -> UUID:
    fields = {
        "name": "Another",
        "checklist_version_id": str(version_id),
        "review": "none",
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-31",
    }
    answer = world.call("hq", "POST", "/campaigns", fields)
    assert answer.status_code == 201, answer.json
    return UUID(answer.json["id"])

"""How far a campaign has come: each visit stands one way, and is counted in one statement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.rules.lifecycle import AssignmentAction
from audit_api.services import access
from audit_api.services.sites import regions, sites
from audit_api.services.totals import of_visits
from audit_api.services.visits import assignments, progress
from audit_api.services.visits.progress import NOTHING, Progress, Standing
from tests.statements import counted
from tests.world import NOW, World, make_world

DURING, AFTER = (datetime(2026, month, 2, 13, tzinfo=UTC) for month in (3, 4))


def whole(world: World, now: datetime = DURING) -> Progress:
    with world.app.app_context():
        found = progress.of_campaigns([world.campaign_id], by=world.hq, now=now)
        return found.get(world.campaign_id, NOTHING)


def move(world: World, assignment_id: UUID, action: AssignmentAction, person: str) -> None:
    call = world.call(person, "POST", f"/assignments/{assignment_id}/moves", {"action": action})
    assert call.status_code == 200


def audited(world: World, assignment_id: UUID, *actions: str) -> None:
    audit_id = uuid4()
    sent = world.audit(assignment_id=str(assignment_id))
    assert world.put(sent, audit_id).status_code == 201
    for action in actions:
        assert world.move(audit_id, action).status_code == 200


def test_each_visit_stands_as_its_audit_and_its_days_say(world: World) -> None:
    audited(world, world.assignment_id, "open", "approve")
    audited(world, world.plan(), "open", "reject")
    audited(world, world.plan())
    move(world, world.plan(offer=True), AssignmentAction.DECLINE, "auditor")
    move(world, world.plan(), AssignmentAction.CANCEL, "hq")
    world.plan()
    world.plan(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 1))
    assert whole(world) == Progress(
        counted=1, in_review=1, left_out=1, due=1, declined=1, late=1, cancelled=1
    )
    assert (whole(world).made, whole(world).planned) == (3, 6)
    # When all days are over, what was not made is late.
    assert whole(world, AFTER)._replace(late=0) == Progress(
        counted=1, in_review=1, left_out=1, cancelled=1
    )


def test_the_last_day_is_over_when_it_is_over_everywhere(world: World) -> None:
    assert whole(world, datetime(2026, 4, 1, 11, 59, tzinfo=UTC)).late == 0
    assert whole(world, datetime(2026, 4, 1, 12, tzinfo=UTC)).late == 1


def test_the_planned_and_the_made_are_those_of_the_totals(world: World) -> None:
    audited(world, world.assignment_id)
    world.plan()
    move(world, world.plan(), AssignmentAction.CANCEL, "hq")
    with world.app.app_context():
        cells = of_visits.stored(world.organisation_id).values()
        total = (sum(cell.planned for cell in cells), sum(cell.done for cell in cells))
    assert (whole(world).planned, whole(world).made) == total == (2, 1)


def test_a_region_counts_all_that_lies_in_it(world: World) -> None:
    with world.app.app_context():
        west = regions.add(by=world.hq, now=NOW, code="west", name="West")
        site = sites.add(
            by=world.hq,
            now=NOW,
            code="CD-1",
            name="Chengdu",
            region_id=west.id,
            time_zone="Asia/Shanghai",
        )
        west_id, site_id = west.id, site.id
        db.session.commit()
    world.plan(site_id=site_id)
    with world.app.app_context():
        found = progress.of_regions(world.campaign_id, by=world.hq, now=DURING)
        top = regions.find_code("cn", by=world.hq)
        assert found == {top.id: Progress(due=1), world.region_id: Progress(due=1)} | {
            west_id: Progress(due=1)
        }


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 2),
        ({"standing": Standing.DUE}, 1),
        ({"standing": Standing.CANCELLED}, 1),
        ({"standing": Standing.COUNTED}, 0),
        ({"region_id": "own"}, 2),
        ({"region_id": uuid4()}, 0),
        ({"auditor_id": "own"}, 2),
        ({"auditor_id": uuid4()}, 0),
    ],
)
def test_visits_are_found_by_how_they_stand_where_and_whose(
    world: World, wanted: dict[str, Any], count: int
) -> None:
    move(world, world.plan(), AssignmentAction.CANCEL, "hq")
    own = {"region_id": world.region_id, "auditor_id": world.users["auditor"]}
    asked: dict[str, Any] = {
        name: own[name] if value == "own" else value for name, value in wanted.items()
    }
    with world.app.app_context():
        select = progress.visits(world.campaign_id, by=world.hq, now=DURING, **asked)
        found = db.session.scalars(select).all()
        assert len(found) == count
        lines = progress.lines(found, by=world.hq, now=DURING)
        assert [line.assignment for line in lines] == found
        assert {(line.site_code, line.auditor_name) for line in lines} <= {
            ("SH-001", "Canary auditor")
        }


def test_the_counts_take_one_statement_however_many_visits(world: World) -> None:
    for _ in range(3):
        world.plan()
    with counted(world.app) as statements, world.app.app_context():
        progress.of_campaigns([world.campaign_id], by=world.hq, now=DURING)
        progress.of_regions(world.campaign_id, by=world.hq, now=DURING)
    assert len([each for each in statements if each.startswith("SELECT")]) == 2


def test_another_organisation_sees_nothing_and_a_manager_may_not_ask(world: World) -> None:
    other = make_world(world.app)
    with world.app.app_context():
        assert progress.of_campaigns([world.campaign_id], by=other.hq, now=DURING) == {}
        assert progress.of_regions(world.campaign_id, by=other.hq, now=DURING) == {}
        select = progress.visits(world.campaign_id, by=other.hq, now=DURING)
        assert db.session.scalars(select).all() == []
        assert progress.auditors(world.campaign_id, by=world.hq) == [
            (world.users["auditor"], "Canary auditor")
        ]
        manager = access.find_who(world.users["manager"], world.organisation_id)
        assert manager is not None
        with pytest.raises(Problem) as refused:
            progress.of_campaigns([world.campaign_id], by=manager, now=DURING)
        assert refused.value.kind is Kind.FORBIDDEN
        with pytest.raises(Problem):
            assignments.listed(by=manager)

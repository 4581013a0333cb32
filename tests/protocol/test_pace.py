"""A visit that took far less than the others with its checklist is seen by somebody first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Audit
from audit_api.rules.signals.pace import Pace
from audit_api.services.audits import pace
from tests.protocol.phone import detail, push, state
from tests.world import World, make_world

END = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which nothing is remembered of a pace."""
    monkeypatch.setattr(pace, "_LIFE", timedelta())
    return make_world(app, review="none")


def lasting(minutes: float) -> dict[str, Any]:
    began = END - timedelta(minutes=minutes)
    return {"started_at": began.isoformat(), "conducted_at": END.isoformat()}


def visit(world: World, minutes: list[float]) -> None:
    """Make a visit of so many minutes each, in one batch; all of them count."""
    items = [{"id": str(uuid4()), "audit": world.another(**lasting(each))} for each in minutes]
    results = push(world, *items)
    assert {result["answer"]["receipt"]["state"] for result in results} == {"approved"}


def put(world: World, minutes: float) -> tuple[str, dict[str, Any] | None]:
    """Put a visit of so many minutes; return its state, and what tells that it was too fast."""
    audit_id = uuid4()
    told = state(world.put(world.another(**lasting(minutes)), audit_id))
    signals = {each["kind"]: each["values"] for each in detail(world, audit_id)["signals"]}
    return told, signals.get("too_fast")


def seconds(world: World, audit_id: UUID) -> int | None:
    with world.app.app_context():
        return db.session.scalar(sa.select(Audit.seconds).where(Audit.id == audit_id))


def test_from_thirty_visits_on_their_median_tells_what_is_too_fast(world: World) -> None:
    visit(world, [20] * 29)
    assert put(world, 7) == ("approved", None)
    measured = {"seconds": 420, "median": 1200, "visits": 30}
    assert put(world, 7) == ("submitted", measured)
    assert put(world, 9) == ("approved", None)
    assert put(world, 0.5) == ("submitted", {"seconds": 30, "least": 42})


def test_the_visits_that_count_make_the_pace(world: World) -> None:
    visit(world, [20] * 30)
    quick = [uuid4(), uuid4()]
    for audit_id in quick:
        assert state(world.put(world.another(**lasting(7)), audit_id)) == "submitted"
        assert world.move(audit_id, "approve").status_code == 200
    # A reviewer has found two of 32 honest, which is more than one in twenty.
    assert put(world, 7) == ("approved", None)
    for audit_id in quick:
        assert world.move(audit_id, "exclude", "hq").status_code == 200
    assert put(world, 7) == ("submitted", {"seconds": 420, "median": 1200, "visits": 31})


def test_another_version_has_a_pace_of_its_own(world: World) -> None:
    visit(world, [20] * 30)
    other = make_world(world.app, review="none")
    assert put(other, 7) == ("approved", None)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({}, None),
        ({"started_at": None}, None),
        ({"started_at": "2026-03-02T14:20:00.25+08:00"}, 599),
        ({"started_at": "2026-03-02T06:30:00Z"}, 0),
        ({"started_at": "2026-03-02T14:30:01+08:00"}, None),
        ({"started_at": "1900-01-02T00:00:00Z"}, 3_981_335_400),
    ],
)
def test_how_long_a_visit_took_is_kept_as_far_as_it_is_known(
    world: World, times: dict[str, Any], expected: int | None
) -> None:
    audit_id = uuid4()
    assert world.put(world.audit(**times), audit_id).status_code == 201
    assert seconds(world, audit_id) == expected


def test_a_later_revision_tells_anew_how_long_the_visit_took(world: World) -> None:
    visit(world, [20] * 30)
    audit_id = uuid4()
    world.put(world.another(**lasting(7)), audit_id)
    tag = world.move(audit_id, "return", note="So soon?").headers["ETag"]
    visit_id = detail(world, audit_id)["assignment_id"]
    again = world.audit(assignment_id=visit_id, revision=2, **lasting(17))
    assert world.put(again, audit_id, headers={"If-Match": tag}).status_code == 201
    assert seconds(world, audit_id) == 1020
    assert "too_fast" not in {each["kind"] for each in detail(world, audit_id)["signals"]}


def test_a_pace_is_remembered_for_five_minutes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_LIFE", timedelta(minutes=5))
    visit(world, [20] * 30)
    now = datetime.now(UTC) + timedelta(days=1)
    twenty_minutes = Pace(visits=30, median=1200, fifth=1200)
    with world.app.app_context():
        assert pace.of(world.version_id, now=now) == twenty_minutes
        db.session.execute(sa.update(Audit).values(seconds=600))
        with pytest.MonkeyPatch.context() as broken:
            broken.setattr(db.session, "scalars", None)
            assert pace.of(world.version_id, now=now + timedelta(seconds=299)) == twenty_minutes
        # A clock that was set back makes nothing last for ever.
        for took, moved in ((600, timedelta(seconds=-1)), (900, timedelta(seconds=299))):
            db.session.execute(sa.update(Audit).values(seconds=took))
            found = pace.of(world.version_id, now=now + moved)
            assert found == Pace(visits=30, median=took, fifth=took)


def test_a_pace_is_that_of_the_latest_visits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    visit(world, [60] * 20)
    visit(world, [20] * 30)
    monkeypatch.setattr(pace, "MAX_VISITS", 30)
    with world.app.app_context():
        found = pace.of(world.version_id, now=datetime.now(UTC))
    assert found == Pace(visits=30, median=1200, fifth=1200)


def test_a_process_remembers_a_limited_number_of_versions(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_MAX_VERSIONS", 3)
    with world.app.app_context():
        for _ in range(10):
            pace.of(uuid4(), now=END)
            assert len(pace._memory) <= 3

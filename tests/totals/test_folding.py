"""A batch of changes is worked out beside everybody else, and written once or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db, first_id, new_id
from audit_api.models import FoldedTotal, TotalChange
from audit_api.services.totals import folding
from audit_api.worker import Worker
from tests.faults.races import at_once
from tests.protocol.phone import lenient_checklist, send
from tests.world import World, make_world


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    """An organisation whose changes nobody folds but the test."""
    monkeypatch.setattr(Worker, "look", lambda self: None)
    return make_world(app, review="none", checklist=lenient_checklist())


def visit(world: World, count: int) -> None:
    for _ in range(count):
        send(world, world.another())


def gather(world: World) -> folding.Batch:
    with world.app.app_context():
        batch = folding.gather(world.organisation_id, most=folding.BATCH)
        db.session.rollback()
    return batch


def fold(world: World, batch: folding.Batch) -> bool:
    with world.app.app_context():
        folded = folding.fold(batch)
        db.session.commit()
    return folded


def waiting(world: World) -> int:
    with world.app.app_context():
        found = db.session.scalars(
            sa.select(TotalChange.id).where(TotalChange.organisation_id == world.organisation_id)
        ).all()
        assert folding.differences(world.organisation_id) == []
        db.session.rollback()
    return len(found)


def test_a_batch_is_written_once_though_two_have_gathered_it(world: World) -> None:
    visit(world, 2)
    batches = [gather(world), gather(world)]
    assert [fold(world, batch) for batch in batches] == [True, False]
    assert waiting(world) == 0


def test_a_batch_is_void_once_a_site_has_moved(world: World) -> None:
    visit(world, 1)
    fold(world, gather(world))
    visit(world, 1)
    batch = gather(world)
    path = f"/sites/{world.site_id}"
    tag = world.call("hq", "GET", path).headers["ETag"]
    moved = world.call("hq", "PATCH", path, {"kind": "competitor"}, headers={"If-Match": tag})
    assert moved.status_code == 200, moved.json
    assert not fold(world, batch)
    assert waiting(world) == 1
    assert fold(world, gather(world))
    assert waiting(world) == 0


def test_what_arrives_while_a_batch_is_worked_out_waits_for_the_next(world: World) -> None:
    visit(world, 1)
    batch = gather(world)
    visit(world, 1)
    assert fold(world, batch)
    assert waiting(world) == 1
    assert fold(world, gather(world))
    assert waiting(world) == 0


def test_many_workers_fold_each_change_once(world: World) -> None:
    visit(world, 6)
    worker = Worker(world.app)

    def work() -> int:
        with world.app.app_context():
            return worker.fold(world.organisation_id)

    assert sum(at_once([work] * 4)) == 6
    assert waiting(world) == 0


def test_a_month_of_a_scope_is_one_row_however_much_it_holds(world: World) -> None:
    visit(world, 3)
    batch = gather(world)
    # The site, its region, the organisation and the campaign.
    assert len(batch.rows) == 4
    assert fold(world, batch)
    visit(world, 2)
    assert fold(world, gather(world))
    with world.app.app_context():
        rows = db.session.scalars(
            sa.select(FoldedTotal.audits).where(
                FoldedTotal.scope_id.in_([row["scope_id"] for row in batch.rows])
            )
        ).all()
        db.session.rollback()
    assert list(rows) == [5] * 4


def test_changes_wait_for_company_until_they_are_ripe_or_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(world, 2)
    now = datetime.now(UTC)

    def to_fold(waiting_since: datetime) -> bool:
        with world.app.app_context():
            found = folding.organisations_to_fold(waiting_since=waiting_since)
            db.session.rollback()
        return world.organisation_id in found

    assert not to_fold(now - timedelta(minutes=1))
    assert to_fold(now + timedelta(seconds=1))
    monkeypatch.setattr(folding, "BATCH", 2)
    assert to_fold(now - timedelta(minutes=1))


def test_one_process_at_a_time_has_the_turn_to_fold(world: World) -> None:
    now = datetime.now(UTC)

    def takes(at: datetime) -> bool:
        with world.app.app_context():
            until = at + timedelta(seconds=2)
            found = folding.take_turn(world.organisation_id, now=at, until=until)
            db.session.commit()
        return found

    turns = [takes(now + timedelta(seconds=seconds)) for seconds in (0, 1, 2, 3)]
    assert turns == [True, False, True, False]


def test_ids_are_in_the_order_of_their_moments() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    made: UUID = new_id()
    assert first_id(before) < made < first_id(datetime.now(UTC) + timedelta(milliseconds=1))

"""The worker folds a batch at a time: jobs come between, and nobody's trouble is another's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Revision, TotalChange
from audit_api.services import jobs
from audit_api.services.jobs import Length
from audit_api.services.totals import folding
from audit_api.worker import Worker
from tests.pairs import PAIRS, fresh_app
from tests.world import World, make_world


@pytest.fixture(params=PAIRS)
def alone(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """An application whose own worker never starts, and that folds one change at a time."""
    monkeypatch.setattr(Worker, "start", lambda self: None)
    monkeypatch.setattr(folding, "BATCH", 1)
    with fresh_app(request, tmp_path) as app:
        yield app


def test_jobs_come_between_two_batches(alone: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(alone, audits=3)
    done: list[str] = []
    for module, name in ((folding, "gather"), (jobs, "claim")):
        monkeypatch.setattr(module, name, noted(done, name, getattr(module, name)))
    Worker(alone).work_off()
    assert done == ["claim", "gather"] * 4


def test_one_organisation_that_cannot_be_folded_keeps_no_other_waiting(alone: Flask) -> None:
    broken, sound = busy(alone, audits=2), busy(alone, audits=2)
    with alone.app_context():
        db.session.execute(sa.update(Revision).where(of(broken)).values(score="{}"))
        db.session.commit()
    Worker(alone).work_off()
    assert waiting(alone, broken) == 2
    assert waiting(alone, sound) == 0


def test_a_closing_worker_leaves_the_rest_to_the_next(alone: Flask) -> None:
    world, closing = busy(alone, audits=2), Worker(alone)
    closing.close()
    closing.work_off()
    assert waiting(alone, world) == 2
    Worker(alone).work_off()
    assert waiting(alone, world) == 0


def busy(app: Flask, *, audits: int) -> World:
    """An organisation with so many audits whose totals wait to be folded."""
    world = make_world(app, review="none")
    for _ in range(audits):
        assert world.put(world.another(), uuid4()).status_code == 201
    assert waiting(app, world) == audits
    return world


def of(world: World) -> sa.ColumnElement[bool]:
    changed = sa.select(TotalChange.audit_id).where(
        TotalChange.organisation_id == world.organisation_id
    )
    return Revision.audit_id.in_(changed)


def waiting(app: Flask, world: World) -> int:
    counted = sa.select(sa.func.count()).where(TotalChange.organisation_id == world.organisation_id)
    with app.app_context():
        return db.session.scalar(counted) or 0


def noted(done: list[str], name: str, function: Any) -> Any:
    """The function, that notes its name when this thread calls it, but not for long work: the
    workers of other tests' applications are in threads of their own."""
    here = threading.get_ident()

    def call(*args: Any, **named: Any) -> Any:
        if threading.get_ident() == here and Length.LONG not in args:
            done.append(name)
        return function(*args, **named)

    return call

"""A job of a kind that the worker does not know fails visibly; it passes for no other kind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Job
from audit_api.services import jobs
from audit_api.worker import Worker
from tests.pairs import PAIRS, fresh_pair, running
from tests.world import make_world


@pytest.fixture(params=PAIRS)
def alone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application with a broker that nobody listens to: jobs wait until a test takes them."""
    with (
        fresh_pair(request, tmp_path) as settings,
        running(settings | {"BROKER_URL": "memory://"}) as app,
    ):
        yield app


def test_a_job_of_an_unknown_kind_fails_visibly(
    alone: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    world = make_world(alone)
    past = datetime.now(UTC) - timedelta(days=1)
    with alone.app_context():
        jobs.request(
            "photo.paint", "photo.paint:1", {}, organisation_id=world.organisation_id, now=past
        )
        db.session.commit()
    logging.getLogger("audit_api").addHandler(caplog.handler)
    try:
        for attempt in range(1, jobs.MAX_ATTEMPTS + 1):
            assert Worker(alone).work_off() == 1
            job = stored(alone)
            assert job.attempts == attempt
            known = "export.data, export.draw, export.reports, photo.prepare"
            assert job.error == f"no worker knows jobs of kind 'photo.paint'; known: {known}"
            make_due(alone, past)
    finally:
        logging.getLogger("audit_api").removeHandler(caplog.handler)
    assert stored(alone).state == "failed"
    assert "no worker knows jobs of kind 'photo.paint'" in caplog.text
    assert Worker(alone).work_off() == 0


def stored(app: Flask) -> Job:
    with app.app_context():
        job = db.session.scalars(sa.select(Job)).one()
        db.session.expunge(job)
        return job


def make_due(app: Flask, now: datetime) -> None:
    with app.app_context():
        db.session.execute(sa.update(Job).values(due_at=now))
        db.session.commit()

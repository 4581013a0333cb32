"""A worker that dies holding a job loses nothing: its lease runs out and another takes the job."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import Job
from audit_api.services import jobs
from audit_api.worker import Worker
from tests import patience
from tests.pairs import PAIRS, fresh_pair, running
from tests.protocol.phone import settle, with_photos
from tests.servers.product import ROOT
from tests.world import World, jpeg, make_world

LEASE = timedelta(seconds=1)

_HANGS = """
import json, sys
from datetime import timedelta
from audit_api.app import create_app
from audit_api.worker import Worker

class Hanging:
    def __init__(self, store): self.store = store
    def __getattr__(self, name): return getattr(self.store, name)
    def open(self, key):
        print("taken", flush=True)
        sys.stdin.read()

settings, seconds = json.loads(sys.argv[1])
app = create_app(settings)
app.extensions["audit_photo_store"] = Hanging(app.extensions["audit_photo_store"])
Worker(app, lease=timedelta(seconds=seconds)).work_off()
"""


@pytest.fixture(scope="module", params=PAIRS)
def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """A database of this file's own: nobody else's worker takes a job out of it."""
    with fresh_pair(request, tmp_path_factory.mktemp("worker")) as settings:
        yield settings


@pytest.fixture
def alone(settings: dict[str, Any]) -> Iterator[Flask]:
    """The application with a broker that nobody listens to: jobs wait until a test takes them."""
    with running(settings | {"BROKER_URL": "memory://"}) as app:
        yield app


@contextmanager
def holding(settings: dict[str, Any]) -> Iterator[None]:
    """Run a worker process that takes the due job and never ends it; kill it at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HANGS, json.dumps([settings, LEASE.total_seconds()])],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"taken\n"
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def jobs_of(world: World) -> list[tuple[str, int]]:
    with world.app.app_context():
        rows = db.session.execute(
            sa.select(Job.state, Job.attempts).where(Job.organisation_id == world.organisation_id)
        )
        return [(state, attempts) for state, attempts in rows]


def photo_states(world: World, audit_id: UUID) -> list[str]:
    shown = world.call("reviewer", "GET", f"/audits/{audit_id}/photos").json
    return [photo["state"] for photo in shown]


@pytest.mark.slow
def test_the_job_of_a_killed_worker_is_taken_up_after_its_lease(
    alone: Flask, settings: dict[str, Any]
) -> None:
    world = make_world(alone)
    audit_id, photo = uuid4(), jpeg(1)
    settle(world, audit_id, with_photos(world, photo), photo)
    another = Worker(alone, lease=LEASE)
    try:
        with holding(settings):
            assert jobs_of(world) == [("running", 1)]
        give_up = time.monotonic() + patience.SECONDS
        while not another.work_off():
            assert time.monotonic() < give_up
        assert jobs_of(world) == [("done", 2)]
    finally:
        another.close()
    assert photo_states(world, audit_id) == ["ready"]


@pytest.mark.slow
def test_a_server_that_starts_again_finishes_what_the_one_before_it_left(
    alone: Flask, settings: dict[str, Any]
) -> None:
    """Nobody settles a photo after the start, and nobody else says that there is a job."""
    world = make_world(alone)
    audit_id, photo = uuid4(), jpeg(1)
    settle(world, audit_id, with_photos(world, photo), photo)
    assert jobs_of(world) == [("queued", 0)]
    with running(settings) as started:
        assert started.test_client().get("/healthz").status_code == 200
        give_up = time.monotonic() + patience.SECONDS
        while jobs_of(world) != [("done", 1)]:
            assert time.monotonic() < give_up
            time.sleep(0.05)
    assert photo_states(world, audit_id) == ["ready"]


def test_a_job_is_not_taken_while_its_lease_runs(alone: Flask) -> None:
    world, now = make_world(alone), datetime.now(UTC)
    with alone.app_context():
        _ask(world, now)
        taken = _claim(now)
        assert taken is not None
        assert _claim(now + LEASE / 2) is None
        again = _claim(now + LEASE)
        assert again is not None
        assert (again.id, again.attempts) == (taken.id, 2)
        jobs.finish(again, now=now)
        db.session.commit()


def test_a_job_that_ends_every_worker_fails_visibly(alone: Flask) -> None:
    world, now = make_world(alone), datetime.now(UTC)
    with alone.app_context():
        _ask(world, now)
        for attempt in range(jobs.MAX_ATTEMPTS):
            assert _claim(now + attempt * LEASE) is not None
        assert _claim(now + jobs.MAX_ATTEMPTS * LEASE) is None
        job = db.session.scalars(
            sa.select(Job).where(Job.organisation_id == world.organisation_id)
        ).one()
        assert (job.state, job.finished_at is not None) == ("failed", True)
        assert job.error


def test_work_asked_for_twice_is_one_job(alone: Flask) -> None:
    world, now = make_world(alone), datetime.now(UTC)
    with alone.app_context():
        for _ in range(2):
            _ask(world, now)
    assert jobs_of(world) == [("queued", 0)]
    with alone.app_context():
        job = _claim(now)
        assert job is not None
        jobs.finish(job, now=now)
        db.session.commit()


def _ask(world: World, now: datetime) -> None:
    jobs.request(
        "photo.prepare",
        f"test:{world.organisation_id}",
        {},
        organisation_id=world.organisation_id,
        now=now,
    )
    db.session.commit()


def _claim(now: datetime) -> Job | None:
    job = jobs.claim(now=now, lease=LEASE)
    db.session.commit()
    return job

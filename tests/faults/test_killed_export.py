"""An export whose workers are killed, again and again: it is finished all the same, and once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from audit_api.app import create_app
from audit_api.config import PREFIX
from audit_api.database import db
from audit_api.models import DrawnReport, Job
from audit_api.worker import Worker
from tests import chance, patience
from tests.exports.archives import ask, audits, fetched, get, link, opened
from tests.faults.short_leases import LEASE, hurry
from tests.pairs import PAIRS, SECRET, fresh_pair, running
from tests.servers.product import ROOT
from tests.servers.redis import redis_server
from tests.world import World, make_world

pytestmark = [pytest.mark.slow, pytest.mark.chance]

AUDITS = 12
KILLS, CELERY_KILLS = chance.times(13), chance.times(3)
"""Of each pair of database and store; of Celery's worker, which takes seconds to start."""
LONGEST_LIFE = 0.6

_FORKING = get_context("forkserver")


def live(settings: dict[str, Any]) -> None:
    """Do long work until this process is killed."""
    hurry(on_s3=settings.get("PHOTO_STORE") == "s3")
    worker = Worker(create_app(settings, commands=False), lease=LEASE)
    while True:
        if not worker.look_for_long_work():
            time.sleep(0.01)


@pytest.fixture(params=PAIRS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, Any]]:
    with fresh_pair(request, tmp_path) as settings:
        yield settings | {"BROKER_URL": "memory://"}


def test_killed_workers_finish_every_export_once(settings: dict[str, Any]) -> None:
    _FORKING.set_forkserver_preload(["audit_api.app", __name__])
    draw = random.Random(chance.seed(14))

    def life() -> None:
        worker = _FORKING.Process(target=live, args=(settings,), daemon=True)
        worker.start()
        worker.join(draw.uniform(0, LONGEST_LIFE))
        worker.kill()
        worker.join()

    with running(settings) as app:
        world = make_world(app)
        audits(world, AUDITS, approved=AUDITS - 1)
        killed = number = 0
        while killed < KILLS:
            killed += finished(world, number, life)
            number += 1


def test_killed_celery_workers_finish_an_export_once(
    sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "audit.db").write_bytes(sqlite_template.read_bytes())
    draw = random.Random(chance.seed(15))
    with redis_server() as broker:
        settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET, "BROKER_URL": broker}
        with running(settings) as app:
            world = make_world(app)
            audits(world, AUDITS, approved=AUDITS - 1)

            def life() -> None:
                # As the beat says it every few seconds.
                app.extensions["celery"].send_task("audit.look_for_long_work")
                with celery(settings) as worker:
                    wait_for_work(world)
                    time.sleep(draw.uniform(0, LONGEST_LIFE))
                    os.killpg(worker.pid, signal.SIGKILL)

            killed = number = 0
            while killed < CELERY_KILLS:
                killed += finished(world, number, life)
                number += 1


@contextmanager
def celery(settings: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker with a short lease."""
    environment = os.environ | {PREFIX + name: value for name, value in settings.items()}
    options = ["--pool", "solo", "--without-gossip", "--without-mingle", "--loglevel", "ERROR"]
    with subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "tests.faults.short_leases:celery", "worker", *options],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    ) as worker:
        yield worker


def wait_for_work(world: World) -> None:
    """Wait until a worker has something in hand, or nothing is left to do."""
    give_up = time.monotonic() + patience.SECONDS
    with world.app.app_context():
        while time.monotonic() < give_up:
            states = set(db.session.scalars(sa.select(Job.state)))
            db.session.rollback()
            if "running" in states or "queued" not in states:
                return
            time.sleep(0.02)


def finished(world: World, number: int, life: Callable[[], None]) -> int:
    """Have an export made in lives of workers that end with a kill; return how many it took."""
    with world.app.app_context():
        # Kept reports would leave nothing to draw.
        db.session.execute(sa.delete(DrawnReport))
        db.session.commit()
    first = date(2000, 1, 1) + timedelta(days=number)
    export = ask(world, language="en", filter={"business_date_from": first.isoformat()})
    give_up, lives = time.monotonic() + patience.SECONDS, 0
    while (told := get(world, export["id"]))["state"] != "done":
        assert time.monotonic() < give_up, told
        assert told["state"] in ("queued", "running"), told
        life()
        lives += 1
    assert (told["done"], told["total"]) == (AUDITS, AUDITS)
    assert told["left_out"] == {"not_counted": 1}
    data = fetched(world, link(world, export["id"]))
    assert len(data) == told["size"]
    archive = opened(data)
    assert len({each["audit_id"] for each in archive.manifest["files"]}) == AUDITS - 1
    return lives

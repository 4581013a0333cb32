"""An export whose workers are killed at any step: it is finished all the same, and once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from audit_api.config import PREFIX
from audit_api.database import db
from audit_api.models import DrawnReport
from tests import chance, patience
from tests.exports.archives import ask, audits, fetched, get, link, opened
from tests.faults.mortal import LEASE, STEPS, live
from tests.pairs import PAIRS, SECRET, fresh_pair, running
from tests.servers.product import ROOT
from tests.servers.redis import redis_server
from tests.world import World, make_world

pytestmark = [pytest.mark.slow, pytest.mark.chance]

AUDITS = 8
KILLS, CELERY_KILLS = (250, 40) if chance.SOAK else (4, 2)
"""Of each pair of database and store; of Celery's worker, which takes seconds to start."""
LONGEST_LIFE = 60
"""In steps.  Nobody dies six times in one piece, of which each has a few."""

_FORKING = get_context("forkserver")


@pytest.fixture(params=PAIRS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, Any]]:
    with fresh_pair(request, tmp_path) as settings:
        yield settings | {"BROKER_URL": "memory://"}


def test_killed_workers_finish_every_export_once(settings: dict[str, Any]) -> None:
    _FORKING.set_forkserver_preload(["tests.faults.mortal"])
    draw = random.Random(chance.seed(14))

    def life(is_over: Callable[[], bool]) -> None:
        args = settings, draw.randint(1, LONGEST_LIFE)
        worker = _FORKING.Process(target=live, args=args, daemon=True)
        worker.start()
        while worker.is_alive() and not is_over():
            worker.join(0.05)
        worker.kill()
        worker.join()

    with running(settings) as app:
        finish_exports(make_world(app), KILLS, life)


def test_killed_celery_workers_finish_every_export_once(
    sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "audit.db").write_bytes(sqlite_template.read_bytes())
    draw = random.Random(chance.seed(15))
    options = ["--pool", "solo", "--without-gossip", "--without-mingle", "--loglevel", "ERROR"]
    command = [sys.executable, "-m", "celery", "-A", "tests.faults.mortal:celery", "worker"]
    with redis_server() as broker:
        settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET, "BROKER_URL": broker}
        environment = os.environ | {PREFIX + name: value for name, value in settings.items()}

        def life(is_over: Callable[[], bool]) -> None:
            steps = {STEPS: str(draw.randint(1, LONGEST_LIFE))}
            with subprocess.Popen(
                [*command, *options], cwd=ROOT, env=environment | steps
            ) as worker:
                while worker.poll() is None and not is_over():
                    # As the beat says it every few seconds.
                    app.extensions["celery"].send_task("audit.look_for_long_work")
                    time.sleep(LEASE.total_seconds())
                worker.kill()

        with running(settings) as app:
            finish_exports(make_world(app), CELERY_KILLS, life)


def finish_exports(world: World, kills: int, life: Callable[[Callable[[], bool]], None]) -> None:
    """Have exports made in lives of workers, until so many have died."""
    audits(world, AUDITS, approved=AUDITS - 1)
    killed = number = 0
    while killed < kills:
        killed += finished(world, number, life)
        number += 1


def finished(world: World, number: int, life: Callable[[Callable[[], bool]], None]) -> int:
    """Have an export made in lives of workers that end with a kill; return how many it took."""
    with world.app.app_context():
        # Kept reports would leave nothing to draw.
        db.session.execute(sa.delete(DrawnReport))
        db.session.commit()
    first = date(2000, 1, 1) + timedelta(days=number)
    export = ask(world, language="en", filter={"business_date_from": first.isoformat()})

    def is_over() -> bool:
        return get(world, export["id"])["state"] not in ("queued", "running")

    give_up, lives = time.monotonic() + patience.SECONDS, 0
    while not is_over():
        assert time.monotonic() < give_up, get(world, export["id"])
        life(is_over)
        lives += 1
    told = get(world, export["id"])
    assert (told["state"], told["done"], told["total"]) == ("done", AUDITS, AUDITS), told
    assert told["left_out"] == {"not_counted": 1}
    data = fetched(world, link(world, export["id"]))
    assert len(data) == told["size"]
    archive = opened(data)
    assert len({each["audit_id"] for each in archive.manifest["files"]}) == AUDITS - 1
    return lives

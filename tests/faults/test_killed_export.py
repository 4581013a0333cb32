"""An export whose workers are killed at any step: it is finished all the same, and once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from audit_api.config import PREFIX
from audit_api.database import db
from audit_api.models import DrawnReport
from audit_api.services.datasets import OBSERVATIONS, Format
from audit_api.services.exports.data_sets import DataRequest
from tests import chance, patience
from tests.datasets.written import READERS
from tests.exports.archives import ask, ask_for_rows, audits, fetched, get, link, opened
from tests.faults.mortal import LEASE, STEPS, live
from tests.pairs import PAIRS, SECRET, fresh_pair, running
from tests.servers.product import ROOT
from tests.servers.redis import redis_server
from tests.world import World, make_world

pytestmark = [pytest.mark.slow, pytest.mark.chance]

AUDITS, VISITS = 8, 20
"""Of which reports are drawn, and of which rows are written."""
KILLS, ROWS_KILLS, CELERY_KILLS = (250, 150, 40) if chance.SOAK else (4, 4, 2)
"""Of each pair of database and store; of Celery's worker, which takes seconds to start."""
LONGEST_LIFE = 60
"""In steps.  Nobody dies six times in one piece, of which each has a few."""

LONGEST_WRITING = 30
"""The same of whoever writes a data set, which is one piece of some fifteen steps."""

_FORKING = get_context("forkserver")

_days = count()
NOW = datetime.now(UTC)

Life = Callable[[Callable[[], bool]], None]
"""A worker's, until it is killed or nothing is left to do."""


@pytest.fixture(params=PAIRS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, Any]]:
    with fresh_pair(request, tmp_path) as settings:
        yield settings | {"BROKER_URL": "memory://"}


def test_killed_workers_finish_every_export_once(settings: dict[str, Any]) -> None:
    life = lives(settings, random.Random(chance.seed(14)), LONGEST_LIFE)
    with running(settings) as app:
        finish_exports(make_world(app), KILLS, life)


def test_killed_workers_write_every_data_set_once(settings: dict[str, Any]) -> None:
    life = lives(settings, random.Random(chance.seed(16)), LONGEST_WRITING)
    with running(settings) as app:
        world = make_world(app)
        audits(world, VISITS, approved=VISITS)
        formats = cycle(Format)
        killed = 0
        while killed < ROWS_KILLS:
            killed += written(world, next(formats), life)


def lives(settings: dict[str, Any], draw: random.Random, longest: int) -> Life:
    """Return the life of a worker that ends after some steps, at most `longest`."""
    _FORKING.set_forkserver_preload(["tests.faults.mortal"])

    def life(is_over: Callable[[], bool]) -> None:
        args = settings, draw.randint(1, longest)
        worker = _FORKING.Process(target=live, args=args, daemon=True)
        worker.start()
        while worker.is_alive() and not is_over():
            worker.join(0.05)
        worker.kill()
        worker.join()

    return life


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


def finish_exports(world: World, kills: int, life: Life) -> None:
    """Have exports made in lives of workers, until so many have died."""
    audits(world, AUDITS, approved=AUDITS - 1)
    killed = number = 0
    while killed < kills:
        killed += finished(world, number, life)
        number += 1


def finished(world: World, number: int, life: Life) -> int:
    """Have an export made in lives of workers that end with a kill; return how many it took."""
    with world.app.app_context():
        # Kept reports would leave nothing to draw.
        db.session.execute(sa.delete(DrawnReport))
        db.session.commit()
    first = date(2000, 1, 1) + timedelta(days=number)
    export = ask(world, language="en", filter={"business_date_from": first.isoformat()})

    lives = lived(world, export["id"], life)
    told = get(world, export["id"])
    assert (told["state"], told["done"], told["total"]) == ("done", AUDITS, AUDITS), told
    assert told["left_out"] == {"not_counted": 1}
    data = fetched(world, link(world, export["id"]))
    assert len(data) == told["size"]
    archive = opened(data)
    assert len({each["audit_id"] for each in archive.manifest["files"]}) == AUDITS - 1
    return lives


def written(world: World, format: Format, life: Life) -> int:
    """Have a data set written in lives of workers that end with a kill; return how many it took."""
    first = date(2000, 1, 1) + timedelta(days=next(_days))
    asked = {"filter": {"business_date_from": first.isoformat()}}
    answer = ask_for_rows(world, "observations", format, **asked).get_json()
    lives = lived(world, answer["id"], life)
    while (told := get(world, answer["id"]))["state"] == "failed":
        # Six kills in a row are taken for the job's fault, until somebody says that they are not.
        assert told["error"] == "no worker came to the end of it"
        assert world.call("hq", "POST", f"/exports/{answer['id']}/retry").status_code == 202
        lives += lived(world, answer["id"], life)
    assert (told["state"], told["done"], told["total"]) == ("done", VISITS, VISITS), told
    data = fetched(world, link(world, told["id"]))
    assert len(data) == told["size"]
    found = READERS[format](OBSERVATIONS, DataRequest("", format, "en").request(NOW), data)
    rows = Counter(str(row["audit_id"]) for row in found)
    assert (len(rows), {*rows.values()}) == (VISITS, {4})
    return lives


def lived(world: World, export_id: str, life: Life) -> int:
    """Have workers live until an export has ended; return how many it took."""

    def is_over() -> bool:
        return get(world, export_id)["state"] not in ("queued", "running")

    give_up, lives = time.monotonic() + patience.SECONDS, 0
    while not is_over():
        assert time.monotonic() < give_up, get(world, export_id)
        life(is_over)
        lives += 1
    return lives

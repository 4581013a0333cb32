"""Jobs over many machines: a real Celery worker, told through a real broker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from audit_api.app import create_app
from audit_api.config import PREFIX
from tests import patience
from tests.conftest import SECRET
from tests.servers.redis import redis_server
from tests.world import ALL_YES, declared, jpeg, make_world, upload

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.mark.slow
def test_a_celery_worker_prepares_a_photo_that_the_server_took(
    sqlite_template: Path, tmp_path: Path, broker: str
) -> None:
    (tmp_path / "audit.db").write_bytes(sqlite_template.read_bytes())
    settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET, "BROKER_URL": broker}
    world = make_world(create_app(settings))
    photo = jpeg(7)
    audit_id = uuid4()
    audit = world.audit(ALL_YES, photos=[declared(photo, "clean")])
    first = world.put(audit, audit_id).json

    environment = os.environ | {PREFIX + name: value for name, value in settings.items()}
    worker = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "wsgi:celery",
            "worker",
            "--pool",
            "solo",
            "--without-gossip",
            "--without-mingle",
            "--loglevel",
            "WARNING",
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        assert upload(world.client, first["uploads"][0], photo) == 200
        assert world.put(audit, audit_id).json["receipt"]["complete"] is True
        assert world.photo_states(audit_id) == {"ready"}
    finally:
        worker.terminate()
        worker.wait(timeout=patience.SECONDS)


def test_with_the_broker_away_an_audit_still_becomes_complete(
    sqlite_template: Path, tmp_path: Path
) -> None:
    (tmp_path / "audit.db").write_bytes(sqlite_template.read_bytes())
    away = "redis://127.0.0.1:9/0"
    app = create_app({"INSTANCE": str(tmp_path), "SECRET": SECRET, "BROKER_URL": away})
    world = make_world(app)
    photo, audit_id = jpeg(8), uuid4()
    audit = world.audit(ALL_YES, photos=[declared(photo, "clean")])
    first = world.put(audit, audit_id).json
    assert upload(world.client, first["uploads"][0], photo) == 200
    assert world.put(audit, audit_id).json["receipt"]["complete"] is True
    # What a scheduled look of any worker does.
    assert app.extensions["audit_worker"].work_off() == 1
    assert world.photo_states(audit_id) == {"ready"}
    app.extensions["audit_worker"].close()

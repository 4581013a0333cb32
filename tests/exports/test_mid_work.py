"""What happens while a data set is written, which is one long piece of work."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.models import Export
from audit_api.services import datasets
from audit_api.services.datasets import Told
from audit_api.services.exports import files, packing, writing
from audit_api.services.jobs import Lost
from audit_api.storage.store import Part
from audit_api.worker import Worker
from tests import patience
from tests.exports.archives import ask_for_rows, get
from tests.world import World

_days = iter(range(1, 29))


def in_mid_work(
    world: World, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[str, Told], None]
) -> str:
    """Have a data set written by a worker with a short lease, and something done in the middle of
    it; return the export."""
    days = {"business_date_from": f"2026-01-{next(_days):02}"}
    export_id: str = ask_for_rows(world, "audits", "csv", filter=days).get_json()["id"]
    write = datasets.write

    def interrupted(*args: Any, told: Told, **more: Any) -> Any:
        meanwhile(export_id, told)
        return write(*args, told=told, **more)

    monkeypatch.setattr(writing.datasets, "write", interrupted)
    worker = Worker(world.app, lease=timedelta(seconds=0.4))
    worker.work_off()
    worker.close()
    return export_id


def elsewhere(call: Callable[..., Any], *args: Any) -> Any:
    """Return what comes of a call that has no part in this thread's transaction."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call, *args).result()


def is_held(told: Told) -> bool:
    try:
        told(0)
    except Lost:
        return False
    return True


def test_how_far_it_is_is_told_while_it_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(export_id: str, told: Told) -> None:
        told(1)
        give_up = time.monotonic() + patience.SECONDS
        while elsewhere(get, world, export_id)["done"] != 1:
            assert time.monotonic() < give_up
            time.sleep(0.05)

    export = get(world, in_mid_work(world, monkeypatch, meanwhile))
    assert (export["state"], export["done"]) == ("done", export["total"])


def test_a_cancel_is_heard_in_mid_work_and_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(export_id: str, told: Told) -> None:
        path = f"/exports/{export_id}/cancel"
        assert elsewhere(world.call, "hq", "POST", path).status_code == 200
        give_up = time.monotonic() + patience.SECONDS
        while time.monotonic() < give_up and is_held(told):
            time.sleep(0.05)
        told(0)

    export_id = in_mid_work(world, monkeypatch, meanwhile)
    assert get(world, export_id)["state"] == "cancelled"
    store = world.app.extensions["audit_photo_store"]
    with world.app.app_context():
        export = db.session.get_one(Export, UUID(export_id))
        key, attempt = packing.key(export), export.attempt
    assert attempt is not None
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)), world.app.app_context():
        while files.sweep(store, now=datetime.now(UTC)):
            db.session.commit()
    assert store.stat(key) is None
    with pytest.raises(Problem) as gone:
        store.put_part(key, attempt, Part(1, 0, b"x"))
    assert gone.value.kind is Kind.NOT_FOUND

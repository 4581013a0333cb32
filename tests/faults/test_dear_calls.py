"""Dear calls against the server as it is served: reports without end keep nobody waiting."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import uuid4

import httpx

from tests import patience
from tests.attacks.slow_clients import timed
from tests.openapi.server import Served, serving

MAX_ANSWER_SECONDS = 1.0


def call(served: Served, person: str, method: str, path: str, json: object = None) -> int:
    answer = httpx.request(
        method,
        f"{served.url}/api/v1{path}",
        json=json,
        headers={"Authorization": f"Bearer {served.world.tokens[person]}"},
        timeout=patience.SECONDS,
    )
    return answer.status_code


@contextmanager
def asking(served: Served, path: str, clients: int) -> Iterator[list[int]]:
    """Ask for `path` from so many clients, again and again, until the block ends; yield what they
    were answered."""
    statuses: list[int] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            statuses.append(call(served, "hq", "GET", path))

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_eight_who_ask_for_reports_without_end_keep_nobody_waiting(
    tmp_path: Path, sqlite_template: Path
) -> None:
    with serving(tmp_path, sqlite_template) as served:
        audit_id = uuid4()
        assert call(served, "auditor", "PUT", f"/audits/{audit_id}", served.world.audit()) == 201
        health, submits = [], []
        with asking(served, f"/audits/{audit_id}/report.pdf?lang=both", clients=8) as statuses:
            for audit in [served.world.another() for _ in range(10)]:
                health.append(timed(partial(httpx.get, f"{served.url}/healthz", timeout=60)))
                submit = partial(call, served, "auditor", "PUT", f"/audits/{uuid4()}", audit)
                submits.append(timed(submit))
                time.sleep(0.1)
    assert set(statuses) == {200}
    assert statistics.median(health) < MAX_ANSWER_SECONDS
    assert statistics.median(submits) < MAX_ANSWER_SECONDS

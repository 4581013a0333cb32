"""Dear calls against the server as it is served: reports without end keep nobody waiting."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests import patience
from tests.attacks.slow_clients import ask_after_health, timed
from tests.openapi.server import Served, serving

MAX_ANSWER_SECONDS = 1.0


@dataclass(frozen=True)
class Caller:
    """Somebody with a connection of their own."""

    served: Served
    client: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=patience.SECONDS, verify=False)
    )

    def call(self, person: str, method: str, path: str, json: Any = None) -> int:
        """Make a call and return the status."""
        headers = {"Authorization": f"Bearer {self.served.world.tokens[person]}"}
        url = f"{self.served.url}/api/v1{path}"
        return self.client.request(method, url, json=json, headers=headers).status_code


@contextmanager
def asking(served: Served, path: str, clients: int) -> Iterator[list[int]]:
    """Ask for `path` from so many clients, again and again, until the block ends; yield what they
    were answered."""
    statuses: list[int] = []
    over = threading.Event()

    def ask(caller: Caller) -> None:
        with caller.client:
            while not over.is_set():
                statuses.append(caller.call("hq", "GET", path))

    threads = [threading.Thread(target=ask, args=(Caller(served),)) for _ in range(clients)]
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
    with serving(tmp_path, sqlite_template) as served, Caller(served).client as client:
        phone = Caller(served, client)
        audit_id = uuid4()
        assert phone.call("auditor", "PUT", f"/audits/{audit_id}", served.world.audit()) == 201
        audits = [served.world.another() for _ in range(13)]
        puts = [partial(phone.call, "auditor", "PUT", f"/audits/{uuid4()}", a) for a in audits]
        calm = statistics.median(map(timed, puts[:3]))
        health, submits = [], []
        with asking(served, f"/audits/{audit_id}/report.pdf?lang=both", clients=8) as statuses:
            for put in puts[3:]:
                health.append(timed(partial(ask_after_health, served.port)))
                submits.append(timed(put))
                time.sleep(0.1)
    assert set(statuses) == {200}
    # The median, and what a calm call takes: what else the machine does is not the reports'.
    assert statistics.median(health) < MAX_ANSWER_SECONDS + calm
    assert statistics.median(submits) < MAX_ANSWER_SECONDS + calm

"""Slow clients against the server as it is served: five hundred of them, and nobody waits."""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests import patience
from tests.attacks import slow_clients
from tests.openapi.server import Served, serving

MAX_ANSWER_SECONDS = 1.0


def test_five_hundred_slow_clients_keep_nobody_waiting(
    tmp_path: Path, sqlite_template: Path
) -> None:
    with serving(tmp_path, sqlite_template) as served, httpx.Client() as phone:
        audits = [served.world.another() for _ in range(43)]
        submit = partial(put, phone, served, audits)
        calm = statistics.median(slow_clients.timed(submit) for _ in range(3))
        figures = slow_clients.run(served.port, submit)
    assert figures.connected == 500
    assert len(figures.health) > 3
    # The median, and what a calm call takes: what else the machine does is not the attack's.
    assert statistics.median(figures.health) < MAX_ANSWER_SECONDS + calm
    assert statistics.median(figures.submits) < MAX_ANSWER_SECONDS + calm


def put(phone: httpx.Client, served: Served, audits: list[dict[str, Any]]) -> None:
    """Submit the next of some audits as a phone does."""
    answer = phone.put(
        f"{served.url}/api/v1/audits/{uuid4()}",
        json=audits.pop(),
        headers={"Authorization": f"Bearer {served.world.tokens['auditor']}"},
        timeout=patience.SECONDS,
    )
    assert answer.status_code == 201, answer.text

"""Requests that bring audits, as they go over the wire."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import uuid4

from bench.instruments.load import request
from bench.world import AUDITORS, World

BATCH = 10


def puts(world: World) -> Iterator[bytes]:
    """Make PUTs of new audits without end, of one visit after the other."""
    number = 0
    while True:
        body = json.dumps(world.audit(number)).encode()
        yield request("PUT", f"/api/v1/audits/{uuid4()}", token=world.token(number), body=body)
        number += 1


def pushes(world: World) -> Iterator[bytes]:
    """Make batch pushes of new audits without end; a batch is of one auditor."""
    turn = 0
    while True:
        start = (turn // AUDITORS) * AUDITORS * BATCH + turn % AUDITORS
        numbers = [start + place * AUDITORS for place in range(BATCH)]
        body = json.dumps(
            {"audits": [{"id": str(uuid4()), "audit": world.audit(n)} for n in numbers]}
        ).encode()
        yield request("POST", "/api/v1/audits/batch", token=world.token(start), body=body)
        turn += 1

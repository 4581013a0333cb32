"""Audits with a photo each: put, upload, put again until the receipt is complete."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from bench.load import drive, request
from bench.server import served
from bench.world import World

ROUNDS, SECONDS, CONNECTIONS = 3, 6, 4
PHOTO_BYTES = 300_000


@dataclass(frozen=True)
class Photographed:
    """Complete audits a second, and what the same server makes of as many no-op calls."""

    complete: tuple[float, ...]
    nothing: tuple[float, ...]


def complete(world: World, *, first: int, workers: int) -> Photographed:
    """Measure whole submissions with one photo of 300 KB on the local store."""
    figures, nothing = [], []
    numbers = iter(range(first, first + 1_000_000))
    with served(world.settings, workers=workers) as port:
        for _ in range(ROUNDS):
            figures.append(_round(world, port, numbers))
            calls = iter([request("GET", "/healthz")] * 20_000)
            nothing.append(drive(port, calls, connections=CONNECTIONS, seconds=2).rate)
    return Photographed(tuple(figures), tuple(nothing))


def _round(world: World, port: int, numbers: Any) -> float:
    done, lock = [0], threading.Lock()
    end = time.perf_counter() + SECONDS

    def run() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            with lock:
                number = next(numbers)
            _submit(world, connection, number)
            with lock:
                done[0] += 1

    threads = [threading.Thread(target=run) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done[0] / (time.perf_counter() - begun)


def _submit(world: World, connection: http.client.HTTPConnection, number: int) -> None:
    photo = os.urandom(PHOTO_BYTES)
    manifest = {
        "id": str(uuid4()),
        "question": "question_0_0",
        "size": len(photo),
        "sha256": hashlib.sha256(photo).hexdigest(),
        "media_type": "image/jpeg",
    }
    path, audit = f"/api/v1/audits/{uuid4()}", world.audit(number, photos=[manifest])
    headers = {"Authorization": f"Bearer {world.token(number)}", "Content-Type": "application/json"}
    body = json.dumps(audit)
    status, answer = _call(connection, "PUT", path, body, headers)
    ticket = answer["uploads"][0]
    uploaded, _ = _call(connection, "PUT", urlsplit(ticket["url"]).path, photo, ticket["headers"])
    settled, last = _call(connection, "PUT", path, body, headers)
    if (status, uploaded, settled, last["receipt"]["complete"]) != (201, 200, 200, True):
        raise RuntimeError(f"not complete: {status}, {uploaded}, {settled}")


def _call(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: str | bytes,
    headers: dict[str, str],
) -> tuple[int, Any]:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    return answer.status, json.loads(text) if text else None

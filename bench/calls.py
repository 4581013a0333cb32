"""`python -m bench.calls`: what a call takes of the thread that answers it, from the server's
hand-over to the answer's bytes.

No network and no other process is in the figures, and of the database only what its driver does:
they tell what the application's own code costs, on a busy machine too.
"""

from __future__ import annotations

import io
import itertools
import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import uuid4

from flask import Flask

from audit_api.app import create_app
from audit_api.server import gateway
from bench.intake.requests import BATCH
from bench.world import AUDITORS, PULLED, World, world
from tests.servers.postgres import database, postgres_server

ROUNDS, CALLS = 20, 60
VISITS = 4 * ROUNDS * CALLS + PULLED * AUDITORS

Request = tuple[gateway.Environ, bytes]


def main() -> None:
    """Measure on PostgreSQL and print microseconds a call."""
    with (
        postgres_server() as server,
        database(server) as own,
        tempfile.TemporaryDirectory() as folder,
        world(own.url, Path(folder), visits=VISITS) as filled,
        # The world's own context is not that of calls.
        ThreadPoolExecutor(1) as thread,
    ):
        for name, rounds in thread.submit(costs, filled).result().items():
            quartile = quantiles(rounds, n=4)[0]
            print(f"{name}: {min(rounds):.0f} µs, {quartile:.0f}, {median(rounds):.0f}")


def costs(filled: World) -> Mapping[str, list[float]]:
    """Return microseconds of a processor a call, of each round: calls are made in turn."""
    app = create_app(
        {name.removeprefix("AUDIT_"): value for name, value in filled.settings.items()}
    )
    makers: Mapping[str, tuple[Iterator[Request], int]] = {
        "health": (itertools.repeat(_request("GET", "/healthz")), CALLS),
        "PUT": (_puts(filled), CALLS),
        f"batch of {BATCH}": (_batches(filled), CALLS // BATCH),
    }
    rounds: dict[str, list[float]] = {name: [] for name in makers}
    for turn in range(ROUNDS + 1):
        for name, (requests, count) in makers.items():
            took = _timed(app, list(itertools.islice(requests, count)))
            if turn > 0:  # the first only warms up
                rounds[name].append(took)
    app.extensions["audit_worker"].close()
    return rounds


def _timed(app: Flask, requests: list[Request]) -> float:
    begun = time.thread_time()
    for environ, body in requests:
        answer = gateway.call(app, gateway.with_body(environ, io.BytesIO(body), len(body)))
        answer.close()
        if answer.status not in (200, 201):
            raise RuntimeError(f"the product refused: {answer.status}")
    return (time.thread_time() - begun) / len(requests) * 1e6


def _puts(filled: World) -> Iterator[Request]:
    for number in itertools.count():
        path = f"/api/v1/audits/{uuid4()}"
        yield _request("PUT", path, filled.token(number), filled.audit(number))


def _batches(filled: World) -> Iterator[Request]:
    """Make batches of one auditor each, of visits that no PUT has."""
    first = VISITS // 2 // AUDITORS * AUDITORS
    for start in itertools.count(first, AUDITORS * BATCH):
        numbers = range(start, start + AUDITORS * BATCH, AUDITORS)
        sent = {"audits": [{"id": str(uuid4()), "audit": filled.audit(n)} for n in numbers]}
        yield _request("POST", "/api/v1/audits/batch", filled.token(start), sent)


def _request(method: str, path: str, token: str = "", sent: Any = None) -> Request:
    body = b"" if sent is None else json.dumps(sent).encode()
    scope = {
        "method": method,
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 50_000),
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"authorization", f"Bearer {token}".encode()),
            (b"content-type", b"application/json"),
        ],
    }
    return gateway.environ_of(scope, gateway.headers_of(scope)), body


if __name__ == "__main__":
    main()

"""Taking audits in: single, in batches of ten and with photos, each beside its floor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from bench import floor
from bench.load import Outcome, drive, request
from bench.server import served
from bench.world import AUDITORS, World

ROUNDS, SECONDS = 3, 6
CONNECTIONS = 8
BATCH = 10


@dataclass(frozen=True)
class Pair:
    """Audits a second of the product and of its floor, measured in turn; one pair a round."""

    product: tuple[float, ...]
    floor: tuple[float, ...]
    latency: Outcome

    @property
    def ratios(self) -> list[float]:
        return sorted(a / b for a, b in zip(self.product, self.floor, strict=True))


def single(world: World, conninfo: str, *, first: int, workers: int) -> Pair:
    """Measure one audit a call against one statement a transaction."""
    return _pair(world, conninfo, first=first, batch=1, workers=workers)


def batches(world: World, conninfo: str, *, first: int, workers: int) -> Pair:
    """Measure ten audits a call against ten audits a statement."""
    return _pair(world, conninfo, first=first, batch=BATCH, workers=workers)


def puts(world: World, first: int) -> Iterator[bytes]:
    """Make PUTs of new audits without end, beginning with visit `first`."""
    number = first
    while True:
        body = json.dumps(world.audit(number)).encode()
        yield request("PUT", f"/api/v1/audits/{uuid4()}", token=world.token(number), body=body)
        number += 1


def pushes(world: World, first: int) -> Iterator[bytes]:
    """Make batch pushes of new audits without end; a batch is of one auditor."""
    turn = 0
    while True:
        start = first + (turn // AUDITORS) * AUDITORS * BATCH + turn % AUDITORS
        numbers = [start + place * AUDITORS for place in range(BATCH)]
        body = json.dumps(
            {"audits": [{"id": str(uuid4()), "audit": world.audit(n)} for n in numbers]}
        ).encode()
        yield request("POST", "/api/v1/audits/batch", token=world.token(start), body=body)
        turn += 1


def _pair(world: World, conninfo: str, *, first: int, batch: int, workers: int) -> Pair:
    product, limit = [], []
    outcome = Outcome()
    room = 60_000
    with served(world.settings, workers=workers) as port:
        maker = (puts if batch == 1 else pushes)(world, first)
        drive(port, maker, connections=CONNECTIONS, seconds=2)
        for turn in range(ROUNDS):
            text = floor.script(
                world, first=first + room * (turn + 1), batch=batch, clients=CONNECTIONS
            )
            limit.append(batch * floor.rate(conninfo, text, clients=CONNECTIONS, seconds=SECONDS))
            prepared = iter([next(maker) for _ in range(1500 * SECONDS // (batch // 2 or 1))])
            outcome = drive(port, prepared, connections=CONNECTIONS, seconds=SECONDS)
            _check(outcome)
            product.append(batch * outcome.rate)
    return Pair(tuple(product), tuple(limit), outcome)


def _check(outcome: Outcome) -> None:
    refused = {status: n for status, n in outcome.statuses.items() if status not in (200, 201)}
    if refused:
        raise RuntimeError(f"the product refused: {refused}")

"""The idle poll of a phone, and the least that a call can cost."""

from __future__ import annotations

import itertools
import json
import urllib.request
from dataclasses import dataclass

from bench.load import Outcome, drive, request
from bench.server import served
from bench.world import World

ROUNDS, SECONDS = 3, 4
CONNECTIONS = 4
CALLS = 20_000


@dataclass(frozen=True)
class Polls:
    """Answers a second, a figure for each round, measured in turn on one server."""

    unchanged: tuple[float, ...]
    rebuilt: tuple[float, ...]
    nothing: tuple[float, ...]


def polls(world: World, *, workers: int) -> Polls:
    """Measure an unchanged sync (304), the same sync with its body built, and a no-op call."""
    with served(world.settings, workers=workers) as port:
        token = world.token(0)
        full = request("GET", "/api/v1/sync", token=token)
        tag = _etag(port, token)
        idle = request("GET", "/api/v1/sync", token=token, headers=[f"If-None-Match: {tag}"])
        nothing = request("GET", "/healthz")
        figures: dict[bytes, list[float]] = {idle: [], full: [], nothing: []}
        for _, sent in itertools.product(range(ROUNDS), figures):
            figures[sent].append(_rate(port, sent, 304 if sent is idle else 200))
    return Polls(tuple(figures[idle]), tuple(figures[full]), tuple(figures[nothing]))


def size(world: World) -> int:
    """Return how many bytes the rebuilt body has."""
    with served(world.settings, workers=1) as port:
        return len(_get(port, world.token(0)).read())


def _rate(port: int, sent: bytes, expected: int) -> float:
    prepared = itertools.repeat(sent, CALLS)
    outcome: Outcome = drive(port, iter(prepared), connections=CONNECTIONS, seconds=SECONDS)
    if set(outcome.statuses) != {expected}:
        raise RuntimeError(f"expected {expected}, saw {outcome.statuses}")
    return outcome.rate


def _etag(port: int, token: str) -> str:
    answer = _get(port, token)
    json.load(answer)
    return str(answer.headers["ETag"])


def _get(port: int, token: str) -> urllib.request._UrlopenRet:
    return urllib.request.urlopen(
        urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/sync", headers={"Authorization": f"Bearer {token}"}
        )
    )

"""The idle poll of a phone, its sync with a body, and the least that a call can cost."""

from __future__ import annotations

import itertools
import json
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from bench.databases import Ground, on_postgresql
from bench.instruments.costs import Meter, Round
from bench.instruments.load import Supply, request
from bench.instruments.serving import served
from bench.rows import Row, processor_time, ratio
from bench.world import AUDITORS, PULLED

ROUNDS, SECONDS = 5, 2
CONNECTIONS, WORKERS = 4, 2
CALLS = 30_000


@dataclass
class Polls:
    """The rounds of an unchanged sync (304), of the same sync with its body built, and of a no-op
    call; all are driven in turn on one server."""

    unchanged: list[Round] = field(default_factory=list)
    built: list[Round] = field(default_factory=list)
    nothing: list[Round] = field(default_factory=list)


def rows() -> Iterable[Row]:
    with on_postgresql(visits=PULLED * AUDITORS) as ground:
        polls = _polls(ground)
    unchanged = [one.rate for one in polls.unchanged]
    built = [one.rate for one in polls.built]
    nothing = [one.rate for one in polls.nothing]
    yield processor_time(f"sync with its body of {PULLED} visits", polls.built, target="≤ 6 ms")
    yield processor_time("unchanged sync (304)", polls.unchanged)
    yield processor_time("no-op call", polls.nothing)
    yield (
        "unchanged sync (304)",
        f"{median(unchanged):.0f}/s",
        f"the same sync with its body of {PULLED} visits: {median(built):.0f}/s",
        ratio(unchanged, built),
        "≥ 4",
    )
    yield (
        "unchanged sync (304)",
        f"{median(unchanged):.0f}/s",
        f"no-op call: {median(nothing):.0f}/s",
        ratio(unchanged, nothing),
        "–",
    )


def _polls(ground: Ground) -> Polls:
    polls = Polls()
    with served(ground.world.settings, workers=WORKERS) as server:
        token = ground.world.token(0)
        full = request("GET", "/api/v1/sync", token=token)
        unchanged = f"If-None-Match: {_etag(server.port, token)}"
        idle = request("GET", "/api/v1/sync", token=token, headers=[unchanged])
        meter = Meter(server, ground.pid)
        for _ in range(ROUNDS):
            for sent, rounds in (
                (idle, polls.unchanged),
                (full, polls.built),
                (request("GET", "/healthz"), polls.nothing),
            ):
                supply = Supply(itertools.repeat(sent), most=CALLS)
                load = supply.load(server.port, connections=CONNECTIONS)
                rounds.append(meter.round(load, seconds=SECONDS))
    return polls


def _etag(port: int, token: str) -> str:
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/sync", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(asked) as answer:
        visits = json.load(answer)["assignments"]
        assert len(visits) == PULLED
        return str(answer.headers["ETag"])

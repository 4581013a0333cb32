"""What it costs that no thread waits for a client: the same application under four servers."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

from bench.databases import on_postgresql
from bench.instruments import processors
from bench.instruments.load import drive, request
from bench.instruments.serving import Served
from bench.intake.requests import puts
from bench.rows import Row, ratio
from bench.world import World
from tests.servers import product
from tests.servers.ports import free_port

ROUNDS, SECONDS, CONNECTIONS = 5, 3, 8
VISITS = 150_000
OURS, GRANIAN = "audit_api.server", "granian, WSGI"

COMMANDS: Mapping[str, str] = {
    OURS: "audit_api.server",
    GRANIAN: "granian --interface wsgi --port {port} --blocking-threads 8 --no-ws wsgi:app",
    "granian, RSGI": "granian --interface rsgi --port {port} --no-ws bench.rsgi:front",
    "waitress": "waitress --listen 127.0.0.1:{port} --threads 8 wsgi:app",
}


@dataclass
class Cost:
    """Calls a second and milliseconds of a processor for each, a figure a round."""

    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def rows() -> Iterable[Row]:
    with on_postgresql(visits=VISITS, durable=False) as ground:
        costs = compare(ground.world)
    for call, figures in costs.items():
        ours = figures[OURS]
        for name, theirs in figures.items():
            if name != OURS:
                yield (
                    f"{call}, one worker: calls a second",
                    f"{median(ours.rates):.0f}/s",
                    f"{name}: {median(theirs.rates):.0f}/s",
                    ratio(ours.rates, theirs.rates),
                    "≥ 0.9" if (call, name) == ("PUT", GRANIAN) else "–",
                )
                yield (
                    f"{call}, one worker: processor time",
                    f"{median(ours.cpu):.2f} ms",
                    f"{name}: {median(theirs.cpu):.2f} ms",
                    ratio(ours.cpu, theirs.cpu),
                    "–",
                )


def compare(world: World) -> Mapping[str, Mapping[str, Cost]]:
    """Return the cost of a single PUT, and of asking for health, by server: all are driven in turn,
    round by round."""
    costs: dict[str, dict[str, Cost]] = {
        call: {name: Cost() for name in COMMANDS} for call in ("PUT", "health")
    }
    put = puts(world)
    health = itertools.repeat(request("GET", "/healthz"))
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(world, name)) for name in COMMANDS}
        for turn in range(ROUNDS + 1):
            for name, server in servers.items():
                for call, requests in (("PUT", put), ("health", health)):
                    prepared = iter(list(itertools.islice(requests, 1000 * SECONDS)))
                    before = processors.seconds(server.pid)
                    outcome = drive(server.port, prepared, connections=CONNECTIONS, seconds=SECONDS)
                    if turn > 0:  # the first only warms up
                        cost, count = costs[call][name], len(outcome.latencies)
                        cost.rates.append(outcome.rate)
                        used = processors.seconds(server.pid) - before
                        cost.cpu.append(1000 * used / count)
    return costs


@contextmanager
def serving(world: World, name: str) -> Iterator[Served]:
    """Yield one worker of a server."""
    port = free_port()
    command = COMMANDS[name].format(port=port).split()
    settings = world.settings | {"AUDIT_LOG_LEVEL": "WARNING", "AUDIT_PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=product.ROOT,
        env=product.environment(settings),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        product.wait(process, port)
        yield Served(port, process.pid)
    finally:
        product.kill(process)

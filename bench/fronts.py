"""What it costs that no thread waits for a client: the same application under four servers."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import psutil

from bench.ingest import puts
from bench.load import drive, request
from bench.world import World
from tests.servers import product
from tests.servers.ports import free_port

ROUNDS, SECONDS, CONNECTIONS = 5, 4, 8
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


def compare(world: World) -> Mapping[str, Mapping[str, Cost]]:
    """Return the cost of a single PUT, and of asking for health, by server: all are driven in turn,
    round by round."""
    costs: dict[str, dict[str, Cost]] = {
        call: {name: Cost() for name in COMMANDS} for call in ("PUT", "health")
    }
    put = puts(world, first=0)
    health = itertools.repeat(request("GET", "/healthz"))
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(world, name)) for name in COMMANDS}
        for turn in range(ROUNDS + 1):
            for name, (process, port) in servers.items():
                for call, requests in (("PUT", put), ("health", health)):
                    prepared = iter(list(itertools.islice(requests, 1000 * SECONDS)))
                    before = used(process)
                    outcome = drive(port, prepared, connections=CONNECTIONS, seconds=SECONDS)
                    if turn > 0:  # the first only warms up
                        cost, count = costs[call][name], len(outcome.latencies)
                        cost.rates.append(outcome.rate)
                        cost.cpu.append(1000 * (used(process) - before) / count)
    return costs


@contextmanager
def serving(world: World, name: str) -> Iterator[tuple[psutil.Process, int]]:
    """Yield one worker of a server, and its port."""
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
        yield psutil.Process(process.pid), port
    finally:
        product.kill(process)


def used(process: psutil.Process) -> float:
    """Return the seconds of processors that a process and those below it have used."""
    family = [process, *process.children(recursive=True)]
    return sum(times.user + times.system for times in (each.cpu_times() for each in family))

"""The arms of intake, driven in turn: the product, PostgreSQL with the bare floor's statement, and
PostgreSQL with the product's own; then the product whose background work is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.databases import on_postgresql, on_sqlite
from bench.floor import bare, own
from bench.instruments.costs import Meter, Round, checkpoint
from bench.instruments.load import ready
from bench.instruments.serving import APART, served
from bench.intake.requests import puts
from bench.world import World

ROUNDS, SECONDS, FLOOR_SECONDS = 5, 6, 4
CONNECTIONS, WORKERS = 8, 2
VISITS = 240_000
PHONES_ON_SQLITE, VISITS_ON_SQLITE = 4, 30_000


@dataclass
class Arms:
    """The rounds of each arm; those of a floor in audits a second, and of the bare one also in
    milliseconds of processors for each audit."""

    product: list[Round] = field(default_factory=list)
    after_checkpoint: list[Round] = field(default_factory=list)
    apart: list[Round] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    bare_cpu: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)


def measure(requests: Callable[[World], Iterator[bytes]], *, batch: int, most: int) -> Arms:
    """Measure `requests` that bring `batch` audits each; `most` are made ready for a round."""
    arms = Arms()
    with on_postgresql(visits=VISITS) as ground, ground.copy() as copied, ground.empty() as empty:
        bare.prepare(empty)
        world, calls = ground.world, requests(ground.world)

        def bring(meter: Meter) -> Round:
            load = ready(meter.served.port, calls, most=most, connections=CONNECTIONS)
            return meter.round(load, seconds=SECONDS, things=batch)

        with served(world.settings, workers=WORKERS) as server:
            meter = Meter(server, ground.pid)
            bring(meter)  # only warms up
            checkpoint()
            arms.after_checkpoint.append(bring(meter))
            for turn in range(ROUNDS):
                rate, cpu = bare.cost(empty, ground.pid, clients=CONNECTIONS, seconds=FLOOR_SECONDS)
                arms.bare.append(rate)
                arms.bare_cpu.append(cpu)
                first = turn * VISITS // ROUNDS
                arms.own.append(
                    own.rate(
                        world,
                        copied,
                        first=first,
                        batch=batch,
                        clients=CONNECTIONS,
                        seconds=FLOOR_SECONDS,
                    )
                )
                arms.product.append(bring(meter))
        # Last, because nobody does what these rounds leave to do.
        with served(world.settings | APART, workers=WORKERS) as server:
            meter = Meter(server, ground.pid, works_off=False)
            bring(meter)
            arms.apart += [bring(meter) for _ in range(ROUNDS)]
    return arms


def measure_sqlite() -> list[Round]:
    """Measure single PUTs on SQLite."""
    with (
        on_sqlite(visits=VISITS_ON_SQLITE) as world,
        served(world.settings, workers=1) as server,
    ):
        calls, meter = puts(world), Meter(server)

        def bring() -> Round:
            load = ready(server.port, calls, most=4_000, connections=PHONES_ON_SQLITE)
            return meter.round(load, seconds=SECONDS)

        bring()
        return [bring() for _ in range(ROUNDS)]

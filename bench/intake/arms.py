"""The arms of intake, driven in turn: the product, PostgreSQL with the bare floor's statement, and
PostgreSQL with the product's own; then the product whose background work is done elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa

from audit_api.database import db, reading
from audit_api.models import Audit
from bench.databases import Ground, on_postgresql, on_sqlite
from bench.floor import bare, own
from bench.instruments import processors
from bench.instruments.costs import Meter, Round, checkpoint, database_bytes
from bench.instruments.load import Supply
from bench.instruments.serving import APART, served
from bench.intake.requests import puts
from bench.world import World

ROUNDS, SECONDS, FLOOR_SECONDS = 5, 6, 4
CONNECTIONS, WORKERS = 8, 2
VISITS = 320_000
PHONES_ON_SQLITE, VISITS_ON_SQLITE, MOST_ON_SQLITE = 4, 30_000, 4_000


@dataclass
class Arms:
    """The rounds of each arm; those of a floor in audits a second, and of the bare one also in
    milliseconds of processors for each audit.  `disk_bytes` is what the database grew by for each
    audit, `memory` the server's after all rounds, as `processors.memory` has it."""

    product: list[Round] = field(default_factory=list)
    after_checkpoint: list[Round] = field(default_factory=list)
    apart: list[Round] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    bare_cpu: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    disk_bytes: float = 0.0
    memory: tuple[int, int] = (0, 0)


def measure(requests: Callable[[World], Iterator[bytes]], *, batch: int, most: int) -> Arms:
    """Measure `requests` that bring `batch` audits each; `most` are made ready for a round."""
    arms = Arms()
    with on_postgresql(visits=VISITS) as ground, ground.copy() as copied, ground.empty() as empty:
        bare.prepare(empty)
        supply = Supply(requests(ground.world), most=most)

        def bring(meter: Meter) -> Round:
            load = supply.load(meter.served.port, connections=CONNECTIONS)
            return meter.round(load, seconds=SECONDS, things=batch)

        with served(ground.world.settings, workers=WORKERS) as server:
            meter, before = Meter(server, ground.pid), database_bytes()
            warm = bring(meter)
            checkpoint()
            arms.after_checkpoint.append(bring(meter))
            for turn in range(ROUNDS):
                _floors(arms, ground, copied, empty, batch=batch, turn=turn)
                arms.product.append(bring(meter))
            arms.memory = processors.memory(server.pid)
        count = _all_stored([warm, *arms.after_checkpoint, *arms.product])
        arms.disk_bytes = (database_bytes() - before) / count
        # Last, because nobody does what these rounds leave to do.
        with served(ground.world.settings | APART, workers=WORKERS) as server:
            meter = Meter(server, ground.pid, works_off=False)
            arms.apart += [bring(meter) for _ in range(ROUNDS + 1)][1:]
    return arms


def measure_sqlite() -> list[Round]:
    """Measure single PUTs on SQLite."""
    with (
        on_sqlite(visits=VISITS_ON_SQLITE) as world,
        served(world.settings, workers=1) as server,
    ):
        supply, meter = Supply(puts(world), most=MOST_ON_SQLITE), Meter(server)
        rounds = []
        for _ in range(ROUNDS + 1):
            load = supply.load(server.port, connections=PHONES_ON_SQLITE)
            rounds.append(meter.round(load, seconds=SECONDS))
        _all_stored(rounds)
    return rounds[1:]


def _floors(arms: Arms, ground: Ground, copied: str, empty: str, *, batch: int, turn: int) -> None:
    rate, cpu = bare.cost(empty, ground.pid, clients=CONNECTIONS, seconds=FLOOR_SECONDS)
    arms.bare.append(rate)
    arms.bare_cpu.append(cpu)
    rate = own.rate(
        ground.world,
        copied,
        first=turn * VISITS // ROUNDS,
        batch=batch,
        clients=CONNECTIONS,
        seconds=FLOOR_SECONDS,
    )
    arms.own.append(rate)


def _all_stored(rounds: list[Round]) -> int:
    """Return how many audits there are; raise `RuntimeError` where not each that was sent is one:
    a batch is answered with 200 whatever becomes of its audits."""
    with reading():
        stored = db.session.scalar(sa.select(sa.func.count()).select_from(Audit)) or 0
        db.session.rollback()
    if stored != sum(each.count for each in rounds):
        raise RuntimeError(f"{sum(each.count for each in rounds)} audits sent, {stored} stored")
    return stored

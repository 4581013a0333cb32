"""What a load costs, with all that it causes: processors, log, disk, and how long callers wait."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from audit_api.database import db
from bench.instruments import background, processors, yardstick
from bench.instruments.load import Load, Outcome
from bench.instruments.serving import Served

RAMP = 2.0
"""Seconds of load before rates and latencies are measured: what an earlier audit caused is being
worked off meanwhile, as it always is."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round's figures: calls a second and milliseconds of their answers under steady load;
    milliseconds of processors and bytes of log for each of `count` things, background work worked
    off included; how many changes and jobs were `left` when the load ended, and how many seconds
    they took.  `yardstick` is what `yardstick.milliseconds` was meanwhile."""

    count: int
    rate: float
    p50: float
    p99: float
    application: float
    database: float
    log_bytes: float
    left: int
    waited: float
    yardstick: float

    @property
    def cpu(self) -> float:
        return self.application + self.database

    @property
    def tail(self) -> float:
        return self.p99 / self.p50


@dataclass(frozen=True, slots=True)
class Meter:
    """Measures loads on a server and the database behind it.

    `postgres` is the first process of a PostgreSQL that nobody else uses; None stands for SQLite,
    whose work is the application's.  `works_off` is false of a server whose work is done elsewhere.
    """

    served: Served
    postgres: int | None = None
    works_off: bool = True

    def round(self, load: Load, *, seconds: float, things: int = 1) -> Round:
        """Load for `seconds`, wait until all is done, and say what each of `things` a call cost."""
        pace = yardstick.milliseconds()
        application, database, log = self._used()
        ramp = _succeeded(load(RAMP))
        steady = _succeeded(load(seconds))
        left = sum(background.left())
        waited = background.work_off() if self.works_off else 0.0
        application, database, log = (
            after - before
            for after, before in zip(self._used(), (application, database, log), strict=True)
        )
        count = things * (len(ramp.latencies) + len(steady.latencies))
        return Round(
            count=count,
            rate=things * steady.rate,
            p50=steady.percentile(0.5),
            p99=steady.percentile(0.99),
            application=1000 * application / count,
            database=1000 * database / count,
            log_bytes=log / count,
            left=left,
            waited=waited,
            yardstick=(pace + yardstick.milliseconds()) / 2,
        )

    def _used(self) -> tuple[float, float, float]:
        if self.postgres is None:
            return processors.seconds(self.served.pid), 0.0, 0.0
        return (
            processors.seconds(self.served.pid),
            processors.seconds(self.postgres),
            _log_position(),
        )


def _log_position() -> float:
    position = db.session.scalar(sa.text("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"))
    db.session.rollback()
    assert position is not None
    return float(position)


def database_bytes() -> int:
    """Return how large PostgreSQL's database is on disk."""
    size = db.session.scalar(sa.text("SELECT pg_database_size(current_database())"))
    db.session.rollback()
    assert size is not None
    return int(size)


def checkpoint() -> None:
    """Write down all that PostgreSQL has in memory: the first change of a page after it goes into
    the log whole."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("CHECKPOINT"))


def _succeeded(outcome: Outcome) -> Outcome:
    refused = {status: n for status, n in outcome.statuses.items() if status >= 400}
    if refused:
        raise RuntimeError(f"the product refused: {refused}")
    return outcome

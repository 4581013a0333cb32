"""The bare floor: an audit's row, five touchpoints and ten totals in one statement, without the
product's manners (no assignment, no feed, no record, no promise beside the commit)."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg

from bench.floor import pgbench
from bench.instruments import processors
from bench.world import answers

_FOLDER = Path(__file__).parent


def prepare(conninfo: str) -> None:
    """Make the floor's tables in an empty database."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute((_FOLDER / "bare_schema.sql").read_bytes())


def cost(conninfo: str, postgres: int, *, clients: int, seconds: int) -> tuple[float, float]:
    """Return the audits a second that PostgreSQL stores, each with the forty answers of the
    product's measurement, and the milliseconds of processors that it takes for each; `postgres` is
    the server's first process."""
    before = processors.seconds(postgres)
    rate = pgbench.rate(
        conninfo,
        (_FOLDER / "bare.sql").read_text(),
        clients=clients,
        seconds=seconds,
        variables={"answers": json.dumps(answers(), ensure_ascii=False)},
    )
    return rate, 1000 * (processors.seconds(postgres) - before) / (rate * seconds)

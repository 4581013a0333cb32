"""Engines: how each of the two databases is connected to, and what its connections promise."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from audit_api.database import Mode, mode, watching

PATIENCE = 10
"""Seconds that a writer waits for another process's transaction on SQLite; twice that for the
writers of its own process.  Then the caller is told to come back, and nothing is lost."""


def engine_options(url: str, pool: int) -> dict[str, Any]:
    """Return SQLAlchemy's engine options for `url`."""
    options: dict[str, Any] = {
        # An error would quote what was sent, and is logged.
        "hide_parameters": True,
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "json_deserializer": orjson.loads,
    }
    if url.startswith("postgresql"):
        options |= {
            "pool_size": pool,
            "max_overflow": pool,
            "pool_timeout": 3,
            "pool_recycle": 1800,
            "connect_args": {
                **watching.SETTINGS,
                # Starting parallel workers takes longer than any statement of ours.
                "options": f"-c timezone=UTC -c statement_timeout={watching.STATEMENT_SECONDS}s"
                " -c lock_timeout=10s -c max_parallel_workers_per_gather=0",
            },
        }
    else:
        options |= {"connect_args": {"timeout": PATIENCE, "check_same_thread": False}}
    return options


def file_of(url: str, folder: Path) -> Path | None:
    """Return the file that holds a SQLite database, below `folder` where its path is relative;
    None for one in memory or on a server."""
    address = sa.make_url(url)
    name = address.database or ":memory:"
    if not address.drivername.startswith("sqlite") or name.startswith((":memory:", "file:")):
        return None
    return folder / name


def prepare_engine(engine: Engine) -> None:
    """Have PostgreSQL's connections watched; give a SQLite engine its durability, its foreign keys
    and its one writer at a time."""
    if engine.dialect.name == "postgresql":
        watching.watch(engine)
        return
    writer = threading.Lock()

    @sa.event.listens_for(engine, "connect")
    def connect(connection: Any, record: object) -> None:
        # The driver's own transactions begin too late to be safe: we begin them ourselves.
        connection.isolation_level = None
        _write_ahead(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if mode.get() in (Mode.READING, Mode.ONE_MOMENT):
            connection.exec_driver_sql("BEGIN")
            return
        if not writer.acquire(timeout=2 * PATIENCE):
            raise sqlite3.OperationalError("the writers before this one take too long")
        connection.info["writes"] = True
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            release(connection)
            raise

    def release(connection: Connection) -> None:
        if connection.info.pop("writes", False):
            writer.release()

    def ending(statement: str) -> Callable[[Connection], None]:
        # SQLAlchemy tells its listeners before it asks the driver.  The transaction ends here,
        # so that the next writer is let in after it and not before.
        def end(connection: Connection) -> None:
            driver: Any = connection.connection.dbapi_connection
            try:
                if driver.in_transaction:
                    driver.execute(statement)
            finally:
                release(connection)

        return end

    sa.event.listen(engine, "commit", ending("COMMIT"))
    sa.event.listen(engine, "rollback", ending("ROLLBACK"))


def _write_ahead(connection: sqlite3.Connection) -> None:
    # Of processes that open a new database at once, SQLite lets one make it and no other wait.
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.01)

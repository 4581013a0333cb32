"""SQLite's one writer: whoever writes waits in line for it instead of failing half-way."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine


def prepare(engine: Engine, *, patience: float, writes: Callable[[], bool]) -> None:
    """Give an engine its durability, its foreign keys and its one writer at a time.

    A transaction that `writes` waits for this process's mutex, twice `patience` in seconds, and
    begins as the one writer; `patience` is the wait for another process's.
    """
    writer = threading.Lock()

    @sa.event.listens_for(engine, "connect")
    def connect(connection: Any, record: object) -> None:
        # The driver's own transactions begin too late to be safe: we begin them ourselves.
        connection.isolation_level = None
        _write_ahead(connection, patience)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not writes():
            connection.exec_driver_sql("BEGIN")
            return
        if not writer.acquire(timeout=2 * patience):
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


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    # Of processes that open a new database at once, SQLite lets one make it and no other wait.
    give_up = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.01)

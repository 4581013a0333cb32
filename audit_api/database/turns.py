"""Turns: what one process does at a time, on whichever machine, while the others wait for it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy.engine import Engine

from audit_api.database import db
from audit_api.database.engines import file_of

_TAKE = "SELECT pg_advisory_lock(hashtextextended('audit turns', 0))"
_PATIENT = "SET statement_timeout = 0; SET lock_timeout = 0"


@contextmanager
def turn() -> Iterator[None]:
    """Wait for every process that has a turn at the application's database, then have one.

    A turn is not taken inside another.  It ends with the process that has it.
    """
    with _lock(db.engine):
        yield


def _lock(engine: Engine) -> AbstractContextManager[None]:
    if engine.dialect.name == "postgresql":
        return _server_lock(engine)
    path = file_of(str(engine.url), Path())
    # A database in memory is no other process's.
    return _folder_lock(path.parent) if path else nullcontext()


@contextmanager
def _server_lock(engine: Engine) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # The lock lives as long as this connection, which is nobody else's afterwards.
        connection.detach()
        connection.exec_driver_sql(_PATIENT)
        connection.exec_driver_sql(_TAKE)
        yield


@contextmanager
def _folder_lock(folder: Path) -> Iterator[None]:
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)

"""The database: one set of tables, two engines.

SQLite has one writer.  Every transaction that may write takes this process's mutex and
`BEGIN IMMEDIATE` before its first statement, so it waits in line instead of failing half-way;
a block under `reading()` begins deferred and waits for nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import psycopg
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase
from uuid_utils.compat import uuid7

from audit_api.database import one_writer, watching

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """What every table of the product inherits."""

    metadata = sa.MetaData(naming_convention=NAMING)


CHANGED_OFTEN = {"postgresql_with": {"fillfactor": 70}}
"""Of a table whose rows are changed again and again: PostgreSQL keeps room on each page, so that a
row stays where its indexes know it."""


def one_of(column: str, words: Iterable[str]) -> sa.CheckConstraint:
    """Return the constraint that a column holds one of some words."""
    listing = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listing})", name=column)


class Mode(Enum):
    """How a block uses the database."""

    WRITING = auto()
    READING = auto()
    ONE_MOMENT = auto()


_mode: ContextVar[Mode] = ContextVar("mode", default=Mode.WRITING)


class ReadingSession(Session):
    """A session that reads without a transaction on PostgreSQL.

    Each statement of READ COMMITTED sees its own snapshot anyway; without BEGIN and ROLLBACK a
    look-up is one journey to the server instead of three.
    """

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        bind = super().get_bind(*args, **kwargs)
        if isinstance(bind, Engine) and bind.dialect.name == "postgresql":
            return _in_mode(bind, _mode.get())
        return bind


@cache
def _in_mode(engine: Engine, mode: Mode) -> Engine:
    match mode:
        case Mode.READING:
            return engine.execution_options(isolation_level="AUTOCOMMIT")
        case Mode.ONE_MOMENT:
            return engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        case _:
            return engine


db = SQLAlchemy(
    model_class=Table, disable_autonaming=True, session_options={"class_": ReadingSession}
)

new_id = uuid7
"""Makes the id of a row that the server creates: time-ordered, so that indexes grow at one end."""


def first_id(moment: datetime) -> UUID:
    """Return what comes before every id that was made at a moment or after it."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80)


PATIENCE = 10
"""Seconds that a writer waits for another process's transaction on SQLite; twice that for the
writers of its own process.  Then the caller is told to come back, and nothing is lost."""


class Moment(sa.types.TypeDecorator[datetime]):
    """An instant: aware going in, UTC coming out; microseconds.

    It goes to every database in UTC: PostgreSQL refuses offsets of 16 hours and more.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


@contextmanager
def reading() -> Iterator[None]:
    """Mark the block as one that only reads: on SQLite it does not queue behind the writers."""
    with _in(Mode.READING):
        yield


@contextmanager
def one_moment() -> Iterator[None]:
    """Mark the block as one transaction that only reads, and sees one moment whatever commits
    meanwhile; what was read before it is forgotten."""
    db.session.rollback()
    with _in(Mode.ONE_MOMENT):
        try:
            yield
            # Psycopg forgets what it has prepared at every rollback, and would plan all anew.
            db.session.commit()
        finally:
            db.session.rollback()


@contextmanager
def _in(mode: Mode) -> Iterator[None]:
    token = _mode.set(mode)
    try:
        yield
    finally:
        _mode.reset(token)


def upsert(table: type[Table]) -> Any:
    """Return an INSERT of the session's database that understands ON CONFLICT."""
    return _insert(db.session.get_bind().dialect.name, table)


@cache
def _insert(dialect: str, table: type[Table]) -> Any:
    # Made once: its `excluded` copies every column of the table.
    return (postgresql if dialect == "postgresql" else sqlite).insert(table.__table__)


def lacks_table(error: sa.exc.DBAPIError) -> bool:
    """Whether a statement failed because a table that it names has not been made."""
    if isinstance(error.orig, psycopg.Error):
        return isinstance(error.orig, psycopg.errors.UndefinedTable)
    return str(error.orig).startswith("no such table")


def execute_prepared(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run one statement ($1, $2 … on PostgreSQL, ? on SQLite) in the session's transaction and
    return its rows.

    Straight through the driver: the statement is neither compiled nor split, its rows are not
    wrapped, and a connection prepares it once.  Parameters are what the driver takes as it is.
    What the session has changed is written before.  Raises what SQLAlchemy would raise.
    """
    db.session.flush()
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    try:
        if isinstance(driver, sqlite3.Connection):
            return driver.execute(statement, parameters).fetchall()
        with psycopg.RawCursor(driver) as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []
    except psycopg.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise sa.exc.DBAPIError.instance(statement, None, error, psycopg.Error) from error
    except sqlite3.Error as error:
        raise sa.exc.DBAPIError.instance(statement, None, error, sqlite3.Error) from error


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
    else:
        one_writer.prepare(engine, patience=PATIENCE, writes=lambda: _mode.get() is Mode.WRITING)

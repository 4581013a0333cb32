"""The database: one set of tables, two engines.

SQLite has one writer.  Every transaction that may write takes this process's mutex and
`BEGIN IMMEDIATE` before its first statement, so it waits in line instead of failing half-way;
a block under `reading()` begins deferred and waits for nobody.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum, auto
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import psycopg
import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, scoped_session
from uuid_utils.compat import uuid7

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


Result = TypeVar("Result")


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
    AT_ONCE = auto()
    READING = auto()
    ONE_MOMENT = auto()


mode: ContextVar[Mode] = ContextVar("mode", default=Mode.WRITING)


class ReadingSession(Session):
    """A session that reads without a transaction on PostgreSQL.

    Each statement of READ COMMITTED sees its own snapshot anyway; without BEGIN and ROLLBACK a
    look-up is one journey to the server instead of three.
    """

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        bind = super().get_bind(*args, **kwargs)
        if isinstance(bind, Engine) and bind.dialect.name == "postgresql":
            return _in_mode(bind, mode.get())
        return bind


@cache
def _in_mode(engine: Engine, chosen: Mode) -> Engine:
    match chosen:
        case Mode.READING | Mode.AT_ONCE:
            return engine.execution_options(isolation_level="AUTOCOMMIT")
        case Mode.ONE_MOMENT:
            return engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        case _:
            return engine


class Sessions(scoped_session[Session]):
    """The sessions of all application contexts, of which none is made only to be ended: a call that
    finds in memory what it asks for needs none."""

    def commit(self) -> None:
        if self.registry.has():
            super().commit()

    def rollback(self) -> None:
        if self.registry.has():
            super().rollback()


db = SQLAlchemy(
    model_class=Table, disable_autonaming=True, session_options={"class_": ReadingSession}
)
db.session = Sessions(db.session.session_factory, db.session.registry.scopefunc)

new_id = uuid7
"""Makes the id of a row that the server creates: time-ordered, so that indexes grow at one end."""


def first_id(moment: datetime) -> UUID:
    """Return what comes before every id that was made at a moment or after it."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=milliseconds << 80)


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


def reading() -> AbstractContextManager[None]:
    """Mark the block as one that only reads: on SQLite it does not queue behind the writers."""
    return _in(Mode.READING)


def writing() -> AbstractContextManager[None]:
    """Mark the block, inside one that only reads, as one that writes and commits."""
    return _in(Mode.WRITING)


def at_once() -> AbstractContextManager[None]:
    """Mark the block as one statement, which commits itself on PostgreSQL: one journey instead of
    three.  The caller commits all the same, for SQLite has no such statement."""
    return _in(Mode.AT_ONCE)


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
def _in(chosen: Mode) -> Iterator[None]:
    token = mode.set(chosen)
    try:
        yield
    finally:
        mode.reset(token)


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
    """Run one statement ($1, $2 … on PostgreSQL, ? on SQLite) in the session's transaction, or
    `at_once`, and return its rows.

    Straight through the driver: the statement is neither compiled nor split, its rows are not
    wrapped, and a connection prepares it once.  Parameters are what the driver takes as it is.
    What the session has changed is written before.  Raises what SQLAlchemy would raise.
    """
    if mode.get() is Mode.AT_ONCE and db.engine.dialect.name == "postgresql":
        return _execute_at_once(db.engine, statement, parameters)
    return _in_session(lambda driver: _execute(driver, statement, parameters))


def execute_many(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for each row of parameters in the session's transaction, as
    `execute_prepared` does; PostgreSQL is not waited for between them."""
    _in_session(lambda driver: _execute_many(driver, statement, rows))


def _in_session(execute: Callable[[Any], Result]) -> Result:
    """Return what comes of the session's driver, once what the session has changed is written."""
    db.session.flush()
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    try:
        return execute(driver)
    except sa.exc.DBAPIError as error:
        if isinstance(error.orig, psycopg.Error) and driver.closed:
            # As SQLAlchemy does: what is older than this has lost its server too.
            connection.engine.pool._invalidate(connection.connection, error)
            connection.invalidate(error)
        raise


def _execute_at_once(
    engine: Engine, statement: str, parameters: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Run one statement that commits itself, on a connection with no session around it."""
    with closing(engine.raw_connection()) as pooled:
        driver: Any = pooled.driver_connection
        driver.autocommit = True
        try:
            return _execute(driver, statement, parameters)
        finally:
            if driver.closed:
                engine.pool._invalidate(pooled)
            else:
                driver.autocommit = False


def _execute(driver: Any, statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with _errors_of(statement):
        if isinstance(driver, sqlite3.Connection):
            return driver.execute(statement, parameters).fetchall()
        with psycopg.RawCursor(driver) as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []


def _execute_many(driver: Any, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    with _errors_of(statement):
        if isinstance(driver, sqlite3.Connection):
            driver.executemany(statement, rows)
            return
        with psycopg.RawCursor(driver) as cursor:
            cursor.executemany(statement, rows)


@contextmanager
def _errors_of(statement: str) -> Iterator[None]:
    """Raise the driver's errors as SQLAlchemy's."""
    try:
        yield
    except psycopg.Error as error:
        raise sa.exc.DBAPIError.instance(statement, None, error, psycopg.Error) from error
    except sqlite3.Error as error:
        raise sa.exc.DBAPIError.instance(statement, None, error, sqlite3.Error) from error

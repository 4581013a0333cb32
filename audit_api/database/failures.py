"""What failed in the database, told without what was stored or looked for."""

from __future__ import annotations

import sqlite3

import psycopg
import sqlalchemy as sa

from audit_api.errors import Problem

_AWAY = (
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
    sa.exc.TimeoutError,
    psycopg.OperationalError,
    sqlite3.OperationalError,
)
# PostgreSQL tells of these as if they were the statement's fault.
_AWAY_STATES = frozenset({"25006", "25P03", "25P04", "72000"})

_UNSTORABLE = (sa.exc.DataError, OverflowError, UnicodeEncodeError)
"""How databases and their drivers refuse a value."""


def is_away(error: BaseException) -> bool:
    """Whether the same call may succeed later: the database is away, full, read-only or too busy,
    or it is no database at the moment."""
    if isinstance(error, _AWAY):
        return True
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    driver = error.orig
    return (
        error.connection_invalidated
        or getattr(driver, "sqlstate", None) in _AWAY_STATES
        or type(driver) is sqlite3.DatabaseError
    )


def is_unstorable(error: BaseException) -> bool:
    """Whether the same call will fail for ever, for a value in it fits no column."""
    return isinstance(error, _UNSTORABLE)


def reason(error: BaseException) -> str:
    """Return what may be told of an error: its kind, and a problem's or a database's own word for
    it; never its message, which quotes rows."""
    if isinstance(error, Problem):
        return f"{type(error).__name__} ({error.kind.slug})"
    driver = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    code = getattr(driver, "sqlstate", None) or getattr(driver, "sqlite_errorname", None)
    name = type(driver or error).__name__
    return f"{name} ({code})" if code else name

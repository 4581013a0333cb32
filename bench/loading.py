"""Fills tables with millions of rows."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from audit_api.database import db

_BLOCK = 20_000


def load(table: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows, by COPY where there is one."""
    table = getattr(table, "__table__", table)
    if db.engine.dialect.name != "postgresql":
        while some := list(itertools.islice(rows, _BLOCK)):
            db.session.execute(sa.insert(table), some)
        db.session.commit()
        return
    # What COPY needs is psycopg's own; SQLAlchemy's types know nothing of it.
    connection: Any = db.engine.raw_connection()
    first = next(rows)
    with connection.cursor() as cursor:
        statement = f"COPY {table.name} ({', '.join(first)}) FROM STDIN"
        cursor.execute("SET statement_timeout = 0")
        with cursor.copy(statement) as copy:
            for block in _blocks(itertools.chain([first], rows)):
                copy.write(block)
    connection.commit()
    connection.close()


def _blocks(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    while some := list(itertools.islice(rows, _BLOCK)):
        text = io.StringIO()
        for row in some:
            text.write("\t".join(map(_written, row.values())))
            text.write("\n")
        yield text.getvalue()


def _written(value: object) -> str:
    return r"\N" if value is None else str(value)


def settle() -> None:
    """Let the database know how much there is now."""
    statement = "ANALYZE"
    if db.engine.dialect.name == "postgresql":
        statement = "VACUUM ANALYZE"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(statement))

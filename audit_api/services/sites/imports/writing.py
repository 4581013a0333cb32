"""Writes what an import decided: a statement for all rows, never one for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, new_id
from audit_api.errors import Fault, invalid, pointer_to
from audit_api.glyphs.warnings import unprintable
from audit_api.models import Activity
from audit_api.services.access import Who
from audit_api.sheets.lines import Faults, Row

MAX_ROWS = 10_000
"""Rows of one file.  They are written in one transaction, and on SQLite everybody waits for it: a
second or two for so many."""
MAX_WARNINGS = 100
"""Of one file: who has read so many knows what is the matter."""


def require_few(rows: Sequence[Row]) -> None:
    """Raise INVALID where a file has more rows than are written in one transaction."""
    if len(rows) > MAX_ROWS:
        raise invalid(Fault("", "too_many_rows", {"count": len(rows), "max": MAX_ROWS}))


def warnings(rows: Iterable[Row], *columns: str) -> Sequence[Fault]:
    """Return the first MAX_WARNINGS warnings of cells that no report can print as they are."""
    texts = {
        pointer_to("lines", row.line, name): row.values.get(name)
        for row in rows
        for name in columns
    }
    return [*islice(unprintable(texts), MAX_WARNINGS)]


def insert(
    table: type[Any], rows: Sequence[dict[str, Any]], *, in_use: Callable[[], Faults]
) -> None:
    """Insert all rows.  Raise INVALID with the faults of `in_use` where somebody else added one of
    them since the file was compared."""
    if not rows:
        return
    try:
        with db.session.begin_nested():
            db.session.execute(sa.insert(table.__table__), rows)
    except sa.exc.IntegrityError:
        raise invalid(*in_use().found) from None


def update(table: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    """Update rows by their `id`, all with the same members, and count their versions up."""
    if not rows:
        return
    columns = table.__table__.c
    # `b_`: a parameter may not have the name of the column that it sets.
    values = {
        name: sa.bindparam(f"b_{name}", type_=columns[name].type)
        for name in rows[0]
        if name != "id"
    }
    statement = (
        sa.update(table.__table__)
        .where(columns.id == sa.bindparam("b_id"))
        .values(**values, version=columns.version + 1)
    )
    parameters = [{f"b_{name}": value for name, value in row.items()} for row in rows]
    db.session.connection().execute(statement, parameters)


def record(by: Who, verb: str, acts: Sequence[tuple[UUID, dict[str, Any]]], now: datetime) -> None:
    """Record one act on each subject, with its details: as `activity.record` does, in bulk."""
    if not acts:
        return
    rows = [
        {
            "id": new_id(),
            "organisation_id": by.organisation_id,
            "actor_id": by.id,
            "verb": verb,
            "subject_id": subject,
            "details": details | {"imported": True},
            "at": now,
        }
        for subject, details in acts
    ]
    db.session.execute(sa.insert(Activity), rows)

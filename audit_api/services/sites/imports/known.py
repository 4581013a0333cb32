"""What is stored of that which a file names: a small file reads little, whatever is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from audit_api.database import db

MAX_AT_ONCE = 1_000
"""Values named in one statement: SQLite takes 32,766 variables, PostgreSQL 65,535."""


def rows(
    select: sa.Select[*tuple[Any, ...]], column: Any, values: Collection[Any]
) -> Iterator[sa.RowMapping]:
    """Yield the rows of `select` whose `column` is one of the values."""
    wanted = sorted({value for value in values if value is not None})
    for start in range(0, len(wanted), MAX_AT_ONCE):
        batch = column.in_(wanted[start : start + MAX_AT_ONCE])
        yield from db.session.execute(select.where(batch)).mappings()

"""What every table of totals shares: adding to its rows, comparing them, holding its writers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, upsert
from audit_api.database.statements import Statement
from audit_api.models import FoldedTotal, Organisation, SiteTotal, VisitTotal
from audit_api.rules.totals import COLUMNS

Totals = SiteTotal | FoldedTotal | VisitTotal
K = TypeVar("K")
V = TypeVar("V", bound=tuple[int, ...])


def addition(
    table: type[Totals], key: Collection[str], columns: Collection[str] = COLUMNS
) -> Statement:
    """Return the statement that adds the sums of a row to those stored under its key."""

    def insert() -> sa.Insert:
        statement = upsert(table)
        new = statement.excluded
        added: sa.Insert = statement.on_conflict_do_update(
            index_elements=list(key),
            set_={name: getattr(table, name) + new[name] for name in columns},
        )
        return added

    return Statement(insert, columns=[column.key for column in table.__table__.columns])


def differing_keys(before: Mapping[K, V], after: Mapping[K, V]) -> list[K]:
    """Return the keys under which two tables of totals differ, in order."""
    keys: Iterable[Any] = before.keys() | after.keys()
    return sorted(key for key in keys if before.get(key) != after.get(key))


def without_empty(rows: Iterable[tuple[K, V]]) -> dict[K, V]:
    """Return the rows that are not all zeros."""
    return {key: values for key, values in rows if any(values)}


def lock(organisation_id: UUID) -> None:
    """Wait for whoever folds or moves an organisation's totals, and hold them off; by the version
    readers see that what they remember is out of date."""
    db.session.execute(
        sa.update(Organisation)
        .where(Organisation.id == organisation_id)
        .values(totals_version=Organisation.totals_version + 1)
    )


def lock_at(organisation_id: UUID, version: int) -> bool:
    """Lock an organisation's totals as `lock` does, if they are still at a version; return whether
    they were."""
    return bool(
        db.session.scalar(
            sa.update(Organisation)
            .where(Organisation.id == organisation_id, Organisation.totals_version == version)
            .values(totals_version=version + 1)
            .returning(sa.true())
        )
    )


def hold_writers(organisation_id: UUID) -> None:
    """Let whatever would change an organisation's totals wait until the transaction ends."""
    lock(organisation_id)
    hold(SiteTotal)


def hold(table: type[Totals]) -> None:
    """Let whatever would change a table of totals wait until the transaction ends."""
    if db.session.get_bind().dialect.name == "postgresql":
        mode = "SHARE ROW EXCLUSIVE"
        db.session.execute(sa.text(f"LOCK TABLE {table.__tablename__} IN {mode} MODE"))

"""Alembic's environment: the application's own engine, on both databases.

A migration never imports models, so the types that are the house's own are written out.
"""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.dialects import postgresql

from audit_api.database import Json, Moment, Table, db
from audit_api.database.turns import turn


def render_item(kind: str, item: Any, autogenerate: Any) -> str | bool:
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and item is Json:
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def compare_type(
    context_: Any, inspected: Any, column: Any, inspected_type: Any, type_: Any
) -> bool | None:
    if isinstance(type_, Moment):
        return not str(inspected_type).upper().startswith(("DATETIME", "TIMESTAMP"))
    if isinstance(inspected_type, postgresql.JSONB):
        return type_ is not Json
    return None


def run() -> None:
    # Of two first starts at one moment, the second finds everything done.
    with turn():
        _migrate()


def _migrate() -> None:
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Table.metadata,
            **{**options, "render_item": render_item, "compare_type": compare_type},
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()

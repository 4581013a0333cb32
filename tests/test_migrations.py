"""The migrations: they go up and down, and end where the models stand."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from audit_api.database import Table, db

VERSIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"


@pytest.mark.slow
def test_migrations_go_down_to_nothing_and_up_to_the_models(app: Flask) -> None:
    with app.app_context():
        flask_migrate.downgrade(revision="base")
        assert set(sa.inspect(db.engine).get_table_names()) == {"alembic_version"}
        flask_migrate.upgrade()
        flask_migrate.check()
        assert set(sa.inspect(db.engine).get_table_names()) == {
            "alembic_version",
            *Table.metadata.tables,
        }


@pytest.mark.slow
def test_migrations_allow_the_words_that_the_models_allow(app: Flask) -> None:
    """Alembic compares no CHECK: a new state of an audit would be refused by an old one."""
    with app.app_context():
        inspector = sa.inspect(db.engine)
        migrated = {
            (table, check["name"]): words(check["sqltext"])
            for table in inspector.get_table_names()
            for check in inspector.get_check_constraints(table)
        }
    assert migrated == {
        (name, check.name): words(str(check.sqltext))
        for name, table in Table.metadata.tables.items()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }


def words(condition: str) -> list[str]:
    """Return the quoted words of a condition, which each database spells in its own way."""
    return re.findall(r"'(\w+)'", condition)


def test_migrations_are_numbered_in_the_order_in_which_they_run() -> None:
    scripts = [*ScriptDirectory(str(VERSIONS.parent)).walk_revisions()][::-1]
    numbers = [f"{number:04}" for number in range(1, len(scripts) + 1)]
    assert [script.revision for script in scripts] == numbers
    assert [script.down_revision for script in scripts] == [None, *numbers[:-1]]
    assert [Path(script.path).name[:5] for script in scripts] == [f"{each}_" for each in numbers]


def test_no_migration_imports_the_application() -> None:
    for path in VERSIONS.glob("*.py"):
        imported = [
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [node.module]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
            )
        ]
        assert imported
        assert not [name for name in imported if name and name.startswith("audit_api")]

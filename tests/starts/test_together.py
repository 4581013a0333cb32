"""Two first starts at one moment: both succeed, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from audit_api.database import Table, db
from tests.conftest import Postgres
from tests.pairs import SECRET, running
from tests.servers.postgres import database
from tests.starts.together import together

pytestmark = pytest.mark.slow

MIGRATE = """
import traceback
import flask_migrate
from audit_api.app import create_app
from audit_api.database import db
def run(settings):
    app = create_app(settings)
    try:
        with app.app_context():
            flask_migrate.upgrade()
            return None
    except BaseException:
        return traceback.format_exc()
    finally:
        app.extensions["audit_worker"].close()
        with app.app_context():
            db.engine.dispose()
"""


def tables(settings: dict[str, str]) -> set[str]:
    with running(settings) as app, app.app_context():
        return set(sa.inspect(db.engine).get_table_names())


def test_sqlite_is_migrated_once_however_many_begin(tmp_path: Path) -> None:
    with together(MIGRATE) as processes:
        for number in range(10):
            settings = {"INSTANCE": str(tmp_path / str(number)), "SECRET": SECRET}
            assert processes.run(settings) == [None] * 4
            assert tables(settings) == {"alembic_version", *Table.metadata.tables}


def test_postgresql_is_migrated_once_however_many_begin(tmp_path: Path, postgres: Postgres) -> None:
    with together(MIGRATE) as processes:
        for _ in range(3):
            with database(postgres.server) as own:
                settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET, "DATABASE_URL": own.url}
                assert processes.run(settings) == [None] * 4
                assert tables(settings) == {"alembic_version", *Table.metadata.tables}

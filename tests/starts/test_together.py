"""Two first starts at one moment: both succeed, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from audit_api.database import Table, db
from audit_api.demonstration import people
from audit_api.models import User
from tests.conftest import Postgres
from tests.pairs import SECRET, running
from tests.servers.postgres import database
from tests.starts.together import Together, together

pytestmark = pytest.mark.slow

FIRST_START = """
import traceback
import flask_migrate
from audit_api.app import create_app
from audit_api.database import db
def run(settings):
    app = create_app(settings)
    try:
        with app.app_context():
            flask_migrate.upgrade()
        if settings.pop("DEMO", False):
            app.test_cli_runner().invoke(args=["demo", *DEMO], catch_exceptions=False)
        return None
    except BaseException:
        return traceback.format_exc()
    finally:
        app.extensions["audit_worker"].close()
        with app.app_context():
            db.engine.dispose()
DEMO = "--sites 2 --months 1 --visits 0.1".split()
"""


@pytest.fixture(scope="module")
def processes() -> Iterator[Together]:
    with together(FIRST_START, count=3) as processes:
        yield processes


def start(processes: Together, settings: dict[str, Any]) -> None:
    """Let all start at once; every one succeeds, and what was to be made is made once."""
    assert processes.run(settings) == [None] * 3
    with running(settings) as app, app.app_context():
        assert set(sa.inspect(db.engine).get_table_names()) == {
            "alembic_version",
            *Table.metadata.tables,
        }
        count = db.session.scalar(sa.select(sa.func.count()).select_from(User))
        assert count == (len(people.ACCOUNTS) if "DEMO" in settings else 0)


def test_sqlite_is_made_once_however_many_begin(processes: Together, tmp_path: Path) -> None:
    for number in range(5):
        start(processes, {"INSTANCE": str(tmp_path / str(number)), "SECRET": SECRET})
    start(processes, {"INSTANCE": str(tmp_path / "demo"), "SECRET": SECRET, "DEMO": True})


def test_postgresql_is_made_once_however_many_begin(
    processes: Together, tmp_path: Path, postgres: Postgres
) -> None:
    for more in ({}, {}, {"DEMO": True}):
        with database(postgres.server) as own:
            settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET, "DATABASE_URL": own.url}
            start(processes, settings | more)

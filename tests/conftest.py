"""The real things under every test: both databases, both photo stores, a fresh set for each test.

SQLite goes with the local store and PostgreSQL with an S3 server, so that each test that takes
`app` runs on both pairs; the stores' own suite crosses the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_api.database import db
from audit_api.services.access import Who
from tests import chance
from tests.demonstration.loaded import Demonstration, loaded
from tests.organisations import bearer, person, tenant
from tests.pairs import PAIRS, SECRET, fresh_app, running
from tests.servers.postgres import Database, Server, database, postgres_server
from tests.servers.s3 import S3Server, s3_server
from tests.world import World, make_world

chance.load()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


@dataclass(frozen=True)
class Postgres:
    """A server and a database on it that is migrated and never used, to be copied."""

    server: Server
    template: Database


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    _migrate({"INSTANCE": str(folder), "SECRET": SECRET})
    return folder / "audit.db"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    folder = tmp_path_factory.mktemp("postgres")
    with postgres_server() as server, database(server) as template:
        _migrate({"INSTANCE": str(folder), "SECRET": SECRET, "DATABASE_URL": template.url})
        yield Postgres(server, template)


def _migrate(settings: dict[str, str]) -> None:
    with running(settings) as app, app.app_context():
        flask_migrate.upgrade()


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    with s3_server() as server:
        yield server


@pytest.fixture(scope="session")
def bucket(s3: S3Server) -> str:
    return s3.make_bucket()


@pytest.fixture(params=PAIRS)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own."""
    with fresh_app(request, tmp_path) as app:
        yield app


@pytest.fixture
def world(app: Flask) -> World:
    return make_world(app)


@pytest.fixture(scope="module", params=PAIRS)
def shared_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """One application for all tests of a module that only look, or are refused."""
    with fresh_app(request, tmp_path_factory.mktemp("shared")) as app:
        yield app


@pytest.fixture(scope="module")
def shared_world(shared_app: Flask) -> World:
    return make_world(shared_app)


@pytest.fixture(scope="session", params=PAIRS)
def lasting_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """One application for all tests that make an organisation of their own in it.

    None of them sends an audit: its worker has nothing to do.
    """
    with fresh_app(request, tmp_path_factory.mktemp("lasting")) as app:
        yield app


@pytest.fixture
def context(lasting_app: Flask) -> Iterator[Flask]:
    with lasting_app.app_context():
        yield lasting_app
        db.session.rollback()


@pytest.fixture
def hq(context: Flask) -> Who:
    """The operator of a fresh organisation."""
    return tenant()


@pytest.fixture
def client(lasting_app: Flask) -> FlaskClient:
    return lasting_app.test_client()


@pytest.fixture
def headers(hq: Who) -> dict[str, str]:
    """What a call of an HQ user of the fresh organisation carries."""
    return bearer(person(hq, "hq"))


@pytest.fixture(scope="session", params=PAIRS)
def demonstration(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """The demonstration, loaded once."""
    with loaded(request, tmp_path_factory.mktemp("demonstration")) as demonstration:
        yield demonstration

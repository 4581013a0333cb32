"""The real things under every test: both databases, both photo stores, a fresh set for each test.

SQLite goes with the local store and PostgreSQL with an S3 server, so that each test that takes
`app` runs on both pairs; the stores' own suite crosses the rest.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_api.app import create_app
from audit_api.database import Table, db
from audit_api.services.access import Who
from tests.demonstration.loaded import Demonstration, loaded
from tests.organisations import bearer, person, tenant
from tests.servers.postgres import Database, Server, database, postgres_server
from tests.servers.s3 import S3Server, s3_server
from tests.world import World, make_world

SECRET = "a secret of the tests, long enough"
PAIRS = ["sqlite+local", "postgresql+s3"]
_count = itertools.count()


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
    yield from _pair(request, tmp_path)


@pytest.fixture(scope="module", params=PAIRS)
def shared_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """One application for all tests of a module that only look, or are refused."""
    yield from _pair(request, tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def shared_world(shared_app: Flask) -> World:
    return make_world(shared_app)


def _pair(request: pytest.FixtureRequest, folder: Path) -> Iterator[Flask]:
    settings: dict[str, object] = {"INSTANCE": str(folder), "SECRET": SECRET}
    if request.param == "sqlite+local":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "audit.db")
        yield from _app(settings)
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    server: S3Server = request.getfixturevalue("s3")
    settings |= {
        "PHOTO_STORE": "s3",
        "S3_ENDPOINT": server.endpoint,
        "S3_ACCESS_KEY": server.access_key,
        "S3_SECRET_KEY": server.secret_key,
        "S3_BUCKET": request.getfixturevalue("bucket"),
    }
    with database(postgres.server, template=postgres.template) as own:
        yield from _app(settings | {"DATABASE_URL": own.url})


@pytest.fixture
def world(app: Flask) -> World:
    return make_world(app)


@pytest.fixture(scope="session", params=PAIRS)
def demonstration(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """The demonstration, loaded once."""
    with loaded(request, tmp_path_factory.mktemp("demonstration")) as demonstration:
        yield demonstration


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def people_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("instance")
    if request.param == "sqlite":
        yield from _people_app(f"sqlite:///{folder / 'audit.db'}", folder)
        return
    with postgres_server() as server, database(server) as fresh:
        yield from _people_app(fresh.url, folder)


def _people_app(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app({"DATABASE_URL": url, "INSTANCE": str(folder)})
    with app.app_context():
        Table.metadata.create_all(db.engine)
    yield app
    app.extensions["audit_worker"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def context(people_app: Flask) -> Iterator[Flask]:
    with people_app.app_context():
        yield people_app
        db.session.rollback()


@pytest.fixture
def hq(context: Flask) -> Who:
    """The operator of a fresh organisation."""
    return tenant()


@pytest.fixture
def client(people_app: Flask) -> FlaskClient:
    return people_app.test_client()


@pytest.fixture
def headers(hq: Who) -> dict[str, str]:
    """What a call of an HQ user of the fresh organisation carries."""
    return bearer(person(hq, "hq"))


def _app(settings: dict[str, object]) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    app.extensions["audit_worker"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _migrate(settings: dict[str, object]) -> None:
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        db.engine.dispose()

"""The two pairs of database and photo store that the product runs on, as a fixture asks for them.

What is made once for many tests still leaves each alone: a test makes an organisation of its own
there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from audit_api.app import create_app
from audit_api.database import db
from tests.servers.postgres import Database, database
from tests.servers.s3 import S3Server

PAIRS = ("sqlite+local", "postgresql+s3")
SECRET = "a secret of the tests, long enough"


@contextmanager
def fresh_pair(
    request: pytest.FixtureRequest, folder: Path, pair: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the settings of an empty, migrated database and a photo store: of a pair, or of the one
    that the fixture's parameter names."""
    settings = {"INSTANCE": str(folder), "SECRET": SECRET}
    if (pair or request.param) == "sqlite+local":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "audit.db")
        yield settings
        return
    postgres, server = request.getfixturevalue("postgres"), request.getfixturevalue("s3")
    with database(postgres.server, template=postgres.template) as own:
        yield settings | on_servers(own, server, request.getfixturevalue("bucket"))


def on_servers(own: Database, server: S3Server, bucket: str) -> dict[str, str]:
    """Return the settings of a PostgreSQL database and a bucket of an S3 server."""
    return {
        "DATABASE_URL": own.url,
        "PHOTO_STORE": "s3",
        "S3_ENDPOINT": server.endpoint,
        "S3_ACCESS_KEY": server.access_key,
        "S3_SECRET_KEY": server.secret_key,
        "S3_BUCKET": bucket,
    }


@contextmanager
def running(settings: Mapping[str, Any]) -> Iterator[Flask]:
    """Yield the application with `settings`; its worker and its connections end with it."""
    app = create_app(settings)
    try:
        yield app
    finally:
        app.extensions["audit_worker"].close()
        app.extensions["audit_photo_store"].close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def fresh_app(
    request: pytest.FixtureRequest, folder: Path, pair: str | None = None
) -> Iterator[Flask]:
    """Yield the application on a fresh pair."""
    with fresh_pair(request, folder, pair) as settings, running(settings) as app:
        yield app

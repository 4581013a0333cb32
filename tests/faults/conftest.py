"""One database and photo store of each pair, used by this process and by servers of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.faults.server import Server
from tests.pairs import PAIRS, fresh_pair, running


@pytest.fixture(scope="session", params=PAIRS)
def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    with fresh_pair(request, tmp_path_factory.mktemp("faults")) as settings:
        yield settings


@pytest.fixture(scope="session")
def app(settings: dict[str, Any]) -> Iterator[Flask]:
    # As many connections as senders: what is raced for is the audit, not the pool.
    with running(settings | {"DATABASE_POOL": 20}) as app:
        yield app


@pytest.fixture(scope="session")
def server(settings: dict[str, Any]) -> Iterator[Server]:
    """The production server in processes of its own: two on PostgreSQL, one on SQLite."""
    server = Server(settings, workers=2 if "DATABASE_URL" in settings else 1)
    try:
        server.start()
        yield server
    finally:
        server.close()

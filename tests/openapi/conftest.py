"""One served application for all tests that speak to a real server; one specification to read."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from audit_api.app import create_app
from tests.openapi.server import Served, serving
from tests.pairs import SECRET


@pytest.fixture(scope="session")
def specified(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of which only the specification is asked."""
    folder = tmp_path_factory.mktemp("instance")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # apispec warns of two schemas with one name
        app = create_app({"INSTANCE": str(folder), "SECRET": SECRET})
    app.extensions["audit_worker"].close()
    return app


@pytest.fixture(scope="session")
def spec(specified: Flask) -> dict[str, Any]:
    response = specified.test_client().get("/api/v1/openapi.json")
    assert response.content_type == "application/json"
    return dict(response.json)


@pytest.fixture(scope="session")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), sqlite_template) as server:
        yield server

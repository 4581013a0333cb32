"""One application for each pair; every test is an organisation of its own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.pairs import PAIRS, fresh_app
from tests.world import World, make_world


@pytest.fixture(scope="session", params=PAIRS)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    with fresh_app(request, tmp_path_factory.mktemp("protocol")) as app:
        yield app


@pytest.fixture(scope="session")
def foreign(app: Flask) -> World:
    """Another organisation, whose things do not exist for anybody else."""
    return make_world(app)

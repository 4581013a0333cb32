"""A world with audits to export, whose jobs wait until a test does them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.exports.archives import APPROVED, COUNT, audits
from tests.pairs import PAIRS, fresh_pair, running
from tests.world import World, make_world


@pytest.fixture(scope="module", params=PAIRS)
def alone(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application with a broker that nobody listens to: jobs wait until a test does them."""
    with (
        fresh_pair(request, tmp_path_factory.mktemp("exports")) as settings,
        running(settings | {"BROKER_URL": "memory://"}) as app,
    ):
        yield app


@pytest.fixture(scope="module")
def world(alone: Flask) -> World:
    made_world = make_world(alone)
    audits(made_world, COUNT, approved=APPROVED)
    return made_world

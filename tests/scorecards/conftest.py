"""One application for each pair; every test is an organisation of its own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.pairs import PAIRS, fresh_pair, running


@pytest.fixture(scope="session", params=PAIRS)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("scorecards")
    with fresh_pair(request, folder) as settings, running(settings) as app:
        yield app

"""One application for each pair; every test is an organisation of its own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.pairs import PAIRS, fresh_app


@pytest.fixture(scope="session", params=PAIRS)
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    with fresh_app(request, tmp_path_factory.mktemp("insights")) as app:
        yield app

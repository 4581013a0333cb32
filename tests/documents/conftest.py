"""The demonstration, loaded once on each pair of database and photo store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.faults.pairs import PAIRS, fresh_pair, running

SMALL = ["--sites", "8", "--months", "3", "--until", f"{datetime.now(UTC):%Y-%m-%d}"]
"""The size that the tests load: each site's visits are those of the whole."""


@dataclass(frozen=True)
class Demonstration:
    """The application that holds it, its settings, and what loading it printed."""

    app: Flask
    settings: dict[str, Any]
    said: str


@pytest.fixture(scope="session", params=PAIRS)
def demonstration(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    with (
        fresh_pair(request, tmp_path_factory.mktemp("demonstration")) as settings,
        running(settings) as app,
    ):
        loaded = app.test_cli_runner().invoke(args=["demo", *SMALL])
        assert loaded.exit_code == 0, loaded.output
        yield Demonstration(app, settings, loaded.output)

"""The demonstration, loaded in a size for tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.pairs import fresh_pair, running

SMALL = ["--sites", "8", "--months", "3", "--until", f"{datetime.now(UTC):%Y-%m-%d}"]
"""The size that the tests load: each site's visits are those of the whole."""


@dataclass(frozen=True)
class Demonstration:
    """The application that holds it, its settings, and what loading it printed."""

    app: Flask
    settings: dict[str, Any]
    said: str

    @property
    def password(self) -> str:
        """Everybody's password, as it was printed."""
        return re.findall(r"Everybody's password is (\S+)$", self.said, re.MULTILINE)[0]


@contextmanager
def loaded(request: pytest.FixtureRequest, folder: Path) -> Iterator[Demonstration]:
    """Yield the demonstration on a fresh pair of database and photo store."""
    with fresh_pair(request, folder) as settings, running(settings) as app:
        loading = app.test_cli_runner().invoke(args=["demo", *SMALL])
        assert loading.exit_code == 0, loading.output
        yield Demonstration(app, settings, loading.output)

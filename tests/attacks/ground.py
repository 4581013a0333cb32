"""Where an attack goes: the product on each pair of database and photo store, made for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import flask_migrate

from tests.pairs import PAIRS, SECRET, on_servers, running
from tests.servers.postgres import database, postgres_server
from tests.servers.s3 import s3_server


@contextmanager
def ground(pair: str) -> Iterator[dict[str, Any]]:
    """Yield the settings of an empty, migrated database and a photo store of the pair."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        settings: dict[str, Any] = {"INSTANCE": str(folder), "SECRET": SECRET}
        if pair != PAIRS[0]:
            own = stack.enter_context(database(stack.enter_context(postgres_server())))
            store = stack.enter_context(s3_server())
            settings |= on_servers(own, store, store.make_bucket())
        with running(settings) as app, app.app_context():
            flask_migrate.upgrade()
        yield settings

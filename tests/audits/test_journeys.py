"""How often a submission travels to PostgreSQL: that, not the work done there, is what it waits
for."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from audit_api.database import db
from tests.world import World

READY = "\tReadyForQuery\t"
"""How the protocol ends each answer."""


@contextmanager
def traced(engine: Engine) -> Iterator[IO[bytes]]:
    """Yield what this thread's connections and the server say to each other, as libpq writes it."""
    here = threading.get_ident()
    with tempfile.TemporaryFile() as file:

        def checkout(connection: Any, record: Any, proxy: object) -> None:
            if threading.get_ident() == here:
                connection.pgconn.trace(file.fileno())

        def checkin(connection: Any, record: object) -> None:
            connection.pgconn.untrace()

        listeners = {"checkout": checkout, "checkin": checkin}
        for name, listener in listeners.items():
            sa.event.listen(engine, name, listener)
        try:
            yield file
        finally:
            for name, listener in listeners.items():
                sa.event.remove(engine, name, listener)


def count(world: World, method: str, path: str, sent: Any) -> int:
    """Return how many journeys a call that succeeds makes."""
    with world.app.app_context():
        engine = db.engine
    with traced(engine) as file:
        assert world.call("auditor", method, path, sent).status_code in (200, 201)
        file.seek(0)
        return file.read().decode().count(READY)


@pytest.mark.parametrize("app", ["postgresql+s3"], indirect=True)
def test_a_new_audit_is_one_journey_and_so_is_a_batch(world: World) -> None:
    assert world.put(world.another()).status_code == 201
    assert count(world, "PUT", f"/audits/{uuid4()}", world.another()) == 1
    batch = [{"id": str(uuid4()), "audit": world.another()} for _ in range(5)]
    assert count(world, "POST", "/audits/batch", {"audits": batch}) == 1

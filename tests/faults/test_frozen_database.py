"""A PostgreSQL that stops without a word: 503 within seconds, and everything as before once it
goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import flask_migrate
import httpx
import pytest

from audit_api.database import execute_prepared, watching
from audit_api.pulse import PAUSE
from tests import patience
from tests.faults.races import stored
from tests.faults.server import Server
from tests.pairs import SECRET, running
from tests.servers.postgres import database, frozen, own_server
from tests.world import World, make_world

MOST_SECONDS = 10.0
"""Within which whoever asks is told that the database is away."""


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """The URL of a migrated database, and the first process of the server that has it alone."""
    folder = tmp_path_factory.mktemp("own")
    with own_server() as (server, number), database(server) as empty:
        settings = {"INSTANCE": str(folder), "SECRET": SECRET, "DATABASE_URL": empty.url}
        with running(settings) as app, app.app_context():
            flask_migrate.upgrade()
        yield empty.url, number


@pytest.fixture
def world(postgres: tuple[str, int], tmp_path: Path) -> Iterator[World]:
    settings = {"INSTANCE": str(tmp_path), "SECRET": SECRET, "DATABASE_URL": postgres[0]}
    with running(settings) as app:
        yield make_world(app)


@pytest.fixture
def server(world: World, tmp_path: Path) -> Iterator[Server]:
    names = ("INSTANCE", "SECRET", "DATABASE_URL")
    server = Server({name: world.app.config[f"AUDIT_{name}"] for name in names}, workers=1)
    try:
        server.start()
        yield server
    finally:
        server.close()


class Phones:
    """Callers that ask a server at once, each with its own audit or for a list."""

    def __init__(self, world: World, server: Server) -> None:
        self.world, self.server = world, server
        self.acknowledged: set[UUID] = set()

    def ask(self, number: int) -> tuple[int, float]:
        """Return the status of one call and the seconds that it took."""
        began = time.monotonic()
        if number % 2:
            answer = self.server.call(self.world, "auditor", "GET", "/sync")
        else:
            audit_id = uuid4()
            path = f"/audits/{audit_id}"
            answer = self.server.call(self.world, "auditor", "PUT", path, self.world.audit())
            if answer.status_code == 201:
                self.acknowledged.add(audit_id)
        return answer.status_code, time.monotonic() - began

    def ask_at_once(self, count: int) -> list[tuple[int, float]]:
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(self.ask, range(count)))


def alive(server: Server) -> float:
    """Return how long the server takes to say that it is alive."""
    began = time.monotonic()
    assert httpx.get(f"{server.url}/healthz", timeout=MOST_SECONDS).status_code == 200
    return time.monotonic() - began


def test_a_frozen_database_is_a_503_within_seconds_and_all_goes_on_when_it_thaws(
    world: World, server: Server, postgres: tuple[str, int]
) -> None:
    phones = Phones(world, server)
    assert {status for status, _ in phones.ask_at_once(4)} <= {200, 201}
    with frozen(postgres[1]):
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(phones.ask_at_once, 16)
            time.sleep(0.2)
            assert alive(server) < MOST_SECONDS
            answers = asked.result()
        assert {status for status, _ in answers} == {503}
        assert max(seconds for _, seconds in answers) < MOST_SECONDS
        # From now on nobody waits, and nobody takes a thread.
        answers = phones.ask_at_once(16)
        assert {status for status, _ in answers} == {503}
        assert max(seconds for _, seconds in answers) < MOST_SECONDS / 2
        assert alive(server) < MOST_SECONDS / 2
    give_up = time.monotonic() + patience.SECONDS
    while phones.ask(1)[0] != 200:
        assert time.monotonic() < give_up
        time.sleep(0.1)
    assert {status for status, _ in phones.ask_at_once(8)} <= {200, 201}
    assert phones.acknowledged <= stored(world).keys()


def test_a_slow_statement_of_a_server_that_answers_others_is_waited_for(world: World) -> None:
    with world.app.app_context():
        seconds = watching.PATIENCE + 0.5
        (row,) = execute_prepared(f"SELECT pg_sleep({seconds}), 7", [])
        assert row[1] == 7


def test_the_times_of_production_add_up_to_seconds() -> None:
    noticing = watching.PATIENCE + 2 * watching.CONNECT_SECONDS
    assert noticing <= 5
    assert noticing + PAUSE + watching.CONNECT_SECONDS < MOST_SECONDS
    assert watching.STATEMENT_SECONDS < watching.MAX_WAIT

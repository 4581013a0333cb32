"""A scorecard asks the database as often, however much there is behind it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from tests.totals.network import Network
from tests.totals.survey import survey
from tests.world import ALL_YES

CALLS = {
    "/sites/{site}/scorecard?period=2026-03": 6,
    "/sites/{site}/scorecard?period=2026&series=36": 6,
    "/regions/{region}/scorecard?period=2026-03": 6,
    "/organisation/scorecard?period=2026-03": 6,
    "/scorecards/sites?period=2026-03": 1,
    "/scorecards/movers?period=2026-03": 1,
    "/scorecards/questions?period=2026-03": 4,
}
"""Statements that each call makes, those that find out who asks left out."""
LEFT_OUT = ("BEGIN", "SET ", "SELECT anon_1.site_id, anon_1.region_id, anon_1.score")
"""The last reads the standing of the sites, whenever the worker has folded something meanwhile."""


@pytest.fixture(scope="module")
def network(app: Flask) -> Network:
    return Network(app, survey())


def submit(network: Network, site: int, month: int) -> None:
    network.submit(
        site=site,
        review="none",
        version=0,
        when=f"2026-{month:02}-15T12:00:00+08:00",
        answers={**ALL_YES, "listened": {"value": "no"}},
    )


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Yield the statements that are made in the block."""
    found: list[str] = []
    asking = threading.get_ident()

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        # The worker's thread has statements of its own.
        if threading.get_ident() == asking and "login_tokens" not in statement:
            found.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def test_the_number_of_statements_does_not_grow(network: Network) -> None:
    submit(network, 0, 3)
    statements(network)  # what a process reads but once, such as checklists
    first = statements(network)
    for month in (1, 2, 3):
        for site in (0, 1, 2):
            submit(network, site, month)
    network.fold(4)
    assert statements(network) == first == CALLS


def statements(network: Network) -> dict[str, int]:
    found = {}
    for call in CALLS:
        path = call.format(site=network.sites[0], region=network.regions[0])
        with counted(network.world.app) as made:
            answer = network.world.call("hq", "GET", path)
        assert answer.status_code == 200
        found[call] = len([one for one in made if not one.startswith(LEFT_OUT)])
    return found

"""A scorecard asks the database as often, however much there is behind it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.scorecards.survey import survey
from tests.statements import counted
from tests.totals.network import Network
from tests.world import ALL_YES

CALLS = {
    "/sites/{site}/scorecard?period=2026-03": 5,
    "/sites/{site}/scorecard?period=2026&series=36": 5,
    "/regions/{region}/scorecard?period=2026-03": 5,
    "/organisation/scorecard?period=2026-03": 5,
    "/scorecards/sites?period=2026-03": 1,
    "/scorecards/movers?period=2026-03": 1,
    "/scorecards/questions?period=2026-03": 2,
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


def test_the_number_of_statements_does_not_grow(network: Network) -> None:
    submit(network, 0, 3)
    made_by_each(network)  # what a process reads but once, such as checklists
    first = made_by_each(network)
    for month in (1, 2, 3):
        for site in (0, 1, 2):
            submit(network, site, month)
    network.fold(4)
    assert made_by_each(network) == first == CALLS


def made_by_each(network: Network) -> dict[str, int]:
    found = {}
    for call in CALLS:
        path = call.format(site=network.sites[0], region=network.regions[0])
        with counted(network.world.app) as made:
            answer = network.world.call("hq", "GET", path)
        assert answer.status_code == 200
        found[call] = len([one for one in made if not one.startswith(LEFT_OUT)])
    return found

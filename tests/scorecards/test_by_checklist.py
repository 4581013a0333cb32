"""Scorecards of one checklist alone: `checklist=` leaves out what others found."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.protocol.phone import lenient_checklist
from tests.totals.network import Network
from tests.world import ALL_YES

PATHS = (
    "/sites/{site}/scorecard",
    "/regions/{region}/scorecard",
    "/organisation/scorecard",
    "/campaigns/{campaign}/scorecard",
    "/scorecards/sites",
    "/scorecards/movers",
    "/scorecards/questions",
)


@pytest.fixture
def network(app: Flask) -> Network:
    found = Network(app)
    for number in range(3):
        for site, answers in enumerate((ALL_YES, ALL_YES | {"clean": {"value": "no"}})):
            sent = {"site": site, "review": "none", "version": 0, "answers": answers}
            found.submit(**sent, when="2026-03-15T12:00:00+08:00")
        if number == 1:
            found.fold(100)
    return found


def test_the_only_checklist_s_figures_are_all_there_are(network: Network) -> None:
    key = str(lenient_checklist()["key"])
    for path in PATHS:
        every, own = _asked(network, path), _asked(network, path, key)
        assert every
        if isinstance(own, dict):
            assert own.pop("checklist", key) == key
            every.pop("checklist", None)
        assert own == every


def test_another_checklist_has_none(network: Network) -> None:
    site, region, organisation, campaign, league, movers, ranking = (
        _asked(network, path, "another") for path in PATHS
    )
    assert (league, ranking, movers["compared"]) == ([], [], 0)
    for card in (site, region, organisation, campaign):
        assert (card["audits"], card["overall"]["score"]) == (0, None)
        assert (card["best"], card["questions"]) == ([], [])
    assert site["ranks"]["organisation"] == {"rank": None, "of": 0}


def _asked(network: Network, path: str, checklist: str | None = None) -> Any:
    of = path.format(
        site=network.sites[0], region=network.regions[0], campaign=network.campaign("none")
    )
    more = f"&checklist={checklist}" if checklist else ""
    answer = network.world.call("hq", "GET", f"{of}?period=2026-03{more}")
    assert answer.status_code == 200, answer.json
    return answer.json

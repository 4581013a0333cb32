"""A manager who names no region is told of all the regions that were granted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from audit_api.database import db
from audit_api.models import UserRegion
from tests.totals.network import Network
from tests.world import ALL_YES

MARCH = "2026-03-15T12:00:00+08:00"
FAILING = ("clean", "receipt", "honest")
"""What fails at each site: one in the manager's region, one elsewhere, one a competitor's."""


@pytest.fixture(params=["folded", "waiting"])
def network(app: Flask, request: pytest.FixtureRequest) -> Network:
    found = Network(app)
    for site, key in enumerate(FAILING):
        answers = ALL_YES | {key: {"value": "no"}}
        found.submit(site=site, review="none", version=0, when=MARCH, answers=answers)
    if request.param == "folded":
        found.fold(100)
    return found


def ranking(network: Network, person: str, **query: Any) -> Any:
    asked = {"period": "2026-03", "most": 100, **query}
    answer = network.world.call(person, "GET", "/scorecards/questions", query_string=asked)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_managers_ranking_is_of_the_regions_granted(network: Network) -> None:
    own = ranking(network, "manager")
    assert {line["key"] for line in own if line["failed"]} == {"clean"}
    assert own == ranking(network, "hq", region_id=network.regions[0])


def test_a_region_that_lies_in_another_granted_one_counts_once(network: Network) -> None:
    world = network.world
    with world.app.app_context():
        root = world.call("hq", "GET", f"/regions/{network.regions[0]}").json["parent_id"]
        db.session.add(UserRegion(user_id=world.users["manager"], region_id=UUID(root)))
        db.session.commit()
    found = ranking(network, "manager")
    assert {line["key"] for line in found if line["failed"]} == {"clean", "receipt"}
    assert found == ranking(network, "hq")


def test_a_manager_without_a_region_is_told_of_nothing(network: Network) -> None:
    world = network.world
    with world.app.app_context():
        db.session.query(UserRegion).filter_by(user_id=world.users["manager"]).delete()
        db.session.commit()
    assert ranking(network, "manager") == []

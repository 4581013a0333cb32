"""An organisation's target: set by HQ, to two decimals of a percent, read with scorecards."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.world import World, make_world

TARGET = "/organisation/target"


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return make_world(shared_app)


def test_a_target_is_kept_until_another_is_set_or_none(world: World) -> None:
    assert world.call("manager", "GET", TARGET).json == {"target": None}
    for sent in (85, 85.29, 0, 100, None):
        assert world.call("hq", "PUT", TARGET, json={"target": sent}).status_code == 204
        assert world.call("manager", "GET", TARGET).json == {"target": sent}


@pytest.mark.parametrize("sent", [-0.01, 100.01, 85.001])
def test_what_no_score_can_be_is_refused_with_what_can(world: World, sent: float) -> None:
    answer = world.call("hq", "PUT", TARGET, json={"target": sent})
    assert answer.status_code == 422
    (fault,) = answer.json["errors"]
    assert (fault["pointer"], fault["code"]) == ("/target", "decimal_expected")
    assert fault["detail"] == "A number from 0 to 100 with at most 2 decimals is expected."


def test_a_text_is_no_target(world: World) -> None:
    answer = world.call("hq", "PUT", TARGET, json={"target": "much"})
    assert answer.json["errors"][0]["code"] == "not_number"

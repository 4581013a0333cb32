"""An organisation's colour: set by HQ, dark enough to be read, on its documents."""

from __future__ import annotations

import pytest
from flask import Flask

from audit_api.rules.colours import contrast_to_white, shares
from tests.world import World, make_world

COLOUR = "/organisation/colour"


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return make_world(shared_app)


@pytest.mark.parametrize(
    ("written", "contrast"), [("#FFFFFF", 1), ("#000000", 21), ("#767676", 4.54), ("#0f3b63", 11.5)]
)
def test_contrast_is_that_of_wcag(written: str, contrast: float) -> None:
    found = shares(written)
    assert found is not None
    assert contrast_to_white(found) == pytest.approx(contrast, abs=0.05)


def test_a_colour_is_kept_until_another_is_set_or_none(world: World) -> None:
    assert world.call("manager", "GET", COLOUR).json == {"colour": None}
    for sent, kept in (("#8a1c3b", "#8A1C3B"), (None, None)):
        assert world.call("hq", "PUT", COLOUR, json={"colour": sent}).status_code == 204
        assert world.call("manager", "GET", COLOUR).json == {"colour": kept}


@pytest.mark.parametrize(
    ("sent", "code"),
    [("#FFD400", "colour_faint"), ("red", "colour_form"), ("#12345", "colour_form")],
)
def test_a_colour_that_cannot_be_read_is_refused_with_the_reason(
    world: World, sent: str, code: str
) -> None:
    answer = world.call("hq", "PUT", COLOUR, json={"colour": sent})
    assert answer.status_code == 422
    (fault,) = answer.json["errors"]
    assert (fault["pointer"], fault["code"]) == ("/colour", code)

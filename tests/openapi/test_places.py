"""Whoever comes to the root, or to an address that nothing has, is told where to go."""

from __future__ import annotations

import re

import pytest

from tests.world import World

LINK = re.compile(r'<([^>]+)>; rel="([a-z-]+)"')


def test_the_root_tells_where_everything_is_and_everything_is_there(shared_world: World) -> None:
    root = shared_world.client.get("/")
    assert root.status_code == 200
    linked = dict(LINK.findall(root.headers["Link"]))
    assert root.json.keys() == {
        "console",
        "documentation",
        "specification",
        "login",
        "alive",
        "ready",
    }
    assert linked.keys() <= set(root.json.values())
    assert set(linked.values()) == {"service-doc", "service-desc", "status"}
    for address in root.json.values():
        assert shared_world.client.get(address).status_code in (200, 303, 405), address
    assert shared_world.client.get(root.json["specification"]).json["openapi"] == "3.1.0"


def test_a_browser_is_led_from_the_root_to_the_console(shared_world: World) -> None:
    accepted = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    root = shared_world.client.get("/", headers={"Accept": accepted})
    assert (root.status_code, root.headers["Location"]) == (302, "/console")
    assert "Accept" in root.headers["Vary"]


@pytest.mark.parametrize("address", ["/nothing", "/api", "/api/v1", "/api/v1/", "/api/v2/sites"])
@pytest.mark.parametrize(
    ("language", "word"), [("en", "described"), ("zh", "说明")], ids=["en", "zh"]
)
def test_an_unknown_address_tells_where_all_calls_are_described(
    shared_world: World, address: str, language: str, word: str
) -> None:
    lost = shared_world.client.get(address, headers={"Accept-Language": language})
    assert lost.status_code == 404
    (error,) = lost.json["errors"]
    assert (error["pointer"], error["code"]) == ("?path", "unknown_address")
    assert word in error["detail"]
    for told, _ in LINK.findall(lost.headers["Link"])[:2]:
        assert told in error["detail"]


def test_a_thing_that_is_missing_is_no_unknown_address(shared_world: World) -> None:
    missing = shared_world.call("hq", "GET", f"/sites/{shared_world.version_id}")
    assert (missing.status_code, "errors" in missing.json) == (404, False)

"""A site's place is remembered until a total changes, and not a moment longer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.totals.network import Network
from tests.world import ALL_YES

MARCH = "2026-03-15T12:00:00+08:00"
SOME_NO = ALL_YES | {"clean": {"value": "no"}}


@pytest.fixture
def network(app: Flask) -> Network:
    return Network(app)


def test_a_place_follows_every_change_at_once(network: Network) -> None:
    for _ in _changes(network):
        assert _told(network) == _counted(network)


def _changes(network: Network) -> Iterator[object]:
    sent: dict[str, Any] = {"review": "none", "version": 0, "when": MARCH}
    ids: list[UUID] = []
    for number in range(3):
        for site, answers in enumerate((ALL_YES, SOME_NO)):
            yield ids.append(network.submit(**sent, site=site, answers=answers))
        if number == 1:
            yield network.fold(2)
    assert _told(network)[0] == {"rank": 1, "of": 2}
    # As many changes are noted after these as before: one folded, one new.
    yield network.fold(1)
    yield network.submit(**sent, site=1, answers=SOME_NO)
    yield network.review(ids[0], "exclude")
    assert _told(network)[0] == {"rank": None, "of": 1}
    yield network.review(ids[0], "include")
    yield network.fold(100)
    yield network.change_site(1, kind="competitor")
    assert _told(network)[0] == {"rank": 1, "of": 1}
    yield network.change_site(1, kind="own")
    yield network.change_site(1, region_id=str(network.regions[0]))


def _told(network: Network) -> list[dict[str, Any] | None]:
    """The places of both sites, in the organisation and in their regions, as their cards say."""
    cards = [_get(network, f"/sites/{site}/scorecard?period=2026-03") for site in network.sites[:2]]
    ranks = [card["ranks"] or {} for card in cards]
    return [each.get(near) for near in ("organisation", "region") for each in ranks]


def _counted(network: Network) -> list[dict[str, Any] | None]:
    """The same by the league, which remembers nothing."""
    lines = {
        line["site"]["site_id"]: line for line in _get(network, "/scorecards/sites?period=2026-03")
    }
    ranked = [line for line in lines.values() if line["rank"] is not None]
    sites = [_get(network, f"/sites/{site}") for site in network.sites[:2]]
    found: list[dict[str, Any] | None] = []
    for near in (False, True):
        for site in sites:
            among = [
                line["score"]
                for line in ranked
                if not near or line["site"]["region_id"] == site["region_id"]
            ]
            mine = lines.get(site["id"], {"rank": None})
            rank = None if mine["rank"] is None else 1 + sum(one > mine["score"] for one in among)
            found.append({"rank": rank, "of": len(among)} if site["kind"] == "own" else None)
    return found


def _get(network: Network, path: str) -> Any:
    answer = network.world.call("hq", "GET", path)
    assert answer.status_code == 200, answer.json
    return answer.json

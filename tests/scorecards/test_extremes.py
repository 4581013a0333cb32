"""The best and the worst sites: of the organisation by all audits, of a campaign by its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from audit_api.services.scorecards import extremes
from audit_api.services.scorecards.extremes import RankedSite
from tests.totals.network import Network
from tests.world import ALL_YES

MARCH = "2026-03-15T12:00:00+08:00"
SOME_NO = ALL_YES | {"clean": {"value": "no"}}
ALL_NO = {key: {"value": "no"} for key in ALL_YES}
GOOD_AND_BAD = {
    "none": (ALL_YES, SOME_NO, ALL_YES),
    "always": (ALL_NO, SOME_NO, ALL_YES),
}
"""What each campaign finds at each of the sites; the last is a competitor's."""


@pytest.fixture
def network(app: Flask) -> Network:
    found = Network(app)
    for review, answers in GOOD_AND_BAD.items():
        for number in range(3):
            for site, given in enumerate(answers):
                sent = {"site": site, "review": review, "version": 0, "when": MARCH}
                audit_id = found.submit(**sent, answers=given)
                if review == "always":
                    found.review(audit_id, "approve")
            if number == 1:
                found.fold(100)
    return found


def test_a_campaign_counts_its_own_audits_alone(network: Network) -> None:
    assert _ends(network, "none") == ([("SH-001", 3)], [("NY-1", 3)])
    assert _ends(network, "always") == ([("NY-1", 3)], [("SH-001", 3)])
    assert _ends(network) == ([("NY-1", 6)], [("SH-001", 6)])


def test_what_is_folded_and_what_is_not_tell_the_same(network: Network) -> None:
    before = [_card(network, review) for review in GOOD_AND_BAD]
    network.fold(100)
    assert [_card(network, review) for review in GOOD_AND_BAD] == before


@pytest.mark.parametrize(
    ("scores", "best", "worst"),
    [
        ([], [], []),
        ([90], [], []),
        ([90, 90], [], []),
        ([90, 90, 90, 90, 90], [], []),
        ([90, 80], [90], [80]),
        ([90, 80, 80, 70], [90], [70]),
        ([90, 90, 90, 50], [], [50]),
        ([90, 50, 50], [90], [50]),
        ([90] * 7 + [50], [], [50]),
        ([9, 8, 7, 6, 5, 4, 3], [9, 8, 7], [3, 4, 5]),
        ([9, 8, 7, 7, 7, 7, 7, 7, 3, 2], [9, 8], [2, 3]),
    ],
)
def test_no_score_is_among_the_best_and_among_the_worst(
    scores: list[int], best: list[int], worst: list[int]
) -> None:
    ranking = [RankedSite(UUID(int=0), "", "", 3, score) for score in scores]
    found = extremes.ends(ranking, len(ranking), 5)
    assert [[site.score for site in end] for end in found] == [best, worst]


def _ends(network: Network, review: str | None = None) -> tuple[list[Any], list[Any]]:
    card = _card(network, review)
    best, worst = ([(each["key"], each["n"]) for each in card[end]] for end in ("best", "worst"))
    return best, worst


def _card(network: Network, review: str | None) -> Any:
    of = f"campaigns/{network.campaign(review)}" if review else "organisation"
    answer = network.world.call("hq", "GET", f"/{of}/scorecard?period=2026-03")
    assert answer.status_code == 200, answer.json
    return answer.json

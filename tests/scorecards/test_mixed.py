"""A period that mixes scoring rules says so wherever its scores are averaged."""

from __future__ import annotations

import io
from typing import Any

import pymupdf
import pytest
from flask import Flask

from tests.totals.network import Network
from tests.world import ALL_YES

SOME_NO = ALL_YES | {"clean": {"value": "no"}}
MARCH, APRIL = "2026-03-15T12:00:00+08:00", "2026-04-15T12:00:00+08:00"


@pytest.fixture(scope="module")
def network(app: Flask) -> Network:
    """In March one set of rules scored each site's visits; in April two did at the first."""
    found = Network(app)
    found.publish()
    for site in (0, 1, 2):
        for answers in (ALL_YES, SOME_NO, ALL_YES):
            sent = {"site": site, "review": "none", "answers": answers}
            found.submit(**sent, version=0, when=MARCH)
            found.submit(**sent, version=0, when=APRIL)
    found.fold(7)
    found.submit(site=0, review="none", version=1, when=APRIL, answers=SOME_NO)
    return found


def get(network: Network, path: str, **query: str) -> Any:
    answer = network.world.call("hq", "GET", path, query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


@pytest.mark.parametrize(
    "path",
    [
        "/sites/{site}",
        "/regions/{region}",
        "/organisation",
        "/campaigns/{campaign}",
    ],
)
def test_a_card_marks_what_mixes_rules(network: Network, path: str) -> None:
    of = path.format(
        site=network.sites[0], region=network.regions[0], campaign=network.campaign("none")
    )
    march, april = (
        get(network, f"{of}/scorecard", period=period) for period in ("2026-03", "2026-04")
    )
    for card, mixed in ((march, False), (april, True)):
        assert card["overall"]["mixed"] is mixed
        assert [line["mixed"] for line in card["touchpoints"]] == [mixed] * 2
        assert card["series"][-1]["mixed"] is mixed
    assert april["series"][-2]["mixed"] is False
    assert april["overall"]["change"]["comparable"] is False


def test_a_site_whose_visits_the_same_rules_scored_is_not_marked(network: Network) -> None:
    card = get(network, f"/sites/{network.sites[1]}/scorecard", period="2026-04")
    assert card["overall"]["mixed"] is False


def test_leagues_movers_and_rankings_mark_it_too(network: Network) -> None:
    league = get(network, "/scorecards/sites", period="2026-04", sort="code")
    assert [line["mixed"] for line in league] == [False, True]
    questions = get(network, "/scorecards/questions", period="2026-04")
    assert {line["key"] for line in questions if line["mixed"]} == set(ALL_YES)
    both = {"period": "P2M/2026-04", "against": "before"}
    assert get(network, "/scorecards/movers", **both)["compared"] == 0


def printed(network: Network, site: int, period: str, lang: str) -> str:
    path = f"/sites/{network.sites[site]}/scorecard.pdf"
    asked = {"period": period, "lang": lang}
    answer = network.world.call("hq", "GET", path, query_string=asked)
    assert answer.status_code == 200, answer.json
    with pymupdf.open(stream=io.BytesIO(answer.data)) as document:
        return "".join("".join(page.get_text() for page in document).split())


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "scoredbydifferentrules:"), ("zh", "采用了不同的计分规则")],
)
def test_the_page_says_it(network: Network, lang: str, words: str) -> None:
    assert words in printed(network, 0, "2026-04", lang)
    assert words not in printed(network, 0, "2026-03", lang)


def test_a_competitors_card_says_so_and_has_no_rank(network: Network) -> None:
    card = get(network, f"/sites/{network.sites[2]}/scorecard", period="2026-04")
    assert (card["ranks"], card["subject"]["own"]) == (None, False)
    assert get(network, f"/sites/{network.sites[0]}/scorecard", period="2026-04")["subject"]["own"]
    text = printed(network, 2, "2026-04", "en")
    assert "Scorecardofacompetitor'ssite" in text
    assert "ranked" not in text
    assert "Rank" not in text
    assert "Rankintheregion" in printed(network, 0, "2026-04", "en")
    chinese = printed(network, 2, "2026-04", "zh")
    assert "竞争对手门店评分卡" in chinese
    assert "方可排名" not in chinese

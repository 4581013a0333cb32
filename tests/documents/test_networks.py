"""The paper about many sites: what the calls say, of every site, in one place."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from random import Random
from typing import Any

import pymupdf
import pytest
from flask import Flask

from audit_api.database import one_moment
from audit_api.drawing.languages import joined
from audit_api.pdf import NetworkReport
from audit_api.rules.exact import percent
from audit_api.rules.figures.periods import parse
from audit_api.services import scorecards
from audit_api.services.documents.network import paper
from audit_api.services.scorecards import CardRequest
from tests.insights.visited import visited_network
from tests.scorecards.survey import drawn
from tests.totals.network import Network

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def network(shared_app: Flask) -> Network:
    return visited_network(shared_app)


def of_network(network: Network, period: str = "2026-Q1") -> NetworkReport:
    asked, by = parse(period), network.world.hq
    assert asked is not None
    with network.world.app.app_context(), one_moment():
        subject = scorecards.organisation(by=by)
        return paper.gather(subject, CardRequest(asked), by=by, lang="en", now=NOW)


def of_campaign(network: Network, review: str) -> NetworkReport:
    by = network.world.hq
    with network.world.app.app_context(), one_moment():
        subject = scorecards.campaign(network.campaign(review), by=by)
        return paper.gather_campaign(subject, by=by, lang="en", now=NOW)


def called(network: Network, path: str, **query: Any) -> Any:
    answer = network.world.call("hq", "GET", path, query_string={"period": "2026-Q1", **query})
    assert answer.status_code == 200, answer.json
    return answer.json


def hundredths(percentage: float | None) -> int | None:
    return None if percentage is None else round(percentage * 100)


def scores(lines: list[dict[str, Any]]) -> list[int | None]:
    """The scores of those parts that have any."""
    return [hundredths(line["score"]) for line in lines if line["score"] is not None]


def text_of(network: Network, person: str, path: str) -> str:
    answer = network.world.call(person, "GET", path)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf"), answer.json
    with pymupdf.open(stream=io.BytesIO(answer.data)) as document:
        return "\n".join(page.get_text() for page in document)


def test_the_league_is_the_league_of_the_call(network: Network) -> None:
    league = of_network(network).league
    assert league is not None
    told = {
        row.code: (row.rank, row.figure.n, row.figure.score, row.figure.low, row.pass_rate)
        for row in league.rows
    }
    sites = called(network, "/scorecards/sites")
    assert told == {
        site["site"]["code"]: (
            site["rank"],
            site["n"],
            hundredths(site["score"]),
            hundredths(site["low"]),
            hundredths(site["pass_rate"]),
        )
        for site in sites
    }
    assert [row.figure.score for row in league.rows] == sorted(
        (row.figure.score for row in league.rows), reverse=True, key=lambda score: score or 0
    )


def test_each_row_of_the_heat_map_is_its_sites_card(network: Network) -> None:
    heat = of_network(network).heat
    assert heat is not None
    assert len(heat.columns) == 2, "nothing of the third touchpoint brings points"
    for row in heat.rows:
        site = network.sites[["SH-001", "NY-1"].index(row.code)]
        card = called(network, f"/sites/{site}/scorecard")
        assert row.whole.score == hundredths(card["overall"]["score"])
        assert [part.score for part in row.parts] == scores(card["touchpoints"])


def test_the_totals_are_the_networks_card(network: Network) -> None:
    report, card = of_network(network), called(network, "/organisation/scorecard")
    assert report.heat is not None
    assert report.league is not None
    score = hundredths(card["overall"]["score"])
    assert report.overall.score == report.league.total.figure.score == score
    assert report.heat.total.whole.score == score
    assert report.league.total.pass_rate == hundredths(card["pass_rate"])
    assert report.coverage.audits == card["audits"]
    assert [part.figure.score for part in report.touchpoints] == scores(card["touchpoints"])


def test_a_site_that_was_visited_in_the_wave_before_alone_counts_in_it(network: Network) -> None:
    for site, month in ((0, 5), (0, 6), (1, 5), (1, 5)):
        audit_id = network.submit(
            site=site,
            review="always",
            version=0,
            when=f"2026-{month:02}-10T13:30:00+08:00",
            answers=drawn(Random(site + month)),
        )
        network.review(audit_id, "approve")
    report = of_network(network, period="2026-06")
    change = called(network, "/organisation/scorecard", period="2026-06")["overall"]["change"]
    assert report.previous.n == 3
    assert report.previous.points == hundredths(change["points"])
    assert report.league is not None
    assert [figure.n for figure in report.league.total.waves[-2:]] == [3, 1]


def test_a_competitors_site_is_in_no_table(network: Network) -> None:
    report = of_network(network)
    assert report.heat is not None
    assert report.league is not None
    assert {row.code for row in report.heat.rows} == {"SH-001", "NY-1"}
    assert (report.coverage.sites, report.coverage.visited) == (2, 2)


def test_a_wave_without_visits_is_there_without_a_score(network: Network) -> None:
    league = of_network(network).league
    assert league is not None
    assert league.waves == (("Q2 2025",), ("Q3 2025",), ("Q4 2025",), ("Q1 2026",))
    assert [figure.n for figure in league.total.waves[:3]] == [0, 0, 0]


def test_a_campaigns_paper_is_of_all_its_months_and_its_own_visits_alone(
    network: Network,
) -> None:
    report = of_campaign(network, "none")
    card = called(network, f"/campaigns/{network.campaign('none')}/scorecard", period="2026")
    assert report.overall.n == card["overall"]["n"] > 0
    assert report.overall.score == hundredths(card["overall"]["score"])
    assert report.league is not None
    # “always” began on the same day and “Spring” later: neither is a wave before it.
    assert report.league.waves[-1] == "none"
    assert report.last_year is None
    assert (report.expected, report.forecast) == ((), None)


def test_the_answer_says_the_score_first(network: Network) -> None:
    report = of_network(network)
    first = joined(report.findings[0].text)
    assert percent(report.overall.score) in first
    assert "no earlier score" in first


def test_the_drivers_are_those_of_the_call(network: Network) -> None:
    drivers = of_network(network).drivers
    assert drivers is not None
    told = called(network, "/scorecards/drivers")
    assert joined(drivers.told) == told["text"]["en"]
    assert [joined(part) for part in drivers.parts] == [
        line["text"]["en"] for line in told["drivers"]
    ]
    outcomes = [called(network, "/scorecards/drivers", outcome=each) for each in ("nps", "csat")]
    assert [joined(each) for each in drivers.customers] == [
        each["text"]["en"] for each in outcomes if each["silence"] is None
    ]


def test_questions_without_points_are_counted_too(network: Network) -> None:
    report = of_network(network)
    told = called(network, "/scorecards/questions/distributions")
    counted = {each["key"]: each for each in told}
    ((title, rows),) = [(each.title, each.rows) for each in report.questionnaires]
    assert title is None, "there is one checklist alone"
    assert any(not each.scored for each in rows)
    assert {each.asked for each in rows} <= {each["asked"] for each in counted.values()}
    for each in rows:
        assert each.shares or each.middle


@pytest.mark.parametrize(("lang", "said"), [("en", "In short"), ("zh", "全网评分卡")])
def test_it_is_read_in_the_language_asked_for(network: Network, lang: str, said: str) -> None:
    path = f"/organisation/scorecard.pdf?period=2026-Q1&lang={lang}"
    assert said in text_of(network, "hq", path)


def test_a_manager_pulls_the_paper_of_a_region_and_reads_nobodys_name(network: Network) -> None:
    region = network.regions[0]
    path = f"/regions/{region}/scorecard.pdf?period=2026-Q1&lang=both"
    text = text_of(network, "manager", path)
    assert "Shanghai Nanjing Road" in text
    assert "NY-1" not in text
    assert network.world.call("auditor", "GET", "/me").json["name"] not in text


def test_a_region_without_visits_has_a_friendly_page(network: Network) -> None:
    path = f"/regions/{network.regions[1]}/scorecard.pdf?period=2020-Q1&lang=en"
    text = text_of(network, "hq", path)
    assert "No visit of this period has a score yet." in text


@pytest.mark.parametrize("layout", ["summary", "findings"])
def test_a_campaigns_paper_comes_in_every_layout(network: Network, layout: str) -> None:
    path = f"/campaigns/{network.campaign('none')}/scorecard.pdf?layout={layout}&lang=en"
    assert "Campaign scorecard" in text_of(network, "hq", path)

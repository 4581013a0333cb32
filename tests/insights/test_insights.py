"""Insights equal what the audits say when they are counted again, one by one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from audit_api.rules.figures.drivers import Row, drivers
from audit_api.services.insights import sample
from tests.insights.visited import Counted, counted, get, visited_network
from tests.totals.network import ZONES, Network

PARTS = {"touchpoint": ["arrival", "advice", "opinion"], "dimension": ["manner", "place"]}


@pytest.fixture(scope="module")
def network(app: Flask) -> Network:
    return visited_network(app)


def ended(audit: Counted, outcome: str) -> int | None:
    if outcome == "score":
        final: int | None = audit.score["final"]
        return final
    return audit.mark({"nps": "recommend", "csat": "pleased"}[outcome])


@pytest.mark.parametrize("outcome", ["score", "nps"])
@pytest.mark.parametrize("by", PARTS)
def test_drivers_are_those_of_the_audits(network: Network, by: str, outcome: str) -> None:
    rows = [
        Row(audit.site_id, end, [audit.parts(f"{by}s").get(key) for key in PARTS[by]])
        for audit in counted(network, (0, 1, 2))
        if audit.site_id != network.sites[2] and (end := ended(audit, outcome)) is not None
    ]
    expected = drivers(rows)
    found = get(network, "/scorecards/drivers", by=by, outcome=outcome)
    assert (found["n"], found["need"], found["silence"]) == (expected.n, 30, expected.silence)
    assert found["checklist"] == "survey"
    assert found["audits"] == found["read"] == len(counted(network))
    assert [
        (line["key"], line["share"], line["low"], line["high"]) for line in found["drivers"]
    ] == [
        (PARTS[by][each.part], each.share / 100, each.low / 100, each.high / 100)
        for each in expected.drivers
    ]
    if outcome == "score":
        assert found["explained"] > 50
        assert found["drivers"]


def test_a_part_s_performance_is_that_of_the_scorecard(network: Network) -> None:
    card = get(network, "/organisation/scorecard")["touchpoints"]
    scores = {line["key"]: (line["score"], line["low"], line["high"]) for line in card}
    found = get(network, "/scorecards/drivers")
    for line in found["drivers"]:
        assert (line["score"], line["score_low"], line["score_high"]) == scores[line["key"]]
        strong = line["score"] >= found["cross"]["performance"]
        matters = line["share"] >= found["cross"]["importance"]
        assert (
            line["placed"]["quadrant"]
            == {
                (True, False): "fix_first",
                (True, True): "keep_up",
                (False, False): "low_priority",
                (False, True): "enough_done",
            }[matters, strong]
        )
    assert [line["key"] for line in found["unweighed"]] == ["opinion"]


def test_the_answer_stands_first_in_both_languages(network: Network) -> None:
    found = get(network, "/scorecards/drivers")
    first = found["drivers"][0]
    for locale in ("en", "zh"):
        assert f"{first['share']:.2f}%" in found["text"][locale]
        assert f"{first['low']:.2f}%" in found["text"][locale]
    assert first["title"] in found["text"]["en"]
    silent = get(network, "/scorecards/drivers", period="2026-01", site_id=network.sites[0])
    assert (silent["silence"], silent["drivers"], silent["cross"]) == ("few", [], None)
    assert f"{silent['n']} visits" in silent["text"]["en"]
    nothing = get(network, "/scorecards/drivers", period="2027")
    assert (nothing["checklist"], nothing["silence"], nothing["audits"]) == (None, "few", 0)


def test_repeats_are_what_failed_last_and_before(network: Network) -> None:
    expected = {}
    for site in (0, 1):
        visits = sorted(counted(network, (site,)), key=lambda a: (a.day, a.visited_at, a.id))
        for key in ("greeted", "clean", "listened", "receipt", "honest"):
            asked = [a for a in visits if a.mark(key) is not None]
            run: list[date] = []
            for audit in reversed(asked):
                if key not in audit.score["failed"]:
                    break
                run.append(audit.day)
            if len(run) > 1:
                expected[str(network.sites[site]), key] = (len(run), f"{run[-1]}", f"{run[0]}")
    found = get(network, "/scorecards/repeats", most=500)
    assert expected
    assert {
        (line["site"]["site_id"], line["key"]): (line["times"], line["since"], line["last"])
        for line in found["repeats"]
    } == expected
    assert found["findings"] == len(expected)
    assert (found["sites"], found["visited"]) == (len({site for site, _ in expected}), 2)
    order = [(not line["critical"], -line["times"]) for line in found["repeats"]]
    assert order == sorted(order)
    assert len(get(network, "/scorecards/repeats", most=1)["repeats"]) == 1


def test_a_finding_is_followed_back_beyond_the_period(network: Network) -> None:
    whole = get(network, "/scorecards/repeats", most=500)["repeats"]
    march = get(network, "/scorecards/repeats", period="2026-03", most=500)["repeats"]
    assert march == [line for line in whole if line["last"] >= "2026-03"]
    assert get(network, "/scorecards/repeats", period="2026-04")["findings"] == 0


@pytest.mark.parametrize("person", ["hq", "manager"])
def test_weekdays_and_hours_are_those_of_the_site(network: Network, person: str) -> None:
    sites = (0, 1) if person == "hq" else (0,)
    audits = [a for a in counted(network, sites) if a.score["final"] is not None]
    found = get(network, "/scorecards/times", person)
    assert told(found["weekdays"]) == means({a.id: a.day.isoweekday() for a in audits}, audits)
    if person == "manager":
        assert found["hours"] is None
        return
    zones = {network.sites[0]: ZoneInfo(ZONES[0]), network.sites[1]: ZoneInfo(ZONES[2])}
    hours = {a.id: a.visited_at.astimezone(zones[a.site_id]).hour for a in audits}
    assert told(found["hours"]) == means(hours, audits)


def told(times: dict[str, Any]) -> dict[int, tuple[int, float | None]]:
    return {line["key"]: (line["n"], line["score"]) for line in times["classes"]}


def means(classes: dict[Any, int], audits: list[Counted]) -> dict[int, tuple[int, Any]]:
    scores = defaultdict(list)
    for audit in audits:
        scores[classes[audit.id]].append(audit.score["final"])
    return {
        key: (len(each), pytest.approx(fmean(each) / 100, abs=0.0051) if len(each) > 2 else None)
        for key, each in scores.items()
    }


def test_of_more_audits_the_latest_of_each_site_are_read(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "MAX_AUDITS", 7)
    found = get(network, "/scorecards/times")
    latest = []
    for site in (0, 1):
        visits = counted(network, (site,))
        visits.sort(key=lambda a: (-a.day.toordinal(), a.id))
        latest += visits[:3]
    assert (found["audits"], found["read"]) == (len(counted(network)), 6)
    days = {a.id: a.day.isoweekday() for a in latest}
    assert told(found["weekdays"]) == means(
        days, [a for a in latest if a.score["final"] is not None]
    )


def test_a_campaign_s_insights_are_of_its_own_visits(network: Network) -> None:
    own = get(network, "/scorecards/times", campaign_id=network.campaign("none"))
    assert own == get(network, "/scorecards/times")
    other = get(network, "/scorecards/times", campaign_id=network.campaign("always"))
    assert (other["audits"], other["weekdays"]["classes"]) == (0, [])
    assert get(network, "/scorecards/times", checklist="survey") == own
    assert get(network, "/scorecards/times", checklist="another")["audits"] == 0


@pytest.mark.parametrize("call", ["drivers", "repeats", "times", "forecast"])
def test_wrong_arguments_are_pointed_at(network: Network, call: str) -> None:
    two = {"site_id": network.sites[0], "region_id": network.regions[0]}
    wrong = {"drivers": {"outcome": "luck"}, "repeats": {"most": 0}}.get(call, {"period": "x"})
    for query in (two, wrong, {"hour": 3}):
        asked = {"period": "2026-Q1", **query}
        answer = network.world.call("hq", "GET", f"/scorecards/{call}", query_string=asked)
        assert answer.status_code == 422
        assert answer.json["errors"][0]["pointer"].removeprefix("?query/") in asked

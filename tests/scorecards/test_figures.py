"""Every figure of every scorecard equals a count of the audits, whatever is folded already."""

from __future__ import annotations

from random import Random
from typing import Any

import orjson
import pytest
import sqlalchemy as sa
from flask import Flask
from scipy import stats

from audit_api.database import db
from audit_api.models import Audit, Revision
from tests.scorecards.counted_again import Visit, card, finals, hundredths, line
from tests.scorecards.survey import drawn, survey
from tests.totals.network import Network

MONTHS = {"2025-03": [], "2025-12": [3], "2026-01": [0], "2026-02": [1, 2], "2026-03": [1, 2, 3]}
PERIODS = {
    "2026-03": ["2026-03"],
    "2026-02": ["2026-02"],
    "2026-Q1": ["2026-01", "2026-02", "2026-03"],
    "2026": ["2026-01", "2026-02", "2026-03"],
    "P2M/2026-01": ["2025-12", "2026-01"],
    "2027": [],
}


@pytest.fixture(scope="module")
def network(app: Flask) -> Network:
    """Thirty-six visits in thirteen months, some folded, some not, one taken back."""
    network, chance = Network(app, survey()), Random(7)
    for place in range(36):
        month = chance.choice(list(MONTHS))
        audit_id = network.submit(
            site=chance.randrange(3),
            review="none",
            version=0,
            when=f"{month}-1{chance.randrange(10)}T12:00:00+08:00",
            answers=drawn(chance),
        )
        if network.state(audit_id) == "submitted":  # too little was answered to count unseen
            network.review(audit_id, "approve")
        if place == 20:
            network.fold(100)
    network.review(next(iter(network.sent)), "exclude")
    network.fold(5)
    return network


def visits_of(network: Network) -> list[Visit]:
    with network.world.app.app_context():
        rows = db.session.execute(
            sa.select(Audit.site_id, Audit.business_date, Revision.content, Revision.score)
            .join(Revision, Revision.audit_id == Audit.id)
            .where(
                Audit.organisation_id == network.world.organisation_id, Audit.state == "approved"
            )
        ).all()
        db.session.rollback()
    return [
        Visit(
            network.sites.index(site_id),
            f"{day:%Y-%m}",
            orjson.loads(content)["answers"],
            orjson.loads(score),
        )
        for site_id, day, content, score in rows
    ]


def get(network: Network, path: str, **query: Any) -> Any:
    answer = network.world.client.get(
        f"/api/v1{path}",
        query_string=query,
        headers={"Authorization": f"Bearer {network.world.tokens['hq']}"},
    )
    assert answer.status_code == 200, answer.json
    return answer.json


def told(found: dict[str, Any]) -> dict[str, Any]:
    """The parts of a scorecard that `card` counts again."""
    figures = ("n", "score", "low", "high", "no_interval")
    return {
        **{name: found[name] for name in ("audits", "coverage", "pass_rate", "tenths")},
        "overall": {name: found["overall"][name] for name in figures},
        **{
            kind: {part["key"]: {name: part[name] for name in figures} for part in found[kind]}
            for kind in ("touchpoints", "sections", "dimensions")
        },
        "metrics": {
            line["metric"]: {name: line[name] for name in ("n", "value", "low", "high")}
            for line in found["metrics"]
        },
        "gaps": {line["key"]: (line["n"], line["gap"]) for line in found["gaps"]},
        "bands": {band["key"]: band["audits"] for band in found["bands"] if band["audits"]},
        "failed": {line["key"]: (line["failed"], line["fail_rate"]) for line in found["questions"]},
    }


def subjects(network: Network) -> dict[str, list[int]]:
    """The sites of every subject; the last site is a competitor's, and in no average."""
    world = network.world
    return {
        **{f"/sites/{site_id}": [place] for place, site_id in enumerate(network.sites)},
        f"/regions/{network.regions[0]}": [0],
        f"/regions/{network.regions[1]}": [1],
        "/organisation": [0, 1],
        f"/campaigns/{network.campaign('none')}": [0, 1],
        f"/campaigns/{world.campaign_id}": [],
    }


@pytest.mark.parametrize("period", PERIODS)
def test_every_figure_equals_a_count_of_the_audits(network: Network, period: str) -> None:
    visits = visits_of(network)
    assert len(visits) == 35
    for path, places in subjects(network).items():
        found = told(get(network, f"{path}/scorecard", period=period))
        mine = [v for v in visits if v.site in places and v.month in PERIODS[period]]
        expected = card(mine)
        for metric, figures in expected["metrics"].items():
            for name, value in figures.items():
                assert found["metrics"][metric][name] == pytest.approx(value, abs=0.011)
        assert found["metrics"].keys() == expected["metrics"].keys()
        expected["touchpoints"] = {
            key: expected["touchpoints"].get(key, line([])) for key in found["touchpoints"]
        }
        assert {k: v for k, v in found.items() if k != "metrics"} == {
            k: v for k, v in expected.items() if k != "metrics"
        }


def test_changes_are_told_against_the_period_before_and_the_year_before(network: Network) -> None:
    visits = [visit for visit in visits_of(network) if visit.site < 2]
    means = {month: hundredths_of([v for v in visits if v.month == month]) for month in MONTHS}
    overall = get(network, "/organisation/scorecard", period="2026-03")["overall"]
    before, year_before = overall["change"], overall["change_on_year"]
    assert before["points"] == pytest.approx(means["2026-03"] - means["2026-02"])
    assert year_before["points"] == pytest.approx(means["2026-03"] - means["2025-03"])
    relative = (means["2026-03"] - means["2026-02"]) / means["2026-02"]
    assert before["relative"] == pytest.approx(relative, abs=0.0001)
    assert before["comparable"]
    scores = [finals([v for v in visits if v.month == month]) for month in ("2026-03", "2026-02")]
    expected = stats.ttest_ind(*scores, equal_var=False).pvalue
    assert before["p"] == pytest.approx(expected)
    january = get(network, "/organisation/scorecard", period="2025-03")["overall"]["change"]
    assert january == {"points": None, "relative": None, "comparable": False, "p": None}


def hundredths_of(visits: list[Visit]) -> float:
    scores = finals(visits)
    return hundredths(sum(scores) / len(scores))  # type: ignore[arg-type]


def test_a_series_tells_every_period_up_to_the_one_asked_for(network: Network) -> None:
    visits = [visit for visit in visits_of(network) if visit.site < 2]
    found = get(network, "/organisation/scorecard", period="2026-03", series=36)["series"]
    assert len(found) == 36
    assert [point["period"] for point in found[-3:]] == ["2026-01", "2026-02", "2026-03"]
    for point in found:
        of_month = finals([v for v in visits if v.month == point["period"]])
        assert point["n"] == len(of_month)
        assert (point["score"] is None) == (not of_month)
    rolling = get(network, "/organisation/scorecard", period="P3M/2026-03", series=2)["series"]
    assert [point["period"] for point in rolling] == ["P3M/2026-02", "P3M/2026-03"]
    assert rolling[1]["n"] == len(
        finals([v for v in visits if v.month in ("2026-01", "2026-02", "2026-03")])
    )

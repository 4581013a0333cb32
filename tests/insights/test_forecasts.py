"""Forecasts of a scope: from what its scorecard tells of each month, and only of months over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import FoldedTotal
from audit_api.rules.figures.forecast import Observed, forecast
from audit_api.services.checklists import versions
from audit_api.services.totals.contributions import EVERY_CAMPAIGN
from tests.world import NOW, World, make_world, small_checklist

MEANS = [7000, 7100, 6900, 7200, 7050, 7150, 7000, 7300, 7250, 7200, 7350, 7300]
"""Of each month of 2025."""
KEY = "0" * 16


@dataclass
class Region:
    """A region with four visits a month in 2025 and in the month that runs, and one a month with
    another checklist; `keys` are the scoring keys of the first checklist, of its next version, and
    of the other checklist."""

    world: World
    keys: tuple[str, str, str]

    def put(self, *totals: dict[str, Any]) -> None:
        with self.world.app.app_context():
            db.session.execute(sa.insert(FoldedTotal), [*totals])
            db.session.commit()

    def total(self, month: date, mean: int, *, rules: int = 0, visits: int = 4) -> dict[str, Any]:
        return {
            "scope_id": self.world.region_id,
            "month": month,
            "scoring_key": self.keys[rules],
            "campaign_id": EVERY_CAMPAIGN,
            "audits": visits,
            "scored": visits,
            "final_sum": visits * mean,
            "final_squares": visits * mean * mean,
            **dict.fromkeys(("parts", "questions", "answers"), ""),
        }


@pytest.fixture(scope="module")
def region(app: Flask) -> Region:
    world = make_world(app)
    next_version = small_checklist()
    next_version["touchpoints"][0]["weight"] = 70
    with app.app_context():
        keys = [versions.find(world.version_id, by=world.hq).scoring_key]
        for document in (next_version, small_checklist(key="other")):
            version = versions.draft(document, by=world.hq, now=NOW)
            versions.publish(version, by=world.hq, now=NOW)
            keys.append(version.scoring_key)
        db.session.commit()
    region = Region(world, (keys[0] or "", keys[1] or "", keys[2] or ""))
    today = datetime.now(UTC).date().replace(day=1)
    months = [date(2025, month, 1) for month in range(1, 13)]
    region.put(
        *(region.total(month, mean) for month, mean in zip(months, MEANS, strict=True)),
        *(region.total(month, 3000, rules=2, visits=1) for month in months[::2]),
        region.total(today, 100),
    )
    return region


def get(region: Region, person: str = "manager", **query: Any) -> Any:
    asked = {"region_id": region.world.region_id, **query}
    answer = region.world.call(person, "GET", "/scorecards/forecast", query_string=asked)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_three_periods_follow_the_one_asked_for(region: Region) -> None:
    expected = forecast([Observed(4, 4 * mean, frozenset({KEY})) for mean in MEANS])
    found = get(region, period="2025-12")
    assert (found["last"], found["periods"], found["silence"]) == ("2025-12", 12, None)
    assert [each["period"] for each in found["expected"]] == ["2026-01", "2026-02", "2026-03"]
    assert [(each["score"], each["low"], each["high"]) for each in found["expected"]] == [
        (each.score / 100, each.low / 100, each.high / 100) for each in expected.expected
    ]
    first = found["expected"][0]
    assert found["text"] == first["text"]
    score = f"{first['score']:.2f}%"
    assert found["text"]["en"].startswith(f"January 2026 is expected to score {score}")
    assert found["text"]["zh"].startswith(f"2026年1月预计得分 {score}")


def test_a_forecast_knows_nothing_of_what_came_later(region: Region) -> None:
    expected = forecast([Observed(4, 4 * mean, frozenset({KEY})) for mean in MEANS[:9]])
    found = get(region, period="2025-09")
    assert found["periods"] == 9
    assert [each["score"] for each in found["expected"]] == [
        each.score / 100 for each in expected.expected
    ]


def test_a_period_that_runs_is_forecast_and_not_counted(region: Region) -> None:
    now = datetime.now(UTC)
    found = get(region, period=f"{now:%Y-%m}")
    assert found["last"] < f"{now:%Y-%m}"
    assert (found["silence"], found["expected"]) == ("few_periods", [])
    far = get(region, period=f"{now.year + 50}-01")["last"]
    assert far == found["last"]


@pytest.mark.parametrize(
    ("period", "silence", "periods"),
    [
        ("2025-06", "few_periods", 6),
        ("2025-Q4", "few_periods", 4),
        ("2025", "few_periods", 1),
        ("P3M/2025-12", "overlapping", 0),
    ],
)
def test_of_too_little_it_says_why(region: Region, period: str, silence: str, periods: int) -> None:
    found = get(region, period=period)
    assert (found["silence"], found["periods"], found["model"]) == (silence, periods, None)
    assert found["expected"] == []
    assert found["text"]["en"].startswith("Nothing can be forecast")
    assert "预测" in found["text"]["zh"]


def test_another_checklist_is_another_series(region: Region) -> None:
    first, other = get(region, period="2025-12"), get(region, period="2025-12", checklist="other")
    assert (first["checklist"], other["checklist"]) == ("small", "other")
    assert (other["silence"], other["periods"]) == ("few_periods", 0)
    assert (get(region, period="2025-11", checklist="other")["silence"]) == "few_visits"


def test_other_rules_end_what_can_be_compared(region: Region) -> None:
    site_id = region.world.site_id
    totals = [region.total(date(2025, month, 1), mean) for month, mean in enumerate(MEANS, 1)]
    totals.append(region.total(date(2025, 5, 1), 9000, rules=1))
    region.put(*({**total, "scope_id": site_id} for total in totals))
    asked = {"period": "2025-12", "site_id": site_id}
    found = region.world.call("hq", "GET", "/scorecards/forecast", query_string=asked).json
    assert (found["silence"], found["periods"]) == ("rules_changed", 7)

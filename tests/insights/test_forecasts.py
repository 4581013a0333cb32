"""Forecasts of a scope: from what its scorecard tells of each month, and only of months over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from audit_api.database import db
from audit_api.models import FoldedTotal
from audit_api.rules.figures.forecast import Observed, forecast
from audit_api.services.totals.contributions import EVERY_CAMPAIGN
from tests.world import World, make_world

MEANS = [7000, 7100, 6900, 7200, 7050, 7150, 7000, 7300, 7250, 7200, 7350, 7300]
"""Of each month of 2025."""
KEY, OTHER = "0" * 16, "1" * 16


@pytest.fixture(scope="module")
def world(app: Flask) -> World:
    """A region with four visits a month in 2025, and in the month that runs."""
    world = make_world(app)
    today = datetime.now(UTC).date().replace(day=1)
    months = [*((date(2025, month, 1), mean) for month, mean in enumerate(MEANS, 1)), (today, 100)]
    with app.app_context():
        db.session.execute(
            sa.insert(FoldedTotal), [total(world, month, mean) for month, mean in months]
        )
        db.session.commit()
    return world


def total(world: World, month: date, mean: int, key: str = KEY, visits: int = 4) -> dict[str, Any]:
    return {
        "scope_id": world.region_id,
        "month": month,
        "scoring_key": key,
        "campaign_id": EVERY_CAMPAIGN,
        "audits": visits,
        "scored": visits,
        "final_sum": visits * mean,
        "final_squares": visits * mean * mean,
        **dict.fromkeys(("parts", "questions", "answers"), ""),
    }


def get(world: World, person: str = "manager", **query: Any) -> Any:
    asked = {"region_id": world.region_id, **query}
    answer = world.call(person, "GET", "/scorecards/forecast", query_string=asked)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_three_periods_follow_the_one_asked_for(world: World) -> None:
    expected = forecast([Observed(4, 4 * mean, frozenset({KEY})) for mean in MEANS])
    found = get(world, period="2025-12")
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


def test_a_forecast_knows_nothing_of_what_came_later(world: World) -> None:
    expected = forecast([Observed(4, 4 * mean, frozenset({KEY})) for mean in MEANS[:9]])
    found = get(world, period="2025-09")
    assert found["periods"] == 9
    assert [each["score"] for each in found["expected"]] == [
        each.score / 100 for each in expected.expected
    ]


def test_a_period_that_runs_is_forecast_and_not_counted(world: World) -> None:
    now = datetime.now(UTC)
    found = get(world, period=f"{now:%Y-%m}")
    assert found["last"] < f"{now:%Y-%m}"
    assert (found["silence"], found["expected"]) == ("few_periods", [])
    far = get(world, period=f"{now.year + 50}-01")["last"]
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
def test_of_too_little_it_says_why(world: World, period: str, silence: str, periods: int) -> None:
    found = get(world, period=period)
    assert (found["silence"], found["periods"], found["model"]) == (silence, periods, None)
    assert found["expected"] == []
    assert found["text"]["en"].startswith("Nothing can be forecast")
    assert "预测" in found["text"]["zh"]


def test_other_rules_end_what_can_be_compared(world: World) -> None:
    with world.app.app_context():
        db.session.execute(sa.insert(FoldedTotal), [total(world, date(2025, 5, 1), 9000, OTHER)])
        db.session.commit()
    try:
        found = get(world, period="2025-12")
        assert (found["silence"], found["periods"]) == ("rules_changed", 7)
    finally:
        with world.app.app_context():
            db.session.execute(sa.delete(FoldedTotal).where(FoldedTotal.scoring_key == OTHER))
            db.session.commit()

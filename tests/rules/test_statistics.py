"""Means, intervals, changes and ranks, against the golden vectors and known quantiles."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from audit_api.rules.figures import statistics

VECTORS = json.loads((Path(__file__).parent / "vectors" / "scoring.json").read_text("utf-8"))[
    "statistics"
]


def percent(value: float | None) -> int | None:
    return None if value is None else int(Decimal(str(value)) * 100)


def estimate(vector: dict[str, Any], name: str, n: int) -> tuple[int | None, ...]:
    return n, percent(vector[name]), percent(vector["low"]), percent(vector["high"])


@pytest.mark.parametrize("vector", VECTORS["mean_interval_95"])
def test_the_mean_of_scores_and_its_t_interval(vector: dict[str, Any]) -> None:
    scores = [score * 100 for score in vector["scores"]]
    found = statistics.mean(len(scores), sum(scores), sum(score * score for score in scores))
    assert found == estimate(vector, "mean", len(scores))


@pytest.mark.parametrize("n", [2, 3, 10_000_000])
def test_equal_scores_have_no_interval(n: int) -> None:
    assert statistics.mean(n, n * 8765, n * 8765**2) == (n, 8765, None, None)


@pytest.mark.parametrize(
    ("n", "low", "why"),
    [(0, None, None), (1, None, "one"), (2, None, "alike"), (9, None, "alike"), (2, 0, None)],
)
def test_a_figure_says_why_it_has_no_interval(n: int, low: int | None, why: str | None) -> None:
    assert statistics.no_interval(n, low) == why


def test_a_mean_stays_exact_over_ten_million_audits() -> None:
    n = 10_000_000
    found = statistics.mean(n, n // 2 * (7000 + 9000), n // 2 * (7000**2 + 9000**2))
    assert found == (n, 8000, 7999, 8001)


@pytest.mark.parametrize("vector", VECTORS["ranks"])
def test_ties_share_a_rank(vector: dict[str, Any]) -> None:
    assert statistics.ranks(vector["scores"]) == vector["ranks"]


@pytest.mark.parametrize("vector", VECTORS["change"])
def test_change_is_in_points_first_and_relative_second(vector: dict[str, Any]) -> None:
    expected = percent(vector["points"]), None
    if vector["relative"] is not None:
        expected = expected[0], int(vector["relative"] * 10_000)
    assert statistics.change(percent(vector["now"]), percent(vector["before"])) == expected

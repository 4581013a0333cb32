"""Means, intervals, changes and ranks, against the golden vectors and known quantiles."""

from __future__ import annotations

import json
from decimal import Decimal
from math import isclose
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


def test_equal_scores_leave_no_doubt() -> None:
    assert statistics.mean(3, 3 * 8765, 3 * 8765**2) == (3, 8765, 8765, 8765)


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


# One and two degrees of freedom have closed forms; the others stand in every table of t.
@pytest.mark.parametrize(
    ("degrees", "quantile"),
    [
        (1, 12.7062047361747),
        (2, 0.95 * (2 / (1 - 0.95**2)) ** 0.5),
        (3, 3.18244630528371),
        (4, 2.77644510519779),
        (5, 2.57058183563631),
        (10, 2.22813885198627),
        (30, 2.04227245630124),
        (100, 1.98397151852355),
    ],
)
def test_t_quantiles_are_right_to_a_billionth(degrees: int, quantile: float) -> None:
    assert isclose(statistics.t_quantile(degrees), quantile, rel_tol=1e-9)


def test_t_goes_on_smoothly_from_series_to_expansion_and_ends_at_the_normal() -> None:
    series = statistics.t_quantile(statistics.SERIES_UP_TO)
    expansion = statistics._t_expansion(statistics.SERIES_UP_TO)
    assert isclose(series, expansion, rel_tol=1e-10)
    assert isclose(statistics.t_quantile(10**9), statistics.Z, rel_tol=1e-8)

"""NPS, CSAT, CES, CSI and gaps, against the golden vectors and figures worked out by hand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from audit_api.rules.figures import metrics
from audit_api.rules.figures.metrics import CesMethod, Item, ItemScore

VECTORS = json.loads((Path(__file__).parent / "vectors" / "scoring.json").read_text("utf-8"))[
    "statistics"
]


def percent(value: float | None) -> int | None:
    return None if value is None else int(Decimal(str(value)) * 100)


def estimate(vector: dict[str, Any], name: str, n: int) -> tuple[int | None, ...]:
    return n, percent(vector[name]), percent(vector["low"]), percent(vector["high"])


@pytest.mark.parametrize("vector", VECTORS["nps"])
def test_nps_and_its_adjusted_wald_interval(vector: dict[str, Any]) -> None:
    counts = vector["promoters"], vector["passives"], vector["detractors"]
    assert metrics.nps(*counts) == estimate(vector, "nps", sum(counts))


def small_estimates() -> Iterator[metrics.Estimate]:
    """Every estimate of up to six answers of each of three sorts."""
    for counts in product(range(7), repeat=3):
        if any(counts):
            yield metrics.nps(*counts)
            yield metrics.csat(counts[0], sum(counts))
            for method, harder in product(CesMethod, (False, True)):
                marks = dict(zip((1, 4, 7), counts, strict=True))
                yield metrics.ces(marks, (1, 7), method, harder=harder)


def test_an_interval_holds_its_value_and_one_answer_has_none() -> None:
    for found in small_estimates():
        assert found.value is not None
        if found.n == 1:
            assert (found.low, found.high) == (None, None)
        elif found.low is not None:
            assert found.high is not None
            assert found.low <= found.value <= found.high
            assert found.low < found.high


def test_marks_that_are_all_alike_have_a_mean_without_an_interval() -> None:
    assert metrics.ces({5: 4}, (1, 7), CesMethod.MEAN, harder=False) == (4, 500, None, None)


@pytest.mark.parametrize("vector", VECTORS["nps_marks"])
def test_unanswered_marks_do_not_count_in_nps(vector: dict[str, Any]) -> None:
    assert metrics.nps_of(Counter(vector["marks"])).value == percent(vector["nps"])


@pytest.mark.parametrize("vector", VECTORS["csat"])
def test_csat_and_its_wilson_interval(vector: dict[str, Any]) -> None:
    assert metrics.csat(vector["top"], vector["n"]) == estimate(vector, "csat", vector["n"])


def test_csat_of_no_answers_is_unknown() -> None:
    assert metrics.csat(0, 0) == (0, None, None, None)


@pytest.mark.parametrize("vector", VECTORS["csi"])
def test_csi_weighs_the_means_over_their_scale(vector: dict[str, Any]) -> None:
    low, high = vector["scale"]
    weighed = zip(vector["means"], vector["weights"], strict=True)
    items = [
        Item(Fraction(str(mean)), Fraction(str(weight)), low, high) for mean, weight in weighed
    ]
    found = metrics.csi(items, ItemScore.OF_RANGE)
    assert found is not None
    assert round(found / 100, 1) == vector["csi"]


def test_csi_without_any_weight_is_unknown() -> None:
    assert metrics.csi([Item(Fraction(5), Fraction(0), 1, 10)], ItemScore.OF_RANGE) is None


def test_csi_of_the_maximum_divides_by_the_highest_mark() -> None:
    items = [Item(Fraction(4), Fraction(1), 1, 5), Item(Fraction(3), Fraction(3), 1, 5)]
    assert metrics.csi(items, ItemScore.OF_MAXIMUM) == 6500
    assert metrics.csi(items, ItemScore.OF_RANGE) == 5625


EFFORT = {7: 3, 6: 2, 5: 1, 4: 2, 2: 1, 1: 1}
"""Ten answers from 1 to 7."""


@pytest.mark.parametrize(
    ("method", "harder", "value"),
    [
        (CesMethod.MEAN, False, 490),
        (CesMethod.MEAN, True, 490),
        (CesMethod.POSITIVE_SHARE, False, 6000),
        (CesMethod.POSITIVE_SHARE, True, 2000),
        (CesMethod.NET, False, 3000),
        (CesMethod.NET, True, -4000),
    ],
)
def test_effort_by_each_method_and_polarity(method: CesMethod, harder: bool, value: int) -> None:
    found = metrics.ces(EFFORT, (1, 7), method, harder=harder)
    assert (found.n, found.value) == (10, value)
    assert found.low is not None
    assert found.high is not None
    assert found.low < value < found.high


def test_the_interval_of_a_mean_effort_stays_on_the_scale() -> None:
    found = metrics.ces({7: 2, 6: 1}, (1, 7), CesMethod.MEAN, harder=False)
    # 6.67 ± 4.3027·0.5774/√3 = 5.23…8.10
    assert found == (3, 667, 523, 700)


@pytest.mark.parametrize("method", CesMethod)
def test_effort_of_no_answers_is_unknown(method: CesMethod) -> None:
    assert metrics.ces({}, (1, 7), method, harder=False) == (0, None, None, None)


def test_a_gap_is_perception_less_expectation_over_whole_pairs() -> None:
    pairs = [(3, 5), (4, 4), (None, 5), (2, None), (5, 4)]
    told = [each for pair in pairs if (each := metrics.difference(*pair)) is not None]
    assert told == [-200, 0, 100]
    assert metrics.gap(len(told), sum(told)) == -33
    assert metrics.difference(None, 5) is None
    assert metrics.gap(0, 0) is None

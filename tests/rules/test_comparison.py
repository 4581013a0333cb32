"""Whether two means differ by chance, against scipy's tests."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from audit_api.rules.figures.comparison import Interval, Sample, adjusted, apart, welch

SCORES = st.lists(st.integers(0, 10_000), min_size=2, max_size=40)


def sample(scores: list[int]) -> Sample:
    return Sample(len(scores), sum(scores), sum(score * score for score in scores))


@pytest.mark.filterwarnings("ignore:Precision loss")  # of scipy's floats; ours are exact sums
@given(SCORES, SCORES)
def test_welch_is_the_test_that_scipy_makes(one: list[int], other: list[int]) -> None:
    found = welch(sample(one), sample(other))
    if len(set(one)) == len(set(other)) == 1:
        assert found is None
        return
    expected: Any = stats.ttest_ind(one, other, equal_var=False)
    assert found == pytest.approx(expected.pvalue, rel=1e-8, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_asking_many_at_once_is_what_scipy_says(probabilities: list[float]) -> None:
    expected = list(stats.false_discovery_control(probabilities, method="bh"))
    assert adjusted(probabilities) == pytest.approx(expected)


def test_what_cannot_be_told_is_not_asked() -> None:
    assert adjusted([None, 0.01, None]) == [None, 0.01, None]
    assert adjusted([]) == []


def test_one_score_or_no_spread_tells_nothing() -> None:
    spread = sample([5000, 6000])
    assert welch(sample([5000]), spread) is None
    assert welch(spread, sample([5000])) is None
    assert welch(sample([1, 1]), sample([2, 2])) is None


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [
        ((10, 20), (21, 30), True),
        ((21, 30), (10, 20), True),
        ((10, 20), (20, 30), False),
        ((10, 30), (15, 20), False),
        ((None, None), (10, 20), False),
        ((10, 20), (None, None), False),
    ],
)
def test_intervals_are_apart_where_both_are_known_and_do_not_meet(
    one: Interval, other: Interval, is_apart: bool
) -> None:
    assert apart(one, other) is is_apart

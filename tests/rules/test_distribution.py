"""Measured values by classes: few, exact where it matters, and able to be taken back."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.rules.exact import half_up
from audit_api.rules.figures.distribution import by_band, class_start, spread

VALUES = st.lists(st.integers(-(10**12), 10**12), max_size=30)
STARTS = st.lists(st.integers(-5_000, 5_000_000), max_size=5, unique=True).map(sorted)


@pytest.mark.parametrize(
    ("value", "starts", "expected"),
    [
        (0, [], 0),
        (7_000, [], 7_000),
        (999_000, [], 999_000),
        (12_345, [], 12_300),
        (1_234_567, [], 1_230_000),
        (-1_234_567, [], -1_240_000),
        (1_007_000, [0, 1_005_000], 1_005_000),
        (1_004_000, [0, 1_005_000], 1_000_000),
        (5, [60], 5),
        (60_000, [0, 60_000], 60_000),
    ],
)
def test_a_class_is_as_narrow_as_the_third_digit(
    value: int, starts: list[int], expected: int
) -> None:
    assert class_start(value, starts) == expected


@given(VALUES, STARTS)
def test_a_class_holds_one_band_and_its_start_is_in_it(
    values: list[int], starts: list[int]
) -> None:
    counts = Counter(class_start(value, starts) for value in values)
    for value in values:
        start = class_start(value, starts)
        assert start <= value
        assert value - start <= max(abs(value), abs(start)) / 100
        assert class_start(start, starts) == start
    if starts:
        exact = [0] * len(starts)
        for value in values:
            exact[max(sum(start <= value for start in starts) - 1, 0)] += 1
        assert by_band(counts, starts) == exact


@given(st.lists(st.integers(0, 999), min_size=1, max_size=30))
def test_small_whole_values_are_told_exactly(values: list[int]) -> None:
    counts = Counter(class_start(value * 1000, []) for value in values)
    found = spread(counts, sum(values) * 1000)
    ordered = sorted(values)
    middle = ordered[(len(values) - 1) // 2]
    mean = Fraction(sum(values) * 1000, len(values))
    assert found == (
        len(values),
        half_up(mean.numerator, mean.denominator),
        ordered[0] * 1000,
        middle * 1000,
        ordered[-1] * 1000,
    )


def test_nothing_measured_has_no_spread() -> None:
    assert spread({}, 0) == (0, None, None, None, None)
    assert spread({5: 0}, 0) == (0, None, None, None, None)
    assert by_band({}, [0, 60]) == [0, 0]

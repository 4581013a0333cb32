"""How long visits take, and which took too little beside the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.rules.signals.kinds import Signal, SignalKind
from audit_api.rules.signals.pace import Pace, pace_of, percentile
from audit_api.rules.signals.visit import Circumstances, of_visit
from audit_api.words.signals import text

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
TWENTY_MINUTES = Pace(visits=30, median=1200, fifth=1200)
VISIT = Circumstances(
    conducted_at=NOON, received_at=NOON, least=timedelta(seconds=42), pace=TWENTY_MINUTES
)


def lasting(seconds: float) -> Circumstances:
    return replace(VISIT, started_at=NOON - timedelta(seconds=seconds))


def test_fewer_than_thirty_visits_have_no_pace() -> None:
    assert pace_of([1200] * 29) is None
    assert pace_of([1200] * 30) == TWENTY_MINUTES


@pytest.mark.parametrize(
    ("visits", "median", "fifth"),
    [(30, 15, 2), (31, 16, 2), (40, 20, 2), (41, 21, 3), (100, 50, 5)],
)
def test_percentiles_are_nearest_ranks_in_any_order(visits: int, median: int, fifth: int) -> None:
    assert pace_of(range(visits, 0, -1)) == Pace(visits, median, fifth)


@given(st.lists(st.integers(0, 99), min_size=1), st.integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(
    values: list[int], percent: int
) -> None:
    reaching = [
        value
        for value in values
        if 100 * sum(other <= value for other in values) >= percent * len(values)
    ]
    assert percentile(sorted(values), percent) == min(reaching)


@pytest.mark.parametrize(("seconds", "fast"), [(42, True), (479.9, True), (480, False)])
def test_a_visit_is_too_fast_below_two_fifths_of_the_median(seconds: float, fast: bool) -> None:
    values = {"seconds": int(seconds), "median": 1200, "visits": 30}
    assert of_visit(lasting(seconds)) == (Signal(SignalKind.TOO_FAST, values),) * fast


def test_a_visit_as_quick_as_one_in_twenty_is_not_too_fast() -> None:
    pace = Pace(visits=100, median=1200, fifth=120)
    assert of_visit(replace(lasting(120), pace=pace)) == ()
    assert [signal.kind for signal in of_visit(replace(lasting(119), pace=pace))] == ["too_fast"]


def test_no_crowd_makes_a_visit_fit_for_which_the_checklist_is_too_long() -> None:
    crowd = replace(VISIT, pace=Pace(visits=1000, median=10, fifth=9))
    for pace in (crowd.pace, TWENTY_MINUTES, None):
        (told,) = of_visit(replace(lasting(41.9), pace=pace))
        assert told == Signal(SignalKind.TOO_FAST, {"seconds": 41, "least": 42})
    assert of_visit(replace(lasting(42), pace=crowd.pace)) == ()


def test_how_long_a_visit_took_is_unknown_without_a_beginning_before_its_end() -> None:
    assert VISIT.seconds is None
    assert lasting(-1).seconds is None
    assert lasting(0).seconds == 0
    assert [signal.kind for signal in of_visit(lasting(-1))] == ["reversed_times"]


def test_the_sentence_names_what_the_visit_was_measured_against() -> None:
    (least,), (median,) = of_visit(lasting(7)), of_visit(lasting(420))
    assert text(least, "en").endswith("this checklist alone takes 42 s.")
    assert text(least, "zh").endswith("就需要 42 秒。")
    assert "420 s, less than 40 % of the median (1200 s) of the last 30" in text(median, "en")
    assert "最近 30 次计入到访用时中位数（1200 秒）的 40%" in text(median, "zh")

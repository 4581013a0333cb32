"""The hints that a visit gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.rules.signals import Circumstances, Coordinates, Signal, distance, signals

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = Coordinates(31.2304, 121.4737)
HONEST = Circumstances(
    conducted_at=NOON,
    sent_at=NOON,
    received_at=NOON,
    window_opens=NOON - DAY,
    window_closes=NOON + DAY,
    site=SITE,
    visited=SITE,
)
METRE = 1 / 111_195
"""A metre northwards, in degrees."""


def kinds(visit: Circumstances) -> list[str]:
    return [signal.kind for signal in signals(visit)]


def test_an_honest_visit_gives_no_signal() -> None:
    assert kinds(HONEST) == []


def test_a_visit_of_unknown_place_and_window_gives_no_signal() -> None:
    assert kinds(Circumstances(conducted_at=NOON, sent_at=NOON, received_at=NOON)) == []


@pytest.mark.parametrize(
    ("metres", "accuracy", "outside"),
    [(149, 0, False), (151, 0, True), (200, 60, False), (200, 40, True)],
)
def test_a_place_is_outside_only_beyond_radius_and_accuracy(
    metres: int, accuracy: float, outside: bool
) -> None:
    visited = Coordinates(SITE.latitude + metres * METRE, SITE.longitude, accuracy)
    assert kinds(replace(HONEST, visited=visited)) == ["outside_geofence"] * outside


def test_a_site_may_have_a_wider_fence() -> None:
    visited = Coordinates(SITE.latitude + 300 * METRE, SITE.longitude)
    (signal,) = signals(replace(HONEST, visited=visited))
    assert signal == Signal("outside_geofence", {"distance": 300, "accuracy": 0, "radius": 150})
    assert kinds(replace(HONEST, visited=visited, geofence=500)) == []


def test_a_quarter_of_a_meridian_is_ten_thousand_kilometres() -> None:
    assert distance(Coordinates(0, 0), Coordinates(90, 0)) == pytest.approx(10_007_557, abs=1)


places = st.builds(Coordinates, st.floats(-90, 90), st.floats(-180, 180))


@given(places, places)
def test_distance_is_the_same_both_ways_and_no_longer_than_half_round_the_earth(
    one: Coordinates, other: Coordinates
) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert 0 <= distance(one, other) <= 20_015_115


def test_a_visit_before_its_window_is_early() -> None:
    assert kinds(replace(HONEST, window_opens=NOON + timedelta(hours=1))) == ["early"]


def test_a_visit_at_the_last_moment_is_not_late() -> None:
    assert kinds(replace(HONEST, window_closes=NOON)) == []


def test_a_visit_in_time_that_arrives_after_the_window_is_late() -> None:
    sent = replace(HONEST, sent_at=NOON + 2 * DAY, received_at=NOON + 2 * DAY)
    assert signals(sent) == (Signal("late", {"closed": "2025-06-02T12:00:00+00:00"}),)


def test_other_offsets_do_not_make_a_visit_late() -> None:
    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    assert kinds(replace(HONEST, conducted_at=shanghai, window_closes=NOON)) == []


@pytest.mark.parametrize(("seconds", "skewed"), [(300, False), (301, True), (-301, True)])
def test_a_clock_more_than_five_minutes_off_is_skewed(seconds: int, skewed: bool) -> None:
    found = signals(replace(HONEST, sent_at=NOON + timedelta(seconds=seconds)))
    assert found == ((Signal("clock_skew", {"seconds": seconds}),) if skewed else ())


def test_cancelled_assignments_and_duplicate_visits_are_signalled() -> None:
    visit = replace(HONEST, assignment_cancelled=True, duplicate=True)
    assert kinds(visit) == ["cancelled_assignment", "duplicate_visit"]

"""The hints that a visit gives, by itself and beside its plan, and which of them hold it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.rules.lifecycle import AssignmentState
from audit_api.rules.signals.assignment import Plan, of_plan, of_window
from audit_api.rules.signals.clock import corrected, known_skew
from audit_api.rules.signals.kinds import HOLDING, TABLE, Signal, SignalKind, hold
from audit_api.rules.signals.visit import (
    Circumstances,
    Coordinates,
    distance,
    least_duration,
    of_visit,
)
from audit_api.words import LOCALES
from audit_api.words.signals import reason

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SITE = Coordinates(31.2304, 121.4737)
HONEST = Circumstances(
    conducted_at=NOON, sent_at=NOON, received_at=NOON, site=SITE, visited=SITE, answered=4, asked=4
)
METRE = 1 / 111_195
"""A metre northwards, in degrees."""
PLANNED = Plan(AssignmentState.ASSIGNED, is_senders=True, audits=0)
FIRST, LAST = date(2025, 6, 1), date(2025, 6, 5)


def kinds(visit: Circumstances) -> list[str]:
    return [signal.kind for signal in of_visit(visit)]


def window(visited_on: date, received_on: date) -> list[str]:
    found = of_window(FIRST, LAST, visited_on=visited_on, received_on=received_on)
    return [signal.kind for signal in found]


@pytest.mark.parametrize("kind", SignalKind)
def test_every_kind_is_decided_and_the_reason_says_what_was_decided(kind: SignalKind) -> None:
    begins = {"en": ("Holds the audit: ", "Holds nothing back: "), "zh": ("需人工", "不影响")}
    for locale in LOCALES:
        holds, holds_not = begins[locale]
        assert reason(kind, locale).startswith(holds if TABLE[kind].holds else holds_not)
    assert hold([Signal(SignalKind.SENT_LATE), Signal(kind)]) is (kind in HOLDING)


def test_an_honest_visit_gives_no_signal() -> None:
    assert kinds(HONEST) == []
    assert window(FIRST, FIRST) == window(LAST, LAST) == []
    assert of_plan(PLANNED) == ()


def test_a_visit_of_unknown_place_gives_no_signal() -> None:
    assert kinds(Circumstances(conducted_at=NOON, received_at=NOON)) == []


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
    (signal,) = of_visit(replace(HONEST, visited=visited))
    values = {"distance": 300, "accuracy": 0, "radius": 150}
    assert signal == Signal(SignalKind.OUTSIDE_GEOFENCE, values)
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


@pytest.mark.parametrize(
    ("visited_on", "received_on", "expected"),
    [
        (FIRST - DAY, FIRST - DAY, ["early"]),
        (FIRST - DAY, LAST + DAY, ["early"]),
        (LAST + DAY, LAST + DAY, ["late"]),
        (LAST + DAY, LAST, ["late"]),
        (LAST, LAST + DAY, ["sent_late"]),
    ],
)
def test_made_late_is_told_from_made_in_time_and_sent_late(
    visited_on: date, received_on: date, expected: list[str]
) -> None:
    assert window(visited_on, received_on) == expected


def test_a_signal_of_the_window_names_its_days() -> None:
    (signal,) = of_window(FIRST, LAST, visited_on=LAST, received_on=LAST + DAY)
    assert signal.values == {
        "ends_on": "2025-06-05",
        "visited_on": "2025-06-05",
        "received_on": "2025-06-06",
    }


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (replace(PLANNED, state=AssignmentState.CANCELLED), ["cancelled_assignment"]),
        (replace(PLANNED, state=AssignmentState.DECLINED), ["declined_assignment"]),
        (replace(PLANNED, state=AssignmentState.EXPIRED), []),
        (replace(PLANNED, is_senders=False), ["reassigned_visit"]),
        (replace(PLANNED, audits=1), ["duplicate_visit"]),
        (
            Plan(AssignmentState.CANCELLED, is_senders=False, audits=2),
            ["cancelled_assignment", "reassigned_visit", "duplicate_visit"],
        ),
    ],
)
def test_what_the_plan_does_not_wait_for_is_signalled(plan: Plan, expected: list[str]) -> None:
    assert [signal.kind for signal in of_plan(plan)] == expected


@pytest.mark.parametrize(("seconds", "skewed"), [(300, False), (301, True), (-301, True)])
def test_a_clock_more_than_five_minutes_off_is_skewed(seconds: int, skewed: bool) -> None:
    sent = NOON + timedelta(seconds=seconds)
    found = of_visit(replace(HONEST, sent_at=sent, conducted_at=sent - MINUTE))
    assert found == ((Signal(SignalKind.CLOCK_SKEW, {"seconds": seconds}),) if skewed else ())


@pytest.mark.parametrize("ahead", [DAY, 31 * DAY, 365 * DAY])
def test_a_visit_after_its_receipt_is_told_whether_or_not_the_phone_tells_its_clock(
    ahead: timedelta,
) -> None:
    future = replace(HONEST, conducted_at=NOON + ahead)
    assert kinds(future) == kinds(replace(future, sent_at=None)) == ["future_visit"]


def test_a_visit_is_not_in_the_future_for_five_minutes_of_difference() -> None:
    close = replace(HONEST, sent_at=None, conducted_at=NOON + 5 * MINUTE)
    assert kinds(close) == []
    assert kinds(replace(close, conducted_at=close.conducted_at + MINUTE)) == ["future_visit"]


@pytest.mark.parametrize("skew", [DAY, -DAY, 400 * DAY])
def test_a_known_skew_corrects_the_moment_of_the_visit(skew: timedelta) -> None:
    shanghai = timezone(timedelta(hours=8))
    visit = replace(HONEST, sent_at=NOON + skew, conducted_at=(NOON - DAY + skew))
    visit = replace(visit, conducted_at=visit.conducted_at.astimezone(shanghai))
    assert visit.visited_at == NOON - DAY
    assert kinds(visit) == ["clock_skew"]


def test_a_skew_that_leads_out_of_the_calendar_corrects_nothing() -> None:
    end, begin = datetime(9998, 12, 30, tzinfo=UTC), datetime(1900, 1, 2, tzinfo=UTC)
    for moment, sent_at in ((end, begin), (begin, end)):
        assert corrected(moment, known_skew(sent_at, NOON)) == moment
    assert "future_visit" in kinds(replace(HONEST, conducted_at=end, sent_at=begin))


def test_a_visit_that_began_after_its_end_is_told() -> None:
    assert kinds(replace(HONEST, started_at=NOON + MINUTE)) == ["reversed_times"]
    assert kinds(replace(HONEST, started_at=NOON)) == []


@pytest.mark.parametrize(("seconds", "fast"), [(10, True), (41, True), (42, False), (3600, False)])
def test_a_visit_is_too_fast_by_the_length_of_its_own_checklist(seconds: int, fast: bool) -> None:
    least = least_duration(questions=4, texts=0)
    began = NOON - timedelta(seconds=seconds)
    assert kinds(replace(HONEST, started_at=began, least=least)) == ["too_fast"] * fast


def test_a_longer_checklist_takes_longer() -> None:
    assert least_duration(questions=94, texts=3) == timedelta(seconds=30 + 94 * 3 + 3 * 10)


def test_photos_far_from_the_visit_in_time_are_named() -> None:
    times = {"before": NOON - 62 * MINUTE, "in": NOON - 59 * MINUTE, "after": NOON + 31 * MINUTE}
    visit = replace(HONEST, started_at=NOON - 30 * MINUTE, photo_times=times)
    assert of_visit(visit) == (Signal(SignalKind.PHOTO_TIME, {"photos": ["before", "after"]}),)
    assert of_visit(replace(visit, started_at=None)) == (
        Signal(SignalKind.PHOTO_TIME, {"photos": ["after"]}),
    )


def test_a_faked_place_an_unknown_site_and_an_empty_report_are_told() -> None:
    visit = replace(HONEST, mock_location=True, attributes_differ=["cafe"], answered=1, valid=False)
    assert of_visit(visit) == (
        Signal(SignalKind.MOCK_LOCATION),
        Signal(SignalKind.SITE_ATTRIBUTES, {"attributes": ["cafe"]}),
        Signal(SignalKind.FEW_ANSWERS, {"answered": 1, "asked": 4}),
    )

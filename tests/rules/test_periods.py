"""Periods: how they are written, what lies before them, the series up to them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from audit_api.rules.figures import periods
from audit_api.rules.figures.periods import parse


def period(text: str) -> periods.Period:
    found = parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "starts", "ends", "last"),
    [
        ("2026-03", (2026, 3), (2026, 3), (2026, 3, 31)),
        ("2026-Q1", (2026, 1), (2026, 3), (2026, 3, 31)),
        ("2024-Q4", (2024, 10), (2024, 12), (2024, 12, 31)),
        ("2024", (2024, 1), (2024, 12), (2024, 12, 31)),
        ("P3M/2026-01", (2025, 11), (2026, 1), (2026, 1, 31)),
        ("P1M/2024-02", (2024, 2), (2024, 2), (2024, 2, 29)),
        ("P36M/2026-12", (2024, 1), (2026, 12), (2026, 12, 31)),
    ],
)
def test_a_period_covers_whole_months(
    text: str, starts: tuple[int, int], ends: tuple[int, int], last: tuple[int, int, int]
) -> None:
    found = period(text)
    assert (found.starts, found.ends) == (date(*starts, 1), date(*ends, 1))
    assert found.last_day == date(*last)
    assert str(found) == text


@pytest.mark.parametrize("text", ["2026-03", "2026-Q1", "P6M/2026-03"])
def test_a_period_is_over_once_its_last_day_is_everywhere(text: str) -> None:
    assert not period(text).is_over(datetime(2026, 4, 1, 11, 59, tzinfo=UTC))
    assert period(text).is_over(datetime(2026, 4, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "26", "2026-3", "2026-03-01"),
        *(
            "P0M/2026-03",
            "P37M/2026-03",
            "P3M",
            "P3Y/2026-03",
            "0999",
            "1000",
            "1000-12",
            "9999-01",
        ),
        "2026\n",
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "before", "year_before"),
    [
        ("2026-01", "2025-12", "2025-01"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026", "2025", "2025"),
        ("P6M/2026-03", "P6M/2025-09", "P6M/2025-03"),
    ],
)
def test_before_it_and_a_year_before_it(text: str, before: str, year_before: str) -> None:
    assert str(period(text).before) == before
    assert str(period(text).year_before) == year_before


def test_a_series_steps_by_its_own_length_and_a_rolling_one_by_a_month() -> None:
    assert [str(each) for each in period("2026-Q1").series(3)] == ["2025-Q3", "2025-Q4", "2026-Q1"]
    rolling = [str(each) for each in period("P3M/2026-03").series(2)]
    assert rolling == ["P3M/2026-02", "P3M/2026-03"]


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("2026-03", "2026-03"),
        ("2026-04", "2026-03"),
        ("2031-01", "2026-03"),
        ("2026-Q2", "2026-Q1"),
        ("2026-Q1", "2026-Q1"),
        ("2026", "2025"),
        ("P6M/2026-09", "P6M/2026-03"),
        ("2019-02", "2019-02"),
    ],
)
def test_the_last_period_that_is_over_ends_before_today_everywhere(asked: str, last: str) -> None:
    now = datetime(2026, 4, 1, 12, tzinfo=UTC)
    found = period(asked).last_over(now)
    assert str(found) == last
    assert found.is_over(now)
    assert str(period(asked).last_over(datetime(2026, 4, 1, 11, tzinfo=UTC))) <= last


def test_what_follows_steps_as_the_series_does() -> None:
    for text, following in (
        ("2025-11", ["2025-12", "2026-01", "2026-02"]),
        ("2025-Q3", ["2025-Q4", "2026-Q1", "2026-Q2"]),
        ("2025", ["2026", "2027", "2028"]),
        ("P6M/2025-11", ["P6M/2025-12", "P6M/2026-01", "P6M/2026-02"]),
    ):
        assert [str(each) for each in period(text).following(3)] == following

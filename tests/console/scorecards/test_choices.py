"""Which periods may be chosen, which is shown first, and how sites are sorted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from audit_api.console.scorecards import league, periods, tables
from audit_api.rules.figures.periods import Period, parse
from audit_api.rules.figures.statistics import Mean
from audit_api.services.scorecards import SiteLine
from audit_api.services.scorecards.leagues import LeagueSite
from audit_api.services.scorecards.lines import Change
from audit_api.services.scorecards.spans import Span
from audit_api.services.scorecards.tables import SiteRow

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def period(text: str) -> Period:
    found = parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (None, "2026-Q3"),
        (Span(date(2024, 11, 1), date(2026, 11, 1)), "2026-Q3"),
        (Span(date(2026, 10, 1), date(2026, 11, 1)), "2026-Q4"),
        (Span(date(2024, 11, 1), date(2025, 2, 1)), "2025-Q1"),
    ],
)
def test_the_last_quarter_that_is_over_is_shown_if_it_has_visits(
    span: Span | None, shown: str
) -> None:
    assert str(periods.usual(span, NOW)) == shown


def test_the_periods_beside_one_end_where_there_is_nothing() -> None:
    span = Span(date(2026, 7, 1), date(2026, 11, 1))
    assert str(periods.later(period("2026-Q3"), NOW)) == "2026-Q4"
    assert periods.later(period("2026-Q4"), NOW) is None
    assert str(periods.later(period("P12M/2026-10"), NOW)) == "P12M/2026-11"
    assert str(periods.earlier(period("2026-Q4"), span)) == "2026-Q3"
    assert periods.earlier(period("2026-Q3"), span) is None
    assert periods.earlier(period("2026-Q3"), None) is None


def row(name: str, score: int | None, n: int, arrival: int | None = None) -> SiteRow:
    site = LeagueSite(uuid4(), name, name, uuid4())
    change = Change(None, None, comparable=False)
    line = SiteLine(site, n, n, score, None, None, None, None, mixed=False, change=change)
    return SiteRow(line, "East", {"arrival": Mean(n, arrival, None, None)}, None)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-score", "BACD"),
        ("score", "ABCD"),
        ("name", "ABCD"),
        ("-name", "DCBA"),
        ("n", "DCAB"),
        ("part.arrival", "BADC"),
        ("part.nothing", "ABCD"),
        ("change", "ABCD"),
    ],
)
def test_few_visits_stand_behind_and_what_is_not_scored_last(sort: str, order: str) -> None:
    rows = [
        row("A", 7000, 3, 8000),
        row("B", 9000, 4, 100),
        row("C", 9900, 2),
        row("D", None, 0, 7),
    ]
    assert "".join(each.line.site.code for each in tables.sorted_rows(rows, sort)) == order


def test_a_search_wants_every_word() -> None:
    rows = [row("Nanjing Road", 1, 1), row("Nanjing Gate", 1, 1)]
    assert len(league.searched(rows, " nanjing ")) == 2
    assert len(league.searched(rows, "road NANJING")) == 1
    assert len(league.searched(rows, "")) == 2

"""Scorecards for the tests, in one language or in both."""

from __future__ import annotations

from datetime import date
from typing import Any

from audit_api.drawing import BandStart, Comparison, Figure, Labels, Metric, Period, Scale
from audit_api.pdf import Comment, Difference, FailingQuestion, Rank, SiteScorecardReport, VisitLine
from tests.pdf.reports import LABELS

SCALE = Scale((BandStart("Poor", 0), BandStart("Fair", 6500), BandStart("Good", 8000)), 8000)


def open_photo(key: str) -> bytes:
    """There are no photos here."""
    raise LookupError(key)


def scorecard(*languages: str, **given: Any) -> SiteScorecardReport:
    said = languages or ("en",)
    values: dict[str, Any] = {
        "locale": said[0],
        "labels": Labels(tuple(LABELS[language] for language in said)),
        "organisation": "Northwind Retail Group",
        "site_name": "Market Street",
        "site_code": "MAN-012",
        "region": "North West",
        "period": "March 2026",
        "until": date(2026, 3, 31),
        "as_of": "2026-04-01 08:00 UTC",
        "overall": Figure(6, 8467, 8015, 8919),
        "band": "Good",
        "scale": SCALE,
        "pass_rate": 8333,
        "planned": 7,
        "done": 6,
        "least": 3,
        "rank_in_region": Rank(2, 14),
        "rank_in_organisation": Rank(31, 212),
        "previous": Difference("February 2026", 137, 164, n=5, p=0.2),
        "last_year": Difference("March 2025", -507, -637, comparable=False, n=4, p=0.01),
        "trend": tuple(
            Period(f"2025-{month:02}", Figure(3, 8000, 7500, 8500)) for month in range(1, 13)
        ),
        "touchpoints": (Comparison("Arrival", Figure(6, 7917, 7020, 8814), 8240, 8105),),
        "dimensions": (Comparison("Expertise", Figure(6, 9140, 8700, 9580), 8655, 8540),),
        "metrics": (Metric("NPS", 6, 3333, -10_000, 10_000, -2410, 8187),),
        "failing": (
            FailingQuestion("5.3", "Were you told whom to call?", "After-sales", 5, 6, 417),
        ),
        "comments": (
            Comment("She let me smell each tea.", date(2026, 3, 21), "Consultation", good=True),
            Comment("Three minutes at the door.", date(2026, 3, 14), "Arrival", good=False),
        ),
        "visits": (VisitLine(date(2026, 3, 21), "Retail store · v4", 8350, True, 3),),
    }
    return SiteScorecardReport(**values | given)

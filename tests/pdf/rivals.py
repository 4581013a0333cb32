"""Comparisons with competitors for the tests, in one language or in both."""

from __future__ import annotations

from datetime import date
from typing import Any

from audit_api.drawing import Figure, Labels, Text
from audit_api.drawing.rival_sites import Rival
from audit_api.drawing.rivals import RivalPart
from audit_api.pdf import Comment, CompetitorsReport
from audit_api.pdf.network.values import Finding
from tests.pdf.reports import LABELS
from tests.pdf.scorecards import SCALE

OWN, THEIRS = Figure(120, 8467, 8215, 8719), Figure(9, 7912, 7301, 8523)
ARRIVAL = RivalPart("Arrival", OWN, THEIRS, p=0.02)
CHECKOUT = RivalPart("Checkout", Figure(118, 8012, 7711, 8313), Figure(1, 8800), p=None)
NPS = RivalPart(
    "Net Promoter Score (NPS)",
    Figure(110, 3333, 2410, 4187),
    Figure(9, -1111, -5120, 3010),
    p=None,
    least=-10_000,
    most=10_000,
    unit="",
)
CSAT = RivalPart(
    "Customer satisfaction", Figure(110, 8333, 7512, 8901), Figure(9, 4444, 1888, 7333), p=None
)
PRAISED = Comment("He walked me to the shelf.", date(2026, 3, 21), "Arrival", good=True)


def comparison(*languages: str, **given: Any) -> CompetitorsReport:
    said = languages or ("en",)
    values: dict[str, Any] = {
        "locale": said[0],
        "labels": Labels(tuple(LABELS[language] for language in said)),
        "organisation": "Northwind Retail Group",
        "title": tuple(_TITLE[language] for language in said),
        "name": "North West",
        "period": "March 2026",
        "until": date(2026, 3, 31),
        "as_of": "2026-04-01 08:00 UTC",
        "findings": (
            Finding(tuple(_ABOVE[language] for language in said), good=True),
            Finding("Checkout: nothing can be told."),
            Finding("Customer satisfaction: worse.", good=False),
        ),
        "own": OWN,
        "competitors": THEIRS,
        "p": 0.02,
        "scale": SCALE,
        "parts": (ARRIVAL, CHECKOUT),
        "dimensions": (
            RivalPart("Expertise", Figure(120, 9140, 8700, 9580), Figure(9, 8990), 0.7),
        ),
        "metrics": (NPS, CSAT),
        "sites": (
            Rival("Harbour Tea", "CMP-001", "North West", Figure(8, 8040, 7402, 8678)),
            Rival("Leaf & Co", "CMP-002", "Manchester", Figure(1, 6888)),
        ),
        "comments": (PRAISED,),
        "notes": ("Only 9 visits to competitors' sites have a score.",),
        "checklist": "Retail store service standard",
        "unfinished": False,
        "logo": None,
        "colour": None,
    }
    return CompetitorsReport(**values | given)


_TITLE = {"en": "Comparison with competitors", "zh": "竞争对手对比报告"}
_ABOVE = {
    "en": "Own sites score 84.67%, 5.55 percentage points above the competitors' 79.12%.",
    "zh": "自有门店得分 84.67%，比竞争对手的 79.12% 高 5.55 个百分点。",
}


def long_comparison(*languages: str, **given: Any) -> CompetitorsReport:
    """One with more of everything than a page holds, and with long texts."""
    title: Text = tuple(_LONG[language] for language in languages or ("en",))
    part = RivalPart(title, OWN, THEIRS, p=0.3)
    rival = Rival(
        "A shop with a rather long name, at the end of the street", "C" * 40, "N" * 80, OWN
    )
    complaint = Comment("I waited. " * 60, date(2026, 3, 1), title, good=False)
    return comparison(
        *languages,
        parts=(part,) * 18,
        dimensions=(part,) * 9,
        metrics=(NPS,) * 5,
        sites=(rival,) * 40,
        findings=(Finding(title, good=False),) * 12,
        comments=(PRAISED,) * 3 + (complaint,) * 3,
        notes=(title,) * 4,
        **given,
    )


_LONG = {
    "en": "Arrival and the first minutes in the shop, until somebody has looked at the customer, "
    "and whatever else has to be said of it at some length",
    "zh": "进店以后最初的几分钟，直到有员工看见顾客并打招呼为止，以及其他需要详细说明的内容",
}

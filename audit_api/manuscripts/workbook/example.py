"""The workbook to begin with: every sheet with its headings, and one touchpoint as an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audit_api.manuscripts.workbook.writing import write_workbook
from audit_api.rules import authoring as rules
from audit_api.rules.checklist.document import FORMAT
from audit_api.words import DEFAULT_LOCALE, say, spoken


def template(locales: Sequence[str], language: str | None = None) -> bytes:
    """Return a workbook to fill in, for a checklist in these languages, the first the fallback.

    Its texts are in the languages that the product speaks; in others only the first is filled.
    Raises INVALID where `locales` are no languages.
    """
    return write_workbook(rules.parse(document(locales)), language)


def document(locales: Sequence[str]) -> dict[str, Any]:
    """Return the checklist that stands in the workbook to begin with."""

    def words(code: str) -> dict[str, str]:
        understood = {locale: say(code, locale) for locale in locales if spoken(locale)}
        return {locale: say(code, DEFAULT_LOCALE) for locale in locales[:1]} | understood

    return {
        "format": FORMAT,
        "key": "my_checklist",
        "locales": list(locales),
        "title": words("sheets.example.title"),
        "scoring": {
            "pass_mark": 80,
            "bands": [
                {"key": "good", "from": 85, "title": words("sheets.example.good")},
                {"key": "fair", "from": 60, "title": words("sheets.example.fair")},
                {"key": "poor", "from": 0, "title": words("sheets.example.poor")},
            ],
        },
        "dimensions": [{"key": "service", "title": words("sheets.example.service")}],
        "site_attributes": [
            {
                "key": "store_format",
                "type": "word",
                "values": ["street", "mall"],
                "title": words("sheets.example.store_format"),
            }
        ],
        "response_sets": {
            "extent": [
                {"key": "fully", "points": 2, "title": words("sheets.example.fully")},
                {"key": "partly", "points": 1, "title": words("sheets.example.partly")},
                {"key": "not_at_all", "points": 0, "title": words("sheets.example.not_at_all")},
            ]
        },
        "touchpoints": [
            {
                "key": "arrival",
                "title": words("sheets.example.arrival"),
                "questions": _questions(words),
            }
        ],
    }


def _questions(words: Any) -> list[dict[str, Any]]:
    return [
        {
            "key": "entrance_clean",
            "type": "yes_no",
            "title": words("sheets.example.entrance"),
            "points": 2,
            "evidence": {"photo": "when_failed"},
        },
        {
            "key": "greeting_time",
            "type": "duration",
            "title": words("sheets.example.greeting_time"),
            "hint": words("sheets.example.greeting_hint"),
            "dimensions": ["service"],
            "bands": [
                {"from": 0, "points": 3},
                {"from": 31, "points": 1},
                {"from": 181, "points": 0, "failed": True, "effect": {"cap": "fair"}},
            ],
        },
        {
            "key": "greeting_manner",
            "type": "single",
            "title": words("sheets.example.greeting_manner"),
            "dimensions": ["service"],
            "response_set": "extent",
            "condition": {"question": "greeting_time", "less_than": 600},
            "evidence": {"comment": ["partly", "not_at_all"]},
        },
        {
            "key": "other_remarks",
            "type": "text",
            "title": words("sheets.example.remarks"),
            "required": False,
            "condition": {"site": "store_format", "equals": "mall"},
        },
    ]

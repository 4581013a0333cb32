"""Small checklist documents to try the reading on."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def words(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def question(key: str = "q", kind: str = "yes_no", **members: object) -> Json:
    return {"key": key, "type": kind, "title": words(key)} | members


def option(key: str, points: float = 0, **members: object) -> Json:
    return {"key": key, "title": words(key), "points": points} | members


def document(*questions: Json, **members: object) -> Json:
    asked = list(questions) or [question()]
    touchpoint = {"key": "arrival", "title": words("Arrival"), "questions": asked}
    return {
        "format": 1,
        "key": "store",
        "locales": ["en", "zh"],
        "title": words("Store"),
        "touchpoints": [touchpoint],
    } | members

"""Small audits: a checklist of yes/no questions, and what some answers to it score."""

from __future__ import annotations

from typing import Any

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.score import Score

Json = dict[str, Any]
X = {"en": "x"}


def yes_no(key: str, points: float = 1, **members: object) -> Json:
    question = {"key": key, "type": "yes_no", "title": X, "points": points, "required": False}
    return question | {"not_applicable": True, "not_observed": True} | members


def section(key: str, *questions: Json, **members: object) -> Json:
    return {"key": key, "title": X, "questions": list(questions)} | members


def score(touchpoints: list[Json], answers: Json, **members: Any) -> Score:
    written = {
        "format": 1,
        "key": "c",
        "locales": ["en"],
        "title": X,
        "touchpoints": touchpoints,
    } | members
    sent = {
        key: answer if isinstance(answer, dict) else {"value": answer}
        for key, answer in answers.items()
    }
    return compile_scorer(authoring.parse(written)).score(Visit(sent))

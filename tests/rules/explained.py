"""Small audits, and what their explained scores tell."""

from __future__ import annotations

from typing import Any

from audit_api.rules import authoring
from audit_api.rules.checklist.sections import Checklist
from audit_api.rules.scoring import Scorer, Visit, compile_scorer
from audit_api.rules.scoring.explanation import Step, explain, values
from tests.rules.documents import Json, document, question, words

NA = {"not_applicable": True}
MALL = {"site": "kind", "equals": "competitor"}


def optional(key: str, kind: str = "yes_no", **members: object) -> Json:
    return question(key, kind, required=False, not_applicable=True, **members)


def alarm(key: str, effect: object) -> Json:
    """A question that brings no points, with a critical effect where it is answered with no."""
    return optional(key, weight=0, fails_at="no", effect=effect)


def section(key: str, *inside: Json, **members: object) -> Json:
    held = "sections" if "questions" in inside[0] or "sections" in inside[0] else "questions"
    return {"key": key, "title": words(key), held: list(inside)} | members


def compiled(*touchpoints: Json, **members: object) -> tuple[Checklist, Scorer]:
    parsed = authoring.parse(document(touchpoints=list(touchpoints), **members))
    return parsed, compile_scorer(parsed)


def visit(answers: Json, **more: Any) -> Visit:
    sent = {
        key: held if isinstance(held, dict) else {"value": held} for key, held in answers.items()
    }
    return Visit(sent, **more)


def steps(answers: Json, *touchpoints: Json, **members: object) -> tuple[Step, ...]:
    parsed, scorer = compiled(*touchpoints, **members)
    return explain(parsed, scorer, visit(answers))


def told(steps: tuple[Step, ...], kind: str, key: str = "") -> list[Json]:
    """What the steps of a kind about one thing say."""
    return [values(step) for step in steps if (step.kind, step.key) == (kind, key)]


def asked(written: Json, value: object) -> Json:
    (step,) = told(
        steps({written["key"]: value}, section("one", written)), "question", written["key"]
    )
    return step


def share(exact: str, percent: float) -> Json:
    return {"exact": exact, "percent": percent}

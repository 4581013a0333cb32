"""Whole audits and their scores, as vectors/audits.json has them; the phone is put to them too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.explanation import agrees, explain

Json = dict[str, Any]
VECTORS = json.loads((Path(__file__).parent / "vectors" / "audits.json").read_text("utf-8"))


def named(subject: str) -> list[Any]:
    return [pytest.param(vector, id=vector["name"]) for vector in VECTORS[subject]]


def titled(value: Any) -> Any:
    """What has a key, with a title."""
    if isinstance(value, list):
        return [titled(each) for each in value]
    if not isinstance(value, dict):
        return value
    own = {"title": {"en": value["key"]}} if "key" in value else {}
    return own | {name: titled(each) for name, each in value.items()}


def checklist(vector: Json) -> authoring.Checklist:
    members = {name: titled(vector[name]) for name in ("scoring", "touchpoints")}
    head = {"format": 1, "key": "vector", "locales": ["en"], "title": {"en": "Vector"}}
    return authoring.parse(head | members)


@pytest.mark.parametrize("vector", named("unscored"))
def test_without_anything_to_score_there_is_no_score(vector: Json) -> None:
    check(vector)


@pytest.mark.parametrize("vector", named("effects"))
def test_every_effect_of_what_was_found_happens_once(vector: Json) -> None:
    check(vector)


def check(vector: Json) -> None:
    parsed, visit = checklist(vector), Visit(vector["answers"])
    score = compile_scorer(parsed).score(visit)
    found = json.loads(json.dumps(score.as_json()))
    assert {name: found[name] for name in vector["expect"]} == vector["expect"]


@pytest.mark.parametrize("vector", [*named("unscored"), *named("effects")])
def test_the_explanation_arrives_there_too(vector: Json) -> None:
    parsed, visit = checklist(vector), Visit(vector["answers"])
    scorer = compile_scorer(parsed)
    assert agrees(explain(parsed, scorer, visit), scorer.score(visit))

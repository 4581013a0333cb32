"""The shipped checklists: complete, bilingual, and exactly in the published format."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from audit_api.errors import Problem
from audit_api.rules import checklist
from audit_api.rules.questions import Demand

FOLDER = Path(__file__).parents[2] / "checklists"
SCHEMA = json.loads((FOLDER / "checklist.schema.json").read_text("utf-8"))
SHIPPED = ("restaurant", "retail_store")
TOUCHPOINTS = ["arrival", "consultation", "product_display", "checkout", "after_sales"]


def load(name: str) -> dict[str, object]:
    return YAML(typ="safe", pure=True).load((FOLDER / f"{name}.yaml").read_text("utf-8"))


@pytest.fixture(params=SHIPPED)
def document(request: pytest.FixtureRequest) -> dict[str, object]:
    return load(request.param)


def test_every_shipped_file_is_tested_here() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(SHIPPED)


def test_a_shipped_checklist_parses_without_a_fault(document: dict[str, object]) -> None:
    assert checklist.parse(document).key == document["key"]


def test_a_shipped_checklist_satisfies_the_published_schema(document: dict[str, object]) -> None:
    validator = jsonschema_rs.Draft202012Validator(SCHEMA)
    assert [error.message for error in validator.iter_errors(document)] == []


def test_the_document_that_phones_get_satisfies_the_published_schema_too(
    document: dict[str, object],
) -> None:
    written = checklist.document(checklist.parse(document))
    validator = jsonschema_rs.Draft202012Validator(SCHEMA)
    assert [error.message for error in validator.iter_errors(written)] == []


def test_the_published_schema_is_itself_a_valid_schema() -> None:
    assert jsonschema_rs.meta.is_valid(SCHEMA)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "q", "type": "photo", "title": {"en": "Q"}, "points": 1},
        {"key": "q", "type": "yes_no", "title": {"en": "Q"}, "options": []},
        {"key": "q", "type": "single", "title": {"en": "Q"}},
        {"key": "Q", "type": "text", "title": {"en": "Q"}},
    ],
)
def test_schema_and_parser_refuse_the_same_question(wrong: dict[str, object]) -> None:
    document = load("restaurant") | {
        "locales": ["en"],
        "title": {"en": "T"},
        "scoring": {},
        "dimensions": [],
        "response_sets": {},
        "touchpoints": [{"key": "t", "title": {"en": "T"}, "questions": [wrong]}],
    }
    assert not jsonschema_rs.Draft202012Validator(SCHEMA).is_valid(document)
    with pytest.raises(Problem) as refusal:
        checklist.parse(document)
    assert all(
        fault.pointer.startswith("/touchpoints/0/questions/0") for fault in refusal.value.faults
    )


def test_a_shipped_checklist_walks_the_whole_journey(document: dict[str, object]) -> None:
    parsed = checklist.parse(document)
    questions = list(parsed.questions())
    assert [touchpoint.key for touchpoint in parsed.touchpoints] == TOUCHPOINTS
    assert parsed.locales == ("en", "zh")
    assert 25 <= len(questions) <= 40
    assert sum(touchpoint.weight for touchpoint in parsed.touchpoints) == 100_000
    assert [question.metric for question in questions if question.metric] == ["csat", "nps"]
    assert any(question.not_applicable for question in questions)
    assert any(question.not_observed for question in questions)
    assert any(question.photo is Demand.WHEN_FAILED for question in questions)
    assert {dimension.key for dimension in parsed.dimensions} == {
        tag for question in questions for tag in question.dimensions
    }

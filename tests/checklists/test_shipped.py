"""The shipped checklists: complete, bilingual, and exactly in the published format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from audit_api.errors import Problem
from audit_api.manuscripts import checks
from audit_api.rules import authoring
from audit_api.rules.checklist.questions import Demand

FOLDER = Path(__file__).parents[2] / "checklists"
SCHEMA = json.loads((FOLDER / "checklist.schema.json").read_text("utf-8"))
SHIPPED = (
    "bank_branch",
    "car_dealer",
    "clinic_consultation",
    "contact_enquiry",
    "hotel",
    "petrol_station",
    "restaurant",
    "retail_store",
)


def load(name: str) -> dict[str, object]:
    document = checks.check((FOLDER / f"{name}.yaml").read_bytes()).document
    assert document is not None
    return dict(document)


@pytest.fixture(params=SHIPPED)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def document(name: str) -> dict[str, object]:
    return load(name)


def test_every_shipped_file_is_tested_here() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(SHIPPED)


def test_a_shipped_checklist_parses_without_a_fault(document: dict[str, object]) -> None:
    assert authoring.parse(document).key == document["key"]


def test_a_shipped_checklist_satisfies_the_published_schema(document: dict[str, object]) -> None:
    validator = jsonschema_rs.Draft202012Validator(SCHEMA)
    assert [error.message for error in validator.iter_errors(document)] == []


def test_the_document_that_phones_get_satisfies_the_published_schema_too(
    document: dict[str, object],
) -> None:
    written = authoring.document(authoring.parse(document))
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
        "metrics": {},
        "dimensions": [],
        "site_attributes": [],
        "response_sets": {},
        "touchpoints": [{"key": "t", "title": {"en": "T"}, "questions": [wrong]}],
    }
    assert not jsonschema_rs.Draft202012Validator(SCHEMA).is_valid(document)
    with pytest.raises(Problem) as refusal:
        authoring.parse(document)
    assert all(
        fault.pointer.startswith("/touchpoints/0/questions/0") for fault in refusal.value.faults
    )


def test_a_shipped_checklist_is_a_whole_visit_in_both_languages(
    document: dict[str, object],
) -> None:
    parsed = authoring.parse(document)
    questions = list(parsed.questions())
    assert parsed.locales == ("en", "zh")
    assert 40 <= len(questions) <= 60
    assert len(parsed.touchpoints) >= 5
    assert [question.metric for question in questions].count("nps") == 1
    assert any(question.possible_effects for question in questions)
    assert any(question.condition for question in questions)
    assert any(question.photo is not Demand.NEVER for question in questions)
    assert {dimension.key for dimension in parsed.dimensions} == {
        tag for question in questions for tag in question.dimensions
    }


def test_a_shipped_checklist_gives_nothing_to_warn_of(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    checked = checks.check(text)
    assert (checked.errors, checked.warnings) == ((), ())


NOT_SHOWN = {("photo", "never"), ("fails_at", "yes"), ("fails_at", "no"), ("on_fail", "zero_audit")}
"""What goes without saying, and a section that is worth a whole visit: no trade has one."""


def words(schema: dict[str, Any]) -> Iterator[object]:
    """The words that a member of this schema may hold."""
    yield from (word for word in schema.get("enum", ()) if isinstance(word, str | int))
    for each in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from words(each)
    if "$ref" in schema:
        yield from words(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])


def members(schema: object) -> Iterator[tuple[str, object]]:
    """Every member that the schema knows, alone and with each word that it may hold."""
    if isinstance(schema, dict):
        for key, value in schema.get("properties", {}).items():
            yield key, None
            yield from ((key, word) for word in words(value))
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from members(inner)


def written(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """Every member of a document, alone and with each word that it holds."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, None
            yield from written(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from written(inner, name)
    elif isinstance(value, str | int):
        yield name, value


def test_together_they_use_every_feature_of_the_format() -> None:
    used = {pair for each in SHIPPED for pair in written(load(each))}
    known = set(members(SCHEMA))
    assert len(known) > 100
    assert known - used == NOT_SHOWN

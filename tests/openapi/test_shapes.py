"""The shapes that the specification tells: closed, named, and those of what is really written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest
from hypothesis import given

from audit_api.api.checklists import answers
from audit_api.manuscripts import checks
from audit_api.manuscripts.files import YAML
from audit_api.rules import authoring
from audit_api.rules.checklist.conditions import Operator
from audit_api.rules.checklist.questions import PICTURES, QuestionType
from audit_api.rules.lifecycle import AssignmentState, AuditState, PhotoState
from audit_api.rules.permissions import Permission
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.explanation import KINDS, explain
from audit_api.rules.signals.kinds import SignalKind
from audit_api.words import vocabulary
from audit_api.words.explanation.steps import in_words
from tests.chance import seed, times
from tests.rules.audits import visits
from tests.rules.vectors.condition_draws import Draws

SHIPPED = sorted(Path("checklists").glob("*.yaml"))
Shape = dict[str, Any]
Faults = Callable[[str, object], list[str]]


def walk(shape: Any, place: str = "") -> Iterator[tuple[str, Shape]]:
    """Every object in a part of the specification, and where it stands."""
    if isinstance(shape, dict):
        yield place, shape
        for name, inner in shape.items():
            yield from walk(inner, f"{place}/{name}")
    elif isinstance(shape, list):
        for number, inner in enumerate(shape):
            yield from walk(inner, f"{place}/{number}")


@pytest.fixture(scope="module")
def faults(spec: Shape) -> Faults:
    """What is wrong with a value, by the shape of a name."""

    @cache
    def validator(name: str) -> jsonschema_rs.Draft202012Validator:
        shape = {"$ref": f"#/components/schemas/{name}", "components": spec["components"]}
        return jsonschema_rs.Draft202012Validator(shape)

    return lambda name, value: [str(each)[:300] for each in validator(name).iter_errors(value)]


def test_no_object_is_open_unless_it_says_why(spec: Shape) -> None:
    for place, shape in walk({"paths": spec["paths"], "components": spec["components"]}):
        if shape.get("type") != "object" or "properties" in shape:
            continue
        assert shape["additionalProperties"] or "Open:" in shape["description"], place


def test_what_may_be_left_out_is_never_required(spec: Shape) -> None:
    for name, shape in spec["components"]["schemas"].items():
        for member, told in shape.get("properties", {}).items():
            assert "default" not in told, (name, member)
            said = "Default: `" in told.get("description", "")
            assert not said or member not in shape.get("required", ()), (name, member)
    for place, shape in walk(spec["paths"]):
        if "in" in shape and "default" in shape.get("schema", {}):
            assert not shape["required"], place


def test_what_is_only_read_is_not_written_and_what_is_written_not_only_read(spec: Shape) -> None:
    assert not [place for place, shape in walk(spec) if "writeOnly" in shape and "Id" in place]
    shown = {"Assignment", "Campaign", "Region", "Site", "User", "TokenRecord"}
    for name in shown:
        shape = spec["components"]["schemas"][name]
        assert set(shape["required"]) == set(shape["properties"]), name


def test_files_are_binary_under_their_own_media_types(spec: Shape) -> None:
    contents = [
        (kind, told["schema"])
        for _, shape in walk(spec["paths"])
        for kind, told in shape.get("content", {}).items()
        if "json" not in kind
    ]
    assert {kind for kind, _ in contents} >= {"application/pdf", "text/csv", YAML}
    for kind, told in contents:
        assert told == {"type": "string", "format": "binary"}, kind


def test_the_server_is_named(spec: Shape) -> None:
    assert spec["servers"] == [{"url": "http://127.0.0.1:8000", "description": "This server."}]


def test_every_answer_names_its_request(spec: Shape) -> None:
    for place, shape in walk(spec["paths"]):
        for status, told in shape.get("responses", {}).items():
            assert "$ref" in told or "X-Request-Id" in told["headers"], (place, status)
    for name, told in spec["components"]["responses"].items():
        assert "X-Request-Id" in told["headers"], name


def test_vocabularies_are_those_of_the_rules(spec: Shape) -> None:
    named = spec["components"]["schemas"]
    codes = {code[len("fault.") :] for code in vocabulary("en") if code.startswith("fault.")}
    assert set(named["FaultCode"]["enum"]) == codes
    assert len(named["FaultCode"]["x-enum-descriptions"]) == len(codes)
    for enum in (AuditState, AssignmentState, PhotoState, Permission, QuestionType, SignalKind):
        assert named[enum.__name__]["enum"] == [*enum], enum
    assert {"unauthenticated", "invalid", "stale"} <= {
        each.rpartition("/")[2] for each in named["ProblemType"]["enum"]
    }
    assert len(named["ProblemType"]["x-enum-varnames"]) == len(named["ProblemType"]["enum"])


@pytest.mark.parametrize(
    ("union", "words"),
    [("Signal", SignalKind), ("Question", QuestionType), ("Step", KINDS)],
    ids=["signals", "questions", "steps"],
)
def test_a_union_is_told_apart_by_every_word_of_its_tag(
    spec: Shape, union: str, words: tuple[str, ...]
) -> None:
    told = spec["components"]["schemas"][union]
    assert set(told["discriminator"]["mapping"]) == set(words)
    assert {each["$ref"] for each in told["oneOf"]} == set(
        told["discriminator"]["mapping"].values()
    )


def test_each_type_of_question_is_told_with_its_answers(spec: Shape) -> None:
    told = [*answers.TEXTS, *answers.NUMBERS, *answers.LISTS, *answers.PLACES]
    assert sorted(told) == sorted(set(QuestionType) - PICTURES)


def test_each_operator_is_a_member_of_a_test(spec: Shape) -> None:
    for name in ("QuestionTest", "SiteTest"):
        members = spec["components"]["schemas"][name]["properties"].keys()
        assert members - {"question", "site"} == set(Operator)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_published_checklist_has_the_shape_that_is_told(faults: Faults, path: Path) -> None:
    manuscript = checks.check(path.read_bytes())
    written = authoring.document(authoring.parse(manuscript.document))
    assert faults("Checklist", written) == []


@pytest.mark.chance
def test_a_drawn_checklist_of_conditions_has_the_shape_that_is_told(faults: Faults) -> None:
    draws = Draws(seed(71))
    for _ in range(times(30)):
        visit = draws.visit()
        written = authoring.document(authoring.parse(visit["checklist"]))
        assert faults("Checklist", written) == []


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        ({"value": "yes"}, True),
        ({"value": 4}, True),
        ({"value": ["a", "b"], "comment": "x"}, True),
        ({"value": {"latitude": 31.2, "longitude": 121.4}}, True),
        ({"not_applicable": True}, True),
        ({"not_observed": True, "comment": "closed"}, True),
        ({}, True),
        ({"value": None}, False),
        ({"value": True}, False),
        ({"value": {"latitude": 31.2}}, False),
        ({"not_applicable": False}, False),
        ({"value": "yes", "not_applicable": True}, False),
        ({"valeu": "yes"}, False),
    ],
)
def test_an_answer_has_one_of_the_shapes_that_are_told(
    faults: Faults, answer: Shape, fits: bool
) -> None:
    assert (faults("Answer", answer) == []) == fits


@given(visits())
def test_whatever_is_scored_is_written_and_explained_in_the_shapes_that_are_told(
    faults: Faults, drawn: tuple[Shape, Visit]
) -> None:
    document, visit = drawn
    checklist = authoring.parse(document)
    assert faults("Checklist", document) == []
    assert [fault for each in visit.answers.values() for fault in faults("Answer", each)] == []
    steps = in_words(checklist, explain(checklist, compile_scorer(checklist), visit))
    for step in json.loads(orjson.dumps(steps)):
        assert faults("Step", step) == []

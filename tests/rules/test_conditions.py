"""What conditions say: the golden vectors, and how a condition is compiled and written down."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit_api.rules.authoring.conditions import TESTS_OF_ATTRIBUTES, TESTS_OF_QUESTIONS
from audit_api.rules.checklist.conditions import (
    FLAG,
    NUMBER,
    WORD,
    AllOf,
    AnyOf,
    Not,
    Operator,
    SiteAttribute,
    Source,
    SubjectTest,
    compile_condition,
    questions_named,
    site_values,
    subject_tests,
)
from tests.rules.vectors.condition_cases import EVERY_TYPE
from tests.rules.vectors.make_conditions import (
    FROZEN,
    condition_of,
    holds,
    vectors,
    visible,
    written,
)

VECTORS: dict[str, Any] = json.loads(FROZEN.read_text("utf-8"))

MET = SubjectTest(Source.QUESTION, "met", Operator.EQUALS, "yes")
PAID = SubjectTest(Source.QUESTION, "paid", Operator.ONE_OF, (1, 2.5))
LARGE = SubjectTest(Source.SITE, "area", Operator.MORE_THAN, 500)


def test_every_golden_condition_holds_as_it_should() -> None:
    cases = VECTORS["conditions"]
    assert len(cases) >= 300
    assert [
        case["name"]
        for case in cases
        if holds(case["condition"], case["values"], case["site"]) is not case["expect"]
    ] == []


def test_every_golden_visit_shows_its_questions() -> None:
    cases = VECTORS["visible"]
    assert len(cases) >= 50
    for case in cases:
        shown = visible(case["checklist"], case["answers"], case["photos"], case["site"])
        assert shown == case["expect"], case["name"]


def test_the_frozen_vectors_are_what_the_generator_writes() -> None:
    assert FROZEN.read_text("utf-8") == written(vectors())


def test_the_vectors_try_every_test_of_every_type_with_both_outcomes() -> None:
    questions = {q["key"]: q["type"] for q in EVERY_TYPE["touchpoints"][0]["questions"]}
    attributes = {each["key"]: each["type"] for each in EVERY_TYPE["site_attributes"]}
    tried = set()
    for case in VECTORS["conditions"]:
        condition = condition_of(case["condition"])
        if isinstance(condition, SubjectTest):
            types = questions if condition.source is Source.QUESTION else attributes
            tried.add((types.get(condition.key), condition.operator, case["expect"]))
    taken = (*TESTS_OF_QUESTIONS.items(), *TESTS_OF_ATTRIBUTES.items())
    assert {
        (kind, operator, outcome)
        for kind, operators in taken
        for operator in operators
        for outcome in (True, False)
    } - tried == set()


def test_a_condition_is_written_down_as_its_author_wrote_it() -> None:
    for case in VECTORS["conditions"]:
        assert condition_of(case["condition"]).document() == case["condition"], case["name"]


def test_a_condition_names_its_questions_and_not_the_site() -> None:
    condition = AllOf((AnyOf((MET, LARGE)), Not(AllOf((PAID, MET)))))
    assert list(subject_tests(condition)) == [MET, LARGE, PAID, MET]
    assert questions_named(condition) == {"met", "paid"}


@pytest.mark.parametrize(
    ("values", "site", "expected"),
    [
        ({}, {}, False),
        ({"met": "yes"}, {}, True),
        ({"met": "no"}, {"area": 501}, True),
        ({"met": "yes", "paid": 2.5}, {"area": 501}, False),
    ],
)
def test_parts_are_put_together(
    values: dict[str, object], site: dict[str, object], expected: bool
) -> None:
    condition = AllOf((AnyOf((MET, LARGE)), Not(PAID)))
    assert compile_condition(condition)(values, site) is expected


@pytest.mark.parametrize("value", [10**400, -(10**400), 2**1024 - 1, float("inf"), float("nan")])
def test_a_number_that_no_double_holds_passes_no_test_but_answered(value: float) -> None:
    for name, operand in (("less_than", 5), ("at_least", 5), ("answered", False)):
        assert not holds({"question": "spent", name: operand}, {"spent": value}, {}), name
    assert holds({"question": "spent", "answered": True}, {"spent": value}, {})
    assert site_values([SiteAttribute("area", {}, NUMBER)], {"area": value}) == {}


def test_true_is_no_one() -> None:
    flag = SubjectTest(Source.SITE, "mall", Operator.EQUALS, True)
    assert compile_condition(flag)({}, {"mall": True})
    assert not compile_condition(flag)({}, {"mall": 1})


def test_a_site_value_is_read_by_its_declared_type() -> None:
    declared = [SiteAttribute(kind, {}, kind) for kind in (WORD, NUMBER, FLAG)]
    given = {"word": "5", "number": "5", "flag": "true", "other": "5"}
    assert site_values(declared, given) == {"word": "5", "number": 5.0, "flag": True}


def test_the_kind_of_a_site_is_there_without_being_declared() -> None:
    assert site_values([], {"kind": "own"}) == {"kind": "own"}
    assert site_values([], {}) == {}

"""Every fault of a condition and of a site's attributes, each at its place."""

from __future__ import annotations

from typing import Any

import pytest

from audit_api.errors import Fault, Problem
from audit_api.rules import authoring
from audit_api.rules.authoring.conditions import Ground, read_condition, read_site_attributes
from audit_api.rules.authoring.node import Node
from audit_api.rules.checklist.conditions import SiteAttribute, SubjectTest
from audit_api.words import LOCALES, sentence
from tests.rules.documents import Json, document, question, words
from tests.rules.vectors.make_conditions import EVERY_TYPE, condition_of

MET: Json = {"question": "greeted", "equals": "yes"}
QUESTIONS = {each.key: each for each in EVERY_TYPE.questions()}
ATTRIBUTES = {each.key: each for each in EVERY_TYPE.site_attributes}
OF_ORDER = ["equals", "one_of", "answered", "less_than", "at_most", "more_than", "at_least"]


def found(condition: object) -> list[Fault]:
    faults: list[Fault] = []
    node = Node({"condition": condition}, "", faults)
    read_condition(node, "condition", Ground(QUESTIONS, ATTRIBUTES, {"later", *QUESTIONS}))
    return faults


def told(condition: object) -> list[tuple[str, str]]:
    return [(fault.pointer.removeprefix("/condition"), fault.code) for fault in found(condition)]


def nested(depth: int) -> Json:
    condition = MET
    for _ in range(depth - 1):
        condition = {"not": condition}
    return condition


@pytest.mark.parametrize(
    ("condition", "fault"),
    [
        ("greeted", ("", "condition_expected")),
        ([MET], ("", "condition_expected")),
        ({}, ("", "condition_expected")),
        ({"equals": "yes"}, ("", "condition_expected")),
        ({"all": [MET], "any": [MET]}, ("", "condition_expected")),
        (MET | {"site": "city"}, ("", "condition_expected")),
        ({"all": [MET], "equals": "yes"}, ("/equals", "member_unknown")),
        (MET | {"equal": "no"}, ("/equal", "member_unknown")),
        ({"all": []}, ("/all", "list_expected")),
        ({"any": [MET] * 21}, ("/any", "list_too_long")),
        ({"all": MET}, ("/all", "list_expected")),
        ({"not": [MET]}, ("/not", "condition_expected")),
        ({"any": [MET, 5]}, ("/any/1", "condition_expected")),
        ({"not": {"all": [MET, {"not": {}}]}}, ("/not/all/1/not", "condition_expected")),
        (nested(6), ("/not/not/not/not/not", "condition_too_deep")),
        ({"all": [{"any": [MET] * 17}] * 3}, ("", "condition_too_large")),
        ({"question": "nowhere", "equals": 1}, ("/question", "condition_question_unknown")),
        ({"question": 5, "equals": 1}, ("/question", "condition_question_unknown")),
        ({"question": ["mood"], "equals": 1}, ("/question", "condition_question_unknown")),
        ({"question": "later", "equals": 1}, ("/question", "condition_question_later")),
        ({"site": "nowhere", "equals": 1}, ("/site", "condition_attribute_unknown")),
        ({"site": ["city"], "equals": "x"}, ("/site", "condition_attribute_unknown")),
        ({"question": "mood"}, ("/question", "condition_test_expected")),
        (MET | {"answered": True}, ("/question", "condition_test_expected")),
        ({"site": "area"}, ("/site", "condition_test_expected")),
        ({"question": "mood", "less_than": 3}, ("/less_than", "condition_test_refused")),
        ({"question": "mood", "contains": "good"}, ("/contains", "condition_test_refused")),
        ({"question": "seen", "equals": "shelf"}, ("/equals", "condition_test_refused")),
        ({"question": "said", "at_least": "a"}, ("/at_least", "condition_test_refused")),
        ({"question": "code", "more_than": "1"}, ("/more_than", "condition_test_refused")),
        ({"question": "front", "equals": True}, ("/equals", "condition_test_refused")),
        ({"question": "spot", "one_of": [1]}, ("/one_of", "condition_test_refused")),
        ({"site": "city", "less_than": "x"}, ("/less_than", "condition_test_refused")),
        ({"site": "mall", "one_of": [True]}, ("/one_of", "condition_test_refused")),
        ({"question": "mood", "answered": "yes"}, ("/answered", "flag_expected")),
        ({"question": "mood", "answered": 1}, ("/answered", "flag_expected")),
        ({"question": "mood", "one_of": "good"}, ("/one_of", "list_expected")),
        ({"question": "mood", "one_of": []}, ("/one_of", "list_expected")),
        ({"question": "rating", "one_of": [1] * 51}, ("/one_of", "list_too_long")),
    ],
)
def test_a_fault_of_the_form_is_told_at_its_place(
    condition: object, fault: tuple[str, str]
) -> None:
    assert told(condition) == [fault]


@pytest.mark.parametrize(
    ("test", "fault"),
    [
        ({"question": "mood", "equals": "bad"}, "condition_value_refused"),
        ({"question": "mood", "equals": None}, "condition_value_refused"),
        ({"question": "greeted", "equals": True}, "condition_value_refused"),
        ({"question": "seen", "contains": "mirror"}, "condition_value_refused"),
        ({"question": "seen", "contains": ["shelf"]}, "condition_value_refused"),
        ({"question": "rating", "equals": 6}, "scale_mark_expected"),
        ({"question": "rating", "less_than": 2.5}, "scale_mark_expected"),
        ({"question": "rating", "equals": True}, "scale_mark_expected"),
        ({"question": "spent", "equals": "5"}, "number_expected"),
        ({"question": "spent", "less_than": 0.0005}, "number_expected"),
        ({"question": "spent", "less_than": float("nan")}, "number_expected"),
        ({"question": "waited", "at_least": 2.5}, "duration_expected"),
        ({"question": "waited", "at_least": "5:00"}, "duration_expected"),
        ({"question": "staff", "more_than": -1}, "count_expected"),
        ({"question": "said", "equals": 5}, "text_expected"),
        ({"question": "said", "equals": "  "}, "text_expected"),
        ({"question": "code", "equals": "1" * 501}, "text_expected"),
        ({"question": "bought", "less_than": "2026-02-30"}, "date_expected"),
        ({"question": "bought", "less_than": "14:30"}, "date_expected"),
        ({"question": "left", "at_least": "24:00"}, "time_expected"),
        ({"question": "left", "at_least": "9:30"}, "time_expected"),
        ({"site": "format", "equals": "kiosk"}, "condition_value_refused"),
        ({"site": "kind", "equals": "ours"}, "condition_value_refused"),
        ({"site": "city", "equals": 5}, "condition_word_expected"),
        ({"site": "city", "equals": ""}, "condition_word_expected"),
        ({"site": "city", "equals": "x" * 101}, "condition_word_expected"),
        ({"site": "area", "at_least": "120"}, "decimal_expected"),
        ({"site": "area", "at_least": 1_000_000_001}, "decimal_expected"),
        ({"site": "area", "at_least": 0.0001}, "decimal_expected"),
        ({"site": "mall", "equals": "true"}, "flag_expected"),
        ({"site": "mall", "equals": 1}, "flag_expected"),
    ],
)
def test_a_value_that_can_never_be_given_is_refused(test: Json, fault: str) -> None:
    operator = next(name for name in test if name not in ("question", "site"))
    assert told(test) == [(f"/{operator}", fault)]


def test_each_value_of_a_list_is_told_at_its_own_place() -> None:
    test = {"question": "rating", "one_of": [0, 1, "2", 5, 6]}
    assert told(test) == [
        ("/one_of/0", "scale_mark_expected"),
        ("/one_of/2", "scale_mark_expected"),
        ("/one_of/4", "scale_mark_expected"),
    ]


def test_every_fault_of_a_condition_is_told_at_once() -> None:
    condition = {
        "any": [
            {"question": "nowhere", "equals": 1},
            {"not": {"question": "mood", "equals": "bad", "else": 1}},
            {"site": "area", "contains": 5},
        ]
    }
    assert told(condition) == [
        ("/any/0/question", "condition_question_unknown"),
        ("/any/1/not/else", "member_unknown"),
        ("/any/1/not/equals", "condition_value_refused"),
        ("/any/2/contains", "condition_test_refused"),
    ]


def test_a_refused_test_says_which_are_taken() -> None:
    (refused,) = found({"question": "rating", "contains": 3})
    assert refused.values == {"accepted": OF_ORDER}
    (missing,) = found({"site": "mall"})
    assert missing.values == {"accepted": ["equals", "answered"]}
    (unknown,) = found({"site": "mal", "equals": True})
    assert unknown.values["accepted"] == ["area", "city", "constructor", "format", "kind", "mall"]


@pytest.mark.parametrize("depth", range(1, 6))
def test_a_condition_may_be_five_deep(depth: int) -> None:
    assert told(nested(depth)) == []


def test_a_condition_may_hold_fifty_tests() -> None:
    assert told({"any": [{"all": [MET] * 10}] * 5}) == []


def test_no_condition_is_none() -> None:
    faults: list[Fault] = []
    for members in ({}, {"condition": None}):
        assert read_condition(Node(members, "", faults), "condition", Ground({}, {})) is None
    assert faults == []


def test_a_number_is_kept_as_it_is_usually_written() -> None:
    for written in (1, 1.0):
        condition = condition_of({"question": "spent", "one_of": [written, 0.5]})
        assert isinstance(condition, SubjectTest)
        assert repr(condition.operand) == "(1, 0.5)"


def test_a_question_of_unreadable_options_does_not_fault_its_conditions() -> None:
    written = document(
        question("a", "single", options=[]),
        question("b", condition={"question": "a", "equals": "x"}),
    )
    with pytest.raises(Problem) as refusal:
        authoring.parse(written)
    assert [fault.pointer for fault in refusal.value.faults] == [
        "/touchpoints/0/questions/0/options"
    ]


def test_a_condition_names_only_what_is_asked_before() -> None:
    inner = {"key": "inner", "title": words("Inner"), "questions": [question("late")]}
    itself = question("own", condition={"question": "own", "answered": True})
    later = question("early", condition={"question": "late", "answered": True})
    section = inner | {"condition": {"question": "late", "answered": True}}
    written = document(itself, later)
    written["touchpoints"].append({"key": "t", "title": words("T"), "sections": [section]})
    with pytest.raises(Problem) as refusal:
        authoring.parse(written)
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
        ("/touchpoints/0/questions/0/condition/question", "condition_on_itself"),
        ("/touchpoints/0/questions/1/condition/question", "condition_question_later"),
        ("/touchpoints/1/sections/0/condition/question", "condition_question_later"),
    ]


def attributes(*stated: Any) -> tuple[tuple[SiteAttribute, ...], list[tuple[str, str]]]:
    faults: list[Fault] = []
    read = read_site_attributes(Node({"site_attributes": list(stated)}, "", faults), ("en",))
    return read, [(f.pointer.removeprefix("/site_attributes"), f.code) for f in faults]


def attribute(key: str = "area", kind: str = "number", **members: object) -> Json:
    return {"key": key, "title": {"en": key}, "type": kind} | members


def test_attributes_are_read_with_their_types_and_values() -> None:
    read, faults = attributes(
        attribute(), attribute("mall", "flag"), attribute("format", "word", values=["a", "b"])
    )
    assert faults == []
    assert read == (
        SiteAttribute("area", {"en": "area"}, "number"),
        SiteAttribute("mall", {"en": "mall"}, "flag"),
        SiteAttribute("format", {"en": "format"}, "word", ("a", "b")),
    )
    assert read_site_attributes(Node({}, "", []), ("en",)) == ()


@pytest.mark.parametrize(
    ("stated", "fault"),
    [
        (attribute("kind", "word"), ("/0/key", "attribute_reserved")),
        (attribute("Area"), ("/0/key", "key_malformed")),
        (attribute(kind="text"), ("/0/type", "word_not_accepted")),
        (attribute(unit="m²"), ("/0/unit", "member_unknown")),
        (attribute(values=["a"]), ("/0/values", "attribute_values_refused")),
        (attribute(kind="word", values=[]), ("/0/values", "list_expected")),
        (attribute(kind="word", values="a"), ("/0/values", "list_expected")),
        (attribute(kind="word", values=["a", ""]), ("/0/values/1", "condition_word_expected")),
        (attribute(kind="word", values=[5]), ("/0/values/0", "condition_word_expected")),
        (attribute(kind="word", values=["a", "a"]), ("/0/values/1", "entry_repeated")),
        ("area", ("/0", "object_expected")),
    ],
)
def test_a_fault_of_an_attribute_is_told_at_its_place(
    stated: object, fault: tuple[str, str]
) -> None:
    assert attributes(stated)[1] == [fault]


def test_an_attribute_is_declared_once() -> None:
    assert attributes(attribute(), attribute())[1] == [("/1/key", "key_repeated")]


def test_there_are_at_most_thirty_attributes() -> None:
    many = [attribute(f"a{place}") for place in range(31)]
    assert attributes(*many[:30])[1] == []
    assert attributes(*many)[1] == [("", "list_too_long")]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_fault_is_said_with_what_it_names(locale: str) -> None:
    (fault,) = found({"site": "nowhere", "equals": 1})
    said = sentence(f"fault.{fault.code}", fault.values, locale)
    assert "nowhere" in said
    assert "format" in said

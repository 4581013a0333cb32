"""Every fault of a checklist document, each at its place, in words of both languages."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest

from audit_api.errors import Kind, Problem
from audit_api.rules import authoring
from audit_api.words import vocabulary
from tests.rules.documents import Json, document, option, question, words

ROOT = Path(__file__).parents[2]
TRANSLATIONS = Path("audit_api/words")


THOUSANDS = [{"key": key, "title": {"en": key}, "points": 1000} for key in ("one", "two")]


def faults(written: Json) -> list[tuple[str, str]]:
    with pytest.raises(Problem) as refusal:
        authoring.parse(written)
    assert refusal.value.kind is Kind.INVALID
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


def question_faults(**members: object) -> list[tuple[str, str]]:
    place = "/touchpoints/0/questions/0"
    found = faults(document(question(**members)))  # type: ignore[arg-type]
    return [(pointer.removeprefix(place), code) for pointer, code in found]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"format": 2}, ("/format", "format_unknown")),
        ({"key": "Big"}, ("/key", "key_malformed")),
        ({"key": "big\u200b"}, ("/key", "character_invisible")),
        ({"key": "ｂig"}, ("/key", "key_malformed")),
        ({"title": {"en": "Big \ue000"}}, ("/title/en", "character_private")),
        ({"title": {"en": "Big \ufffd"}}, ("/title/en", "character_unread")),
        ({"title": {"en": "Big\x1b[2J"}}, ("/title/en", "character_control")),
        ({"titel": {}}, ("/titel", "member_unknown")),
        ({"title": {"zh": "x"}}, ("/title/en", "words_expected")),
        ({"title": {"en": "x", "zh": ""}}, ("/title/zh", "words_expected")),
        ({"title": words("x") | {"fr": "x"}}, ("/title/fr", "member_unknown")),
        ({"scoring": []}, ("/scoring", "object_expected")),
        ({"scoring": {"method": "best"}}, ("/scoring/method", "word_not_accepted")),
        ({"scoring": {"pass_mark": 80.005}}, ("/scoring/pass_mark", "decimal_expected")),
        ({"scoring": {"validity": "3/2"}}, ("/scoring/validity", "share_expected")),
        ({"scoring": {"bonus_over_100": "no"}}, ("/scoring/bonus_over_100", "flag_expected")),
        ({"touchpoints": {}}, ("/touchpoints", "list_expected")),
        ({"touchpoints": ["arrival"]}, ("/touchpoints/0", "object_expected")),
        ({"response_sets": {"a": []}}, ("/response_sets/a", "list_expected")),
        (
            {"response_sets": {"a": [option(f"o{number}") for number in range(2001)]}},
            ("/response_sets/a", "list_too_long"),
        ),
        ({"response_sets": {"A b": [option("a")]}}, ("/response_sets/A b", "key_malformed")),
        ({"dimensions": [{"key": "a"}]}, ("/dimensions/0/title", "member_missing")),
        ({"metrics": {"ces": {"method": "sum"}}}, ("/metrics/ces/method", "word_not_accepted")),
        ({"metrics": {"csat": {"top": 3}}}, ("/metrics/csat/top", "decimal_expected")),
        ({"metrics": {"csi": {"item_score": 1}}}, ("/metrics/csi/item_score", "word_not_accepted")),
        ({"metrics": {"sat": {}}}, ("/metrics/sat", "member_unknown")),
    ],
)
def test_a_fault_of_the_document_is_told_at_its_place(change: Json, fault: tuple[str, str]) -> None:
    assert faults(document() | change) == [fault]


@pytest.mark.parametrize("locales", [[], "en", ["en", "en"], ["english language"], [1]])
def test_locales_are_a_list_of_different_language_tags(locales: object) -> None:
    assert any(pointer == "/locales" for pointer, _ in faults(document() | {"locales": locales}))


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"kind": "quiz"}, ("/type", "word_not_accepted")),
        ({"weight": 1.0005}, ("/weight", "decimal_expected")),
        ({"weight": -1}, ("/weight", "decimal_expected")),
        ({"weight": "2"}, ("/weight", "decimal_expected")),
        ({"weight": True}, ("/weight", "decimal_expected")),
        ({"weight": float("nan")}, ("/weight", "decimal_expected")),
        ({"weight": float("inf")}, ("/weight", "decimal_expected")),
        ({"required": "yes"}, ("/required", "flag_expected")),
        ({"effect": "explode"}, ("/effect", "effect_not_accepted")),
        ({"effect": {"cap": 101}}, ("/effect/cap", "decimal_expected")),
        ({"effect": {"cap": None}}, ("/effect/cap", "decimal_expected")),
        ({"effect": ["fail", "explode"]}, ("/effect/1", "effect_not_accepted")),
        ({"effect": ["fail", None]}, ("/effect/1", "effect_not_accepted")),
        ({"effect": [["fail"]]}, ("/effect/0", "effect_not_accepted")),
        ({"effect": ["fail", {"cap": 101}]}, ("/effect/1/cap", "decimal_expected")),
        ({"effect": [{"cap": 60}, "fail", {"cap": 60}]}, ("/effect/2", "entry_repeated")),
        ({"effect": [{"cap": each} for each in range(11)]}, ("/effect", "list_too_long")),
        ({"evidence": {"photo": "often"}}, ("/evidence/photo", "word_not_accepted")),
        ({"evidence": {"video": "always"}}, ("/evidence/video", "member_unknown")),
        ({"dimensions": ["nowhere"]}, ("/dimensions", "dimension_unknown")),
        ({"dimensions": [["a"]]}, ("/dimensions", "dimension_unknown")),
        ({"fails_at": "maybe"}, ("/fails_at", "word_not_accepted")),
        ({"options": []}, ("/options", "member_unknown")),
        ({"effect": "fail", "points": 0}, ("/effect", "never_fails")),
        ({"kind": "text", "points": 1}, ("/points", "member_unknown")),
        ({"kind": "single"}, ("/options", "member_missing")),
        ({"kind": "single", "response_set": "x"}, ("/response_set", "response_set_unknown")),
        ({"kind": "scale", "min": 5, "max": 5}, ("/max", "max_below_min")),
        ({"kind": "scale", "fails_at": 9}, ("/fails_at", "mark_expected")),
        ({"kind": "scale", "points": [1]}, ("/points", "scale_points_expected")),
        ({"kind": "scale", "points": [1, 0, 2, 3, 4]}, ("/points", "points_out_of_order")),
        ({"kind": "scale", "metric": "nps", "max": 5}, ("/metric", "metric_scale")),
        ({"kind": "scale", "metric": "csat", "min": 0}, ("/metric", "metric_scale")),
        ({"kind": "scale", "metric_weight": 2}, ("/metric_weight", "metric_weight_of_csi")),
        ({"kind": "scale", "expectation": "q"}, ("/expectation", "expectation_unknown")),
        ({"effect": {"cap": "good"}}, ("/effect/cap", "score_band_unknown")),
        ({"effect": ["fail", {"cap": "good"}]}, ("/effect/1/cap", "score_band_unknown")),
        ({"evidence": {"photo": ["maybe"]}}, ("/evidence/photo", "evidence_answer_unknown")),
        ({"evidence": {"photo": ["no", "no"]}}, ("/evidence/photo", "entry_repeated")),
        ({"kind": "text", "evidence": {"photo": []}}, ("/evidence/photo", "word_not_accepted")),
        ({"kind": "number", "min": 2, "max": 1}, ("/max", "max_below_min")),
        ({"kind": "count", "per_unit": 1}, ("/per_unit", "per_unit_above_zero")),
        (
            {"kind": "several", "weight": 100, "options": THOUSANDS},
            ("/options", "worth_too_large"),
        ),
        ({"kind": "count", "per_unit": -101}, ("/per_unit", "decimal_expected")),
        ({"kind": "count", "bands": [{"points": 1}]}, ("/bands/0/from", "member_missing")),
    ],
)
def test_a_fault_of_a_question_is_told_at_its_place(members: Json, fault: tuple[str, str]) -> None:
    assert question_faults(**members) == [fault]


def test_every_fault_is_told_at_once() -> None:
    written = document(question("a", weight="x"), question("a", "scale", max=0), key=7)
    assert faults(written) == [
        ("/key", "key_malformed"),
        ("/touchpoints/0/questions/0/weight", "decimal_expected"),
        ("/touchpoints/0/questions/1/key", "key_repeated"),
        ("/touchpoints/0/questions/1/max", "max_below_min"),
    ]


def test_questions_and_sections_share_one_set_of_keys() -> None:
    assert question_faults(key="arrival") == [("/key", "key_repeated")]


def test_options_and_bands_are_not_repeated() -> None:
    twice = [option("a", 1), option("a")]
    assert question_faults(kind="single", options=twice) == [("/options/1/key", "key_repeated")]
    bands = [{"from": 0}, {"from": 0}]
    assert question_faults(kind="count", bands=bands) == [("/bands/1/from", "band_repeated")]


def test_a_section_holds_questions_or_sections() -> None:
    written = document()
    inner = {"key": "inner", "title": words("Inner"), "questions": [question("other")]}
    written["touchpoints"][0]["sections"] = [inner]
    assert faults(written) == [("/touchpoints/0/questions", "questions_or_sections")]
    del written["touchpoints"][0]["questions"]
    assert [each.key for each in authoring.parse(written).questions()] == ["other"]


def test_sections_nest_three_deep_and_no_deeper() -> None:
    section: Json = {"key": "s0", "title": words("S"), "questions": [question()]}
    for depth in range(1, 4):
        section = {"key": f"s{depth}", "title": words("S"), "sections": [section]}
        written = document(touchpoints=[copy.deepcopy(section)])
        if depth < 3:
            authoring.parse(written)
    assert ("/touchpoints/0/sections/0/sections/0/sections", "member_unknown") in faults(written)


def test_an_effect_of_failing_a_section_needs_its_pass_mark() -> None:
    written = document()
    written["touchpoints"][0]["on_fail"] = "fail"
    assert faults(written) == [("/touchpoints/0/on_fail", "pass_mark_needed")]


ENGLISH = ROOT / TRANSLATIONS / "en"


@pytest.mark.parametrize(
    "name", [str(path.relative_to(ENGLISH)) for path in ENGLISH.rglob("*.json")]
)
def test_every_sentence_stands_in_both_languages_with_the_same_places(name: str) -> None:
    sentences = {
        locale: json.loads((ROOT / TRANSLATIONS / locale / name).read_text("utf-8"))
        for locale in ("en", "zh")
    }
    assert sentences["en"].keys() == sentences["zh"].keys()
    for code, sentence in sentences["en"].items():
        places = [set(re.findall(r"{(\w+)", text)) for text in (sentence, sentences["zh"][code])]
        assert places[0] == places[1], code


def test_every_fault_that_the_rules_note_has_a_sentence() -> None:
    noted = set()
    for path in (ROOT / "audit_api" / "rules").rglob("*.py"):
        source = path.read_text("utf-8")
        noted |= set(re.findall(r"fault\([^,()]+(?:\([^)]*\))?, \"(\w+)\"", source))
        noted |= set(re.findall(r"Fault\([^,]+, \"(\w+)\"", source))
    assert len(noted) > 30
    assert {f"fault.{code}" for code in noted} <= vocabulary("en").keys()


def test_the_net_effort_score_needs_marks_enough_to_be_apart() -> None:
    effort = question("q", "scale", metric="ces", max=4)
    written = document(effort, metrics={"ces": {"method": "net"}})
    assert faults(written) == [("/touchpoints/0/questions/0/metric", "metric_net_scale")]


@pytest.mark.parametrize("members", [{"max": 4}, {"min": 0}])
def test_a_perception_is_asked_on_the_scale_of_its_expectation(members: Json) -> None:
    expected, perceived = question("e", "scale"), question("p", "scale", expectation="e")
    authoring.parse(document(expected, perceived))
    place = "/touchpoints/0/questions/1/expectation"
    assert faults(document(expected, perceived | members)) == [(place, "expectation_unknown")]
    later = document(perceived, expected)
    assert faults(later) == [("/touchpoints/0/questions/0/expectation", "expectation_unknown")]


def test_a_list_may_have_a_thousand_options_and_more() -> None:
    places = [option(f"place_{number}", points=number % 7) for number in range(1_002)]
    (asked,) = authoring.parse(document(question("q", "single", options=places))).questions()
    assert [each.points for each in asked.options] == [
        1_000 * (number % 7) for number in range(1_002)
    ]

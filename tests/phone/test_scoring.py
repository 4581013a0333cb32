"""The phone's scorer in JavaScript scores and refuses exactly as the server's in Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from audit_api.rules import authoring
from audit_api.rules.scoring import MAX_FAULTS, SCORING_ENGINE, Visit
from tests.chance import seed, times
from tests.phone.checklist_draws import DATES, PICTURES, PLACES, TIMES, TYPES, WORDS
from tests.phone.phone_scorer import Phone, differences, phone
from tests.phone.visit_draws import ODD_ANSWERS, ODD_VALUES, VisitDraws

pytestmark = pytest.mark.slow

Json = dict[str, Any]

SEED = seed(20_260_301)
CHECKLISTS = times(400)
VISITS = 6
SHIPPED = sorted((Path(__file__).parents[2] / "checklists").glob("*.yaml"))


@pytest.fixture(scope="module")
def node() -> Iterator[Phone]:
    with phone() as running:
        yield running


def document(*questions: Json, **members: Any) -> Json:
    asked = [{"title": {"en": "Q"}} | question for question in questions]
    touchpoint = {"key": "t", "title": {"en": "T"}, "questions": asked}
    written = {"format": 1, "key": "c", "locales": ["en"], "title": {"en": "C"}} | members
    return authoring.document(authoring.parse(written | {"touchpoints": [touchpoint]}))


def every_type(**members: Any) -> Json:
    options = [{"key": "o0", "title": {"en": "O"}, "points": 1}]
    return document(
        *(
            {"key": kind, "type": kind, "required": False}
            | ({"options": options} if kind in ("single", "several") else {})
            | members
            for kind in TYPES
        )
    )


@pytest.mark.chance
def test_drawn_visits_to_drawn_checklists_are_judged_alike(node: Phone) -> None:
    scores = refusals = hidden = 0
    for number in range(CHECKLISTS):
        draws = VisitDraws(SEED + number)
        drawn = draws.document()
        visits = [draws.visit(drawn) for _ in range(VISITS)]
        assert differences(drawn, visits, node) == [], f"seed {SEED + number}"
        for told in node.ask(drawn, visits):
            scores += told["score"] is not None
            refusals += bool(told["faults"])
            hidden += bool(told["trial"]["hidden"])
    least = CHECKLISTS * VISITS // 4
    assert (scores > least, refusals > least, hidden > least) == (True, True, True)


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
@pytest.mark.chance
def test_drawn_visits_to_a_shipped_checklist_are_judged_alike(path: Path, node: Phone) -> None:
    written = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    shipped = authoring.document(authoring.parse(written))
    draws = VisitDraws(SEED)
    assert differences(shipped, [draws.visit(shipped) for _ in range(60)], node) == []


def test_every_odd_value_and_answer_is_accepted_or_refused_alike(node: Phone) -> None:
    values = (*ODD_VALUES, *WORDS, *DATES, *TIMES, *PLACES)
    answers = [*ODD_ANSWERS, *({"value": value} for value in values)]
    draws = VisitDraws(SEED)
    visits = [
        draws.sent({"answers": dict.fromkeys(TYPES, answer), "photos": {}, "site": {}})
        for answer in answers
    ]
    states = {"not_applicable": True, "not_observed": True}
    assert differences(every_type(), visits, node) == []
    assert differences(every_type(**states, evidence={"comment": "always"}), visits, node) == []


@pytest.mark.parametrize("letter", ["x", "字", "😀"])
@pytest.mark.parametrize("kind", ["text", "barcode", "comment"])
def test_lengths_are_counted_in_characters(kind: str, letter: str, node: Phone) -> None:
    longest = {"text": 10_000, "barcode": 500, "comment": 4_000}[kind]
    texts = [letter * longest, letter * (longest + 1)]
    visits = [
        Visit(
            {"text": {"value": "x", "comment": text}}
            if kind == "comment"
            else {kind: {"value": text}}
        )
        for text in texts
    ]
    assert [bool(told["faults"]) for told in node.ask(every_type(), visits)] == [False, True]
    assert differences(every_type(), visits, node) == []


def test_white_space_is_what_the_server_takes_for_it(node: Phone) -> None:
    characters = [chr(point) for point in (*range(0x3100), 0xFEFF) if not 0xD800 <= point < 0xE000]
    questions = [{"key": f"q{place}", "type": "text"} for place in range(500)]
    drawn = document(*questions)
    for start in range(0, len(characters), 500):
        part = characters[start : start + 500]
        answers = {f"q{place}": {"value": letter} for place, letter in enumerate(part)}
        assert differences(drawn, [Visit(answers)], node) == []


def test_decimals_are_read_exactly(node: Phone) -> None:
    bands = [{"from": 0}, {"from": 0.3, "points": 0.1}, {"from": 999_999_999.999, "points": 0.7}]
    drawn = document({"key": "q", "type": "number", "bands": bands, "weight": 0.003})
    values = [0.1 + 0.2, 0.3, 0.299, 1.005, 1.0005, 999_999_999.999, 999_999_999.9995, 1e9, -0.0]
    found = node.ask(drawn, [Visit({"q": {"value": value}}) for value in values])
    assert [told["score"] and told["score"]["earned"] for told in found] == [
        *(None, 300, 0, 300, None, 2100, None, 2100, 0)
    ]
    assert differences(drawn, [Visit({"q": {"value": value}}) for value in values[:-1]], node) == []


def test_the_most_that_one_answer_costs_is_judged_alike(node: Phone) -> None:
    unit = {"key": "q", "type": "count", "per_unit": -99.999, "weight": 99.999}
    drawn = document(unit, {"key": "r", "type": "yes_no", "points": 0.001})
    visits = [Visit({"q": {"value": count}, "r": {"value": "no"}}) for count in (10, 11)]
    most, more = node.ask(drawn, visits)
    assert most["score"]["earned"] == -99_999 * 99_999 * 10
    assert most["score"]["touchpoints"][0]["score"] == -99_999
    assert [fault["pointer"] for fault in more["faults"]] == ["/answers/q/value"]
    assert differences(drawn, visits, node) == []


def test_a_half_is_rounded_up_on_both_sides_of_zero(node: Phone) -> None:
    options = [
        {"key": key, "title": {"en": "O"}, "points": points, "failed": False}
        for key, points in (("best", 8), ("above", 0.001), ("below", -0.001), ("less", -0.003))
    ]
    drawn = document(
        {"key": "q", "type": "single", "options": options, "weight": 0.5},
        {"key": "r", "type": "yes_no", "points": 4, "weight": 3, "required": False},
    )
    visits = [
        Visit({"q": {"value": key}, "r": {"value": "no"}}) for key in ("above", "below", "less")
    ]
    assert differences(drawn, visits, node) == []
    scores = [told["score"]["touchpoints"][0]["score"] for told in node.ask(drawn, visits)]
    assert scores == [0, 0, -1]


@pytest.mark.parametrize(("pass_mark", "passed"), [(66.67, True), (66.68, False)])
def test_the_rounded_score_is_what_passes(pass_mark: float, passed: bool, node: Phone) -> None:
    drawn = document(
        {"key": "q", "type": "scale", "min": 0, "max": 3, "fails_at": None},
        scoring={"pass_mark": pass_mark},
    )
    (told,) = node.ask(drawn, [Visit({"q": {"value": 2}})])
    assert (told["score"]["final"], told["score"]["passed"]) == (6667, passed)


def test_faults_come_in_the_order_of_the_questions_and_then_of_the_names(node: Phone) -> None:
    drawn = document({"key": "b", "type": "yes_no"}, {"key": "a", "type": "date"})
    names = ["z", "10", "9", "😀", "\uffee", "zz"]
    (told,) = node.ask(drawn, [Visit({name: {} for name in names}, {"y": 1, "x": 1})])
    assert [fault["pointer"] for fault in told["faults"]] == [
        *("/answers/b", "/answers/a"),
        *(f"/answers/{name}" for name in ("10", "9", "z", "zz", "\uffee", "😀")),
        *("/photos", "/photos"),
    ]
    assert [fault["values"]["question"] for fault in told["faults"][-2:]] == ["x", "y"]


def test_no_more_faults_are_told_than_the_server_tells(node: Phone) -> None:
    drawn = document(*({"key": f"q{number}", "type": "yes_no"} for number in range(60)))
    (told,) = node.ask(drawn, [Visit({})])
    assert len(told["faults"]) == len(told["refused"]) == MAX_FAULTS
    assert differences(drawn, [Visit({})], node) == []


def test_an_unfinished_audit_has_a_trial_and_no_score(node: Phone) -> None:
    drawn = document(
        {"key": "a", "type": "yes_no", "evidence": {"photo": "always"}},
        {"key": "b", "type": "yes_no"},
        {"key": "c", "type": "scale"},
    )
    (told,) = node.ask(drawn, [Visit({"a": {"value": "yes"}, "c": {"value": 6}})])
    assert told["score"] is None
    assert (told["trial"]["final"], told["trial"]["answered"]) == (10_000, 1)
    assert [(fault["pointer"], fault["code"]) for fault in told["faults"]] == [
        ("/answers/a", "photo_missing"),
        ("/answers/b", "answer_missing"),
        ("/answers/c/value", "scale_mark_expected"),
    ]


def test_an_answer_to_a_hidden_question_is_kept_out_of_everything(node: Phone) -> None:
    drawn = document(
        {"key": "a", "type": "yes_no"},
        {
            "key": "b",
            "type": "yes_no",
            "evidence": {"photo": "always"},
            "condition": {"question": "a", "equals": "yes"},
        },
        {"key": "c", "type": "yes_no", "condition": {"question": "b", "answered": True}},
    )
    visits = [
        Visit({"a": {"value": "no"}, "b": {"value": "yes"}}),
        Visit({"a": {"value": "no"}, "b": {"value": "maybe"}}),
    ]
    good, bad = node.ask(drawn, visits)
    assert (good["score"]["hidden"], good["score"]["visible"]) == (["b", "c"], 1)
    assert [fault["pointer"] for fault in bad["faults"]] == ["/answers/b/value"]
    assert differences(drawn, visits, node) == []


def test_only_the_attributes_that_conditions_name_are_kept_with_the_score(node: Phone) -> None:
    declared = [{"key": key, "title": {"en": "A"}, "type": "number"} for key in ("area", "floor")]
    drawn = document(
        {"key": "q", "type": "yes_no", "condition": {"site": "area", "at_least": 1}},
        site_attributes=declared,
    )
    visit = Visit({"q": {"value": "yes"}}, {}, {"area": "2.50", "floor": 1, "kind": "own"})
    (told,) = node.ask(drawn, [visit])
    assert told["score"]["site"] == {"area": 2.5}
    assert differences(drawn, [visit], node) == []


def test_a_picture_needs_its_photo_and_never_an_answer(node: Phone) -> None:
    drawn = document(*({"key": kind, "type": kind} for kind in PICTURES))
    visits = [Visit({}, {"photo": 1}), Visit({}, {"photo": 1, "signature": 2})]
    first, second = node.ask(drawn, visits)
    assert [fault["code"] for fault in first["faults"]] == ["photo_missing"]
    assert second["faults"] == []


def test_a_document_of_a_newer_format_is_an_error_not_a_guess(node: Phone) -> None:
    with pytest.raises(ValueError, match="TypeError: a checklist of another format"):
        node.ask(every_type() | {"format": 2}, [])


def test_phone_and_server_name_the_same_engine(node: Phone) -> None:
    (told,) = node.ask(every_type(), [Visit({})])
    assert told["score"]["engine"] == SCORING_ENGINE

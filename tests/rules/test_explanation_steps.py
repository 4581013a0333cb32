"""What an explained score says of sections, of the whole, and of what critical effects did."""

from __future__ import annotations

from typing import Any

import pytest

from audit_api.rules.scoring.explanation import KINDS, agrees, explain, explain_stored, values
from audit_api.rules.scoring.score import PartScore
from tests.rules.by_hand import READERS
from tests.rules.documents import Json, option, words
from tests.rules.explained import (
    MALL,
    NA,
    alarm,
    compiled,
    optional,
    section,
    share,
    steps,
    told,
    visit,
)

EVERY = {"every_section_must_pass": True}


def test_every_kind_of_step_can_be_computed_again() -> None:
    assert {*KINDS} == {*READERS, "differs"}


def test_parts_without_a_score_are_left_out_with_their_weight() -> None:
    parts = section("one", optional("a"), weight=40), section("two", optional("b"), weight=60)
    found = steps({"a": NA, "b": "no"}, *parts)
    (whole,) = told(found, "whole")
    assert [(part["key"], part["weight"], part["share"]) for part in whole["parts"]] == [
        ("one", 40, None),
        ("two", 60, share("0", 0)),
    ]
    assert whole["share"] == share("0", 0)


def test_a_section_stands_after_the_sections_inside_it_and_before_the_whole() -> None:
    nested = section("outer", section("inner", optional("a")), section("other", optional("b")))
    found = steps({"a": "yes", "b": "no"}, nested, section("last", optional("c")))
    order = [step.key for step in found if step.kind in ("section", "whole")]
    assert order == ["inner", "other", "outer", "last", ""]


def test_a_share_is_written_as_its_exact_fraction() -> None:
    thirds = section("one", *(optional(key) for key in "abc"))
    found = steps(dict.fromkeys("ab", "yes") | {"c": "no"}, thirds)
    assert told(found, "section", "one")[0]["share"] == share("2/3", 66.67)
    assert told(found, "final") == [{"share": share("2/3", 66.67), "score": 66.67}]


def test_answers_that_zero_one_section_are_told_together_and_what_is_around_counts_again() -> None:
    alarms = [alarm(key, "zero_section") for key in "xy"]
    nested = section("outer", section("inner", optional("a", points=3), *alarms))
    found = steps({"a": "yes", "x": "no", "y": "no"}, nested, section("last", optional("b")))
    (zeroed,) = told(found, "section_zeroed", "inner")
    assert zeroed == {
        "causes": [{"key": "x", "value": "no"}, {"key": "y", "value": "no"}],
        "earned": 3,
        "left": 0,
        "before": share("1", 100),
        "after": share("0", 0),
    }
    assert [step["again"] for step in told(found, "section", "outer")] == [False, True]
    assert [step["again"] for step in told(found, "section", "inner")] == [False]
    assert [step["share"] for step in told(found, "whole")] == [share("1", 100), share("0", 0)]


def test_a_section_below_its_mark_zeroes_itself_after_it_was_compared() -> None:
    rules = {"pass_mark": 60, "on_fail": "zero_section"}
    found = steps({"a": "yes", "b": "no"}, section("one", optional("a"), optional("b"), **rules))
    order = [step.kind for step in found if step.key == "one"]
    assert order == ["section", "section_mark", "section_zeroed"]
    assert told(found, "section_mark", "one") == [{"score": 50, "pass_mark": 60, "passed": False}]
    assert told(found, "section_zeroed", "one")[0]["causes"] == [{"key": "one", "value": None}]


def test_a_section_right_at_its_mark_reaches_it() -> None:
    rules = {"pass_mark": 50, "on_fail": "zero_section"}
    found = steps({"a": "yes", "b": "no"}, section("one", optional("a"), optional("b"), **rules))
    assert told(found, "section_mark", "one") == [{"score": 50, "pass_mark": 50, "passed": True}]
    assert told(found, "section_zeroed", "one") == []


def test_a_score_by_demerits_is_told_once_whatever_was_zeroed() -> None:
    parts = section("one", optional("a", demerit=5), alarm("x", "zero_section"))
    found = steps({"a": "yes", "x": "no"}, parts, scoring={"method": "demerit"})
    assert len(told(found, "section_zeroed", "one")) == 1
    assert [each["share"] for each in told(found, "whole")] == [share("1", 100)]


def test_effects_follow_one_another_from_the_score_that_is_left() -> None:
    first, second = (
        alarm("x", {"cap": 60}),
        alarm("y", "fail"),
    )
    rules = {"pass_mark": 100, "on_fail": {"cap": 50.5}}
    parts = section("one", optional("a"), first, second), section("two", optional("b"), **rules)
    found = steps(
        {"a": "yes", "x": "no", "y": "no", "b": "no", "c": "yes"},
        *parts,
        section("three", optional("c")),
    )
    effects = [step for step in found if step.kind == "effect"]
    assert [(step.key, values(step)["value"], values(step)["after"]) for step in effects] == [
        ("x", "no", share("3/5", 60)),
        ("y", "no", share("3/5", 60)),
        ("two", None, share("101/200", 50.5)),
    ]
    assert told(found, "status")[0]["effects"] == ["y"]


def test_effects_among_several_choices_tell_which_of_them_had_them() -> None:
    options = [
        option("clean", 2),
        option("pests", effect=["fail", {"cap": 60}]),
        option("mould", effect="fail", failed=True),
    ]
    seen = optional("seen", "several", options=options, effect={"cap": 50})
    found = steps({"seen": ["mould", "clean", "pests"]}, section("one", seen))
    effects = [values(step) for step in found if step.kind == "effect"]
    assert [(each["effect"], each["cap"], each["value"]) for each in effects] == [
        ("fail", None, ["pests", "mould"]),
        ("cap", 60, ["pests"]),
        ("cap", 50, ["mould", "clean", "pests"]),
    ]


def test_a_bonus_beyond_the_whole_is_capped_once_it_is_counted() -> None:
    parts = section("one", optional("a"), optional("extra", bonus=True))
    answers = {"a": "yes", "extra": "yes"}
    expected = {"before": share("2", 200), "after": share("1", 100)}
    assert told(steps(answers, parts), "bonus_cap") == [expected]
    assert told(steps(answers, parts, scoring={"bonus_over_100": True}), "bonus_cap") == []


BANDS_OF_SCORES = [
    {"key": key, "title": words(key), "from": start} for key, start in (("low", 40), ("high", 80))
]


@pytest.mark.parametrize(
    ("answers", "reached", "caps", "band"),
    [
        ({"a": "yes"}, "high", [], "high"),
        ({"a": "no"}, "low", [], "low"),
        ({"a": "yes", "x": "no"}, "high", ["low"], "low"),
    ],
)
def test_a_band_tells_what_the_score_reached_and_what_effects_allow(
    answers: Json, reached: str, caps: list[str], band: str
) -> None:
    parts = section("one", optional("a"), alarm("x", {"cap": "low"}))
    (found,) = told(steps(answers, parts, scoring={"bands": BANDS_OF_SCORES}), "band")
    assert (found["reached"], found["caps"], found["band"]) == (reached, caps, band)
    assert found["bands"] == [{"key": "low", "score": 40}, {"key": "high", "score": 80}]


@pytest.mark.parametrize(
    ("answers", "rules", "passed", "effects", "marked", "missed"),
    [
        ({"a": "yes"}, {"pass_mark": 60}, True, [], [], []),
        ({"a": "no"}, {"pass_mark": 60}, False, [], [], []),
        ({"a": "yes", "x": "no"}, {"pass_mark": 60}, False, ["x"], [], []),
        ({"a": "no", "x": "no"}, EVERY, False, ["x"], ["one"], ["one"]),
        ({"a": "no"}, EVERY, False, [], ["one"], ["one"]),
        ({"a": "yes"}, EVERY, True, [], ["one"], []),
        ({"a": NA}, EVERY | {"pass_mark": 60}, None, [], [], []),
        ({"a": "no"}, {}, None, [], [], []),
    ],
)
def test_a_status_names_all_that_decided_it(
    answers: Json,
    rules: Json,
    passed: bool | None,
    effects: list[str],
    marked: list[str],
    missed: list[str],
) -> None:
    parts = section("one", optional("a"), alarm("x", "fail"), pass_mark=50)
    (found,) = told(steps(answers, parts, scoring=rules), "status")
    assert found["passed"] is passed
    assert (found["effects"], found["marked"], found["missed"]) == (effects, marked, missed)


def test_the_share_of_answers_is_told_beside_the_share_demanded() -> None:
    asked = [*(optional(key) for key in "abc"), optional("extra", bonus=True)]
    parts = section("one", *asked, optional("story", "text"))
    found = steps({"a": "yes", "b": NA, "story": "fine"}, parts, scoring={"validity": 0.5})
    assert told(found, "coverage") == [
        {"answered": 1, "visible": 3, "demanded": share("1/2", 50), "valid": False}
        | {"missing": ["b", "c"], "bonuses": ["extra"]}
    ]


def test_a_dimension_names_the_questions_that_brought_points() -> None:
    tagged = [optional(key, dimensions=["care"]) for key in "abc"]
    parts = section("one", *tagged, optional("d"))
    dimensions = [{"key": key, "title": words(key)} for key in ("care", "speed")]
    found = steps({"a": "yes", "b": "no", "c": NA, "d": "yes"}, parts, dimensions=dimensions)
    (care,) = told(found, "dimension", "care")
    assert (care["questions"], care["share"]) == (["a", "b"], share("1/2", 50))
    (speed,) = told(found, "dimension", "speed")
    assert (speed["questions"], speed["share"]) == ([], None)


FULL = (
    section(
        "one",
        optional("a", dimensions=["care"]),
        alarm("x", {"cap": 70}),
        pass_mark=50,
    ),
    section("two", section("three", optional("b"), optional("late", condition=MALL))),
)
RULES = {
    "scoring": {"pass_mark": 60, "bands": BANDS_OF_SCORES},
    "dimensions": [{"key": "care", "title": words("care")}],
}


@pytest.mark.parametrize(
    "other",
    [
        {"raw": 9999},
        {"final": 7001},
        {"passed": None},
        {"band": "high"},
        {"touchpoints": ()},
        {"sections": (PartScore("three", 9999, 1, 1, None),)},
        {"dimensions": (PartScore("care", 10_000, 2_000_000, 2_000_000, None),)},
        {"failed": ()},
        {"hidden": ()},
        {"answered": 1},
        {"visible": 3},
        {"valid": False},
    ],
)
def test_another_score_than_the_explained_one_is_never_explained(other: dict[str, Any]) -> None:
    parsed, scorer = compiled(*FULL, **RULES)
    seen = visit({"a": "yes", "x": "no", "b": "yes"}, attributes={"kind": "own"})
    score = scorer.score(seen)
    right = explain(parsed, scorer, seen)
    assert agrees(right, score)
    assert explain_stored(parsed, scorer, seen, score) == right
    stored = score._replace(**other)
    (step,) = explain_stored(parsed, scorer, seen, stored)
    final = None if stored.final is None else stored.final / 100
    assert (step.kind, values(step)) == ("differs", {"score": final, "engine": 1, "current": 1})


def test_a_score_of_another_engine_is_explained_where_both_arrive_at_it() -> None:
    parsed, scorer = compiled(*FULL, **RULES)
    seen = visit({"a": "yes", "x": "no", "b": "yes"})
    score = scorer.score(seen)._replace(engine=7)
    assert len(explain_stored(parsed, scorer, seen, score)) > 1
    (step,) = explain_stored(parsed, scorer, seen, score._replace(final=1))
    assert values(step) == {"score": 0.01, "engine": 7, "current": 1}

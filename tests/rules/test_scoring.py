"""How findings, sections and gaps change a score: one small audit for each rule."""

from __future__ import annotations

import pytest

from audit_api.errors import Problem
from tests.rules.small_audits import X, score, section, yes_no

TWO = [
    section("one", yes_no("a", 3), yes_no("b", 1, effect="zero_section")),
    section("two", yes_no("c", 4)),
]
ALL_BUT_B = {"a": "yes", "b": "no", "c": "yes"}


@pytest.mark.parametrize(("method", "raw"), [("pooled", 8750), ("weighted", 8750)])
def test_a_zeroed_section_counts_as_nothing_earned(method: str, raw: int) -> None:
    found = score(TWO, ALL_BUT_B, scoring={"method": method})
    assert (found.raw, found.final) == (raw, 5000)
    assert [part.score for part in found.touchpoints] == [0, 10_000]
    assert [tuple(effect) for effect in found.effects] == [("zero_section", "b", 7500, 0, None)]


def test_points_are_kept_as_observed_whatever_the_effects() -> None:
    found = score(TWO, ALL_BUT_B)
    assert (found.earned, found.possible) == (7_000_000, 8_000_000)
    assert [part.earned for part in found.touchpoints] == [3_000_000, 4_000_000]


@pytest.mark.parametrize("method", ["pooled", "weighted"])
def test_a_zeroed_inner_section_leaves_its_neighbours(method: str) -> None:
    nested = [{"key": "whole", "title": X, "sections": TWO}]
    found = score(nested, ALL_BUT_B, scoring={"method": method})
    assert (found.raw, found.final) == (8750, 5000)
    assert [part.score for part in found.touchpoints] == [5000]


def test_zeroing_takes_the_bonus_of_a_section_that_has_nothing_else() -> None:
    bonus = yes_no("extra", 2, bonus=True, reverse=True)
    alarm = yes_no("b", weight=0, effect="zero_section", fails_at="no")
    parts = [section("one", yes_no("a", 4)), section("two", bonus, alarm)]
    found = score(parts, {"a": "no", "extra": "no", "b": "no"}, scoring={"method": "pooled"})
    assert (found.raw, found.final) == (5000, 0)


def test_zeroing_never_lifts_a_section_below_zero() -> None:
    faults = {"key": "faults", "type": "count", "title": X, "per_unit": -2}
    alarm = yes_no("b", effect="zero_section")
    parts = [section("one", alarm, faults), section("two", yes_no("c"))]
    found = score(parts, {"b": "no", "faults": 1, "c": "yes"})
    assert found.touchpoints[0].score == -20_000
    assert found.raw == found.final == 0


@pytest.mark.parametrize(
    ("effect", "final", "passed"),
    [("fail", 7500, False), ("zero_audit", 0, False), ({"cap": 60.5}, 6050, True)],
)
def test_a_section_below_its_pass_mark_has_its_effect(
    effect: object, final: int, passed: bool
) -> None:
    parts = [
        section("one", yes_no("a"), yes_no("b"), pass_mark=60, on_fail=effect),
        section("two", yes_no("c")),
    ]
    found = score(parts, {"a": "yes", "b": "no", "c": "yes"}, scoring={"pass_mark": 60})
    assert (found.raw, found.final, found.passed) == (7500, final, passed)
    assert found.touchpoints[0].passed is False
    assert found.effects[0].where == "one"


@pytest.mark.parametrize("method", ["pooled", "weighted"])
def test_a_section_below_its_pass_mark_may_be_zeroed(method: str) -> None:
    parts = [
        section("one", yes_no("a"), yes_no("b"), pass_mark=60, on_fail="zero_section"),
        section("two", yes_no("c", 2)),
    ]
    found = score(parts, {"a": "yes", "b": "no", "c": "yes"}, scoring={"method": method})
    assert (found.raw, found.final) == (7500, 5000)
    assert [tuple(effect) for effect in found.effects] == [("zero_section", "one", 5000, 0, None)]


def test_a_pass_mark_compares_the_rounded_score() -> None:
    third = section("one", yes_no("a", 2), yes_no("b", 1), pass_mark=66.67)
    found = score([third], {"a": "yes", "b": "no"}, scoring={"pass_mark": 66.67})
    assert (found.final, found.passed, found.touchpoints[0].passed) == (6667, True, True)


def test_every_section_may_have_to_pass() -> None:
    parts = [section("one", yes_no("a"), pass_mark=50), section("two", yes_no("c"))]
    rules = {"pass_mark": 40, "every_section_must_pass": True}
    assert score(parts, {"a": "no", "c": "yes"}, scoring=rules).passed is False
    assert score(parts, {"a": "yes", "c": "no"}, scoring=rules).passed is True
    assert score(parts, {"c": "yes"}, scoring=rules).passed is True
    assert score(parts, {"a": "no", "c": "yes"}, scoring={"pass_mark": 40}).passed is True


def test_nothing_decides_a_status_without_a_pass_mark() -> None:
    assert score(TWO, {"a": "yes"}).passed is None


def test_an_audit_of_which_nothing_remains_has_no_score_but_may_fail() -> None:
    alarm = yes_no("alarm", weight=0, fails_at="no", effect="zero_audit")
    found = score(
        [section("one", yes_no("a"), alarm)],
        {"a": {"not_applicable": True}, "alarm": "no"},
        scoring={"pass_mark": 50, "bands": [{"key": "low", "title": X, "from": 0}]},
    )
    assert (found.raw, found.final, found.band, found.passed) == (None, None, None, False)


def test_the_bonus_is_capped_before_a_critical_effect() -> None:
    parts = [section("one", yes_no("a"), yes_no("extra", 5, bonus=True), yes_no("b"))]
    answers = {"a": "yes", "extra": "yes", "b": "no"}
    assert score(parts, answers).final == 10_000
    assert score(parts, answers, scoring={"bonus_over_100": True}).final == 30_000


def test_an_unanswered_optional_question_counts_only_where_the_checklist_says_so() -> None:
    parts = [section("one", yes_no("a"), yes_no("b"))]
    assert score(parts, {"a": "yes"}).final == 10_000
    found = score(parts, {"a": "yes"}, scoring={"unanswered": "zero"})
    assert (found.final, found.failed, found.answered) == (5000, (), 1)
    excused = {"a": "yes", "b": {"not_observed": True}}
    assert score(parts, excused, scoring={"unanswered": "zero"}).final == 10_000


def test_several_choices_add_up_and_never_fall_below_zero() -> None:
    options = [
        {"key": "badge", "title": X, "points": 2},
        {"key": "smile", "title": X, "points": 1},
        {"key": "phone", "title": X, "points": -5, "failed": True},
    ]
    asked = {"key": "seen", "type": "several", "title": X, "options": options}
    parts = [section("one", asked)]
    assert score(parts, {"seen": ["badge"]}).final == 6667
    assert score(parts, {"seen": ["badge"]}).failed == ()
    for value in (["badge", "phone"], []):
        found = score(parts, {"seen": value})
        assert (found.earned, found.final, found.failed) == (0, 0, ("seen",))


@pytest.mark.parametrize(
    ("seconds", "earned"), [(0, 3), (59, 3), (60, 2), (119, 2), (120, 0), (999_999, 0)]
)
def test_a_value_belongs_to_the_band_that_it_has_reached(seconds: int, earned: int) -> None:
    bands = [{"from": 120}, {"from": 5, "points": 3}, {"from": 60, "points": 2}]
    wait = {"key": "wait", "type": "duration", "title": X, "bands": bands}
    found = score([section("one", wait)], {"wait": seconds})
    assert (found.earned, found.possible) == (earned * 1_000_000, 3_000_000)
    assert found.failed == (("wait",) if not earned else ())


def test_units_take_points_away_without_making_any_possible() -> None:
    faults = {"key": "faults", "type": "count", "title": X, "per_unit": -0.125, "weight": 2}
    parts = [section("one", yes_no("a", 1), faults)]
    found = score(parts, {"a": "yes", "faults": 2})
    assert (found.earned, found.possible, found.failed) == (500_000, 1_000_000, ("faults",))
    assert score(parts, {"a": "yes", "faults": 0}).failed == ()


def test_no_score_is_farther_from_zero_than_a_database_can_add_up() -> None:
    least = {"weight": 0.001, "points": 0.001}
    bonus = yes_no("extra", 1000, weight=100, bonus=True)
    most = {"method": "pooled", "bonus_over_100": True}
    found = score(
        [section("one", yes_no("a") | least, bonus)], {"a": "yes", "extra": "yes"}, scoring=most
    )
    assert (found.final, found.touchpoints[0].score) == (99_999, 99_999)
    faults = {"key": "faults", "type": "count", "title": X, "per_unit": -100, "weight": 100}
    found = score([section("one", yes_no("a") | least, faults)], {"a": "yes", "faults": 10})
    assert (found.final, found.touchpoints[0].score) == (0, -99_999)


def test_a_count_costs_at_most_what_one_answer_may() -> None:
    faults = {"key": "faults", "type": "count", "title": X, "per_unit": -100, "weight": 100}
    parts = [section("one", yes_no("a"), faults)]
    assert score(parts, {"a": "yes", "faults": 10}).earned == 1_000_000 - 100_000 * 1_000_000
    with pytest.raises(Problem) as refused:
        score(parts, {"a": "yes", "faults": 11})
    (fault,) = refused.value.faults
    assert (fault.pointer, fault.values) == ("/answers/faults/value", {"high": 10})


def test_a_dimension_is_pooled_over_touchpoints() -> None:
    tags = {"dimensions": ["care"]}
    parts = [
        section("one", yes_no("a", 3, **tags), yes_no("b"), weight=90),
        section("two", yes_no("c", 1, **tags), weight=10),
    ]
    care = [{"key": "care", "title": X}, {"key": "other", "title": X}]
    found = score(parts, {"a": "yes", "b": "no", "c": "no"}, dimensions=care)
    assert [tuple(part) for part in found.dimensions] == [
        ("care", 7500, 3_000_000, 4_000_000, None),
        ("other", None, 0, 0, None),
    ]


def test_a_comment_changes_no_score() -> None:
    plain = score(TWO, ALL_BUT_B)
    noted = {key: {"value": value, "comment": "seen"} for key, value in ALL_BUT_B.items()}
    assert score(TWO, noted) == plain


def test_demerits_are_taken_from_the_start_and_points_are_shown_beside() -> None:
    parts = [section("one", yes_no("a", demerit=7.5), yes_no("b"))]
    rules = {"method": "demerit", "start": 90}
    found = score(parts, {"a": "no", "b": "yes"}, scoring=rules)
    assert (found.final, found.earned, found.possible) == (8250, 1_000_000, 2_000_000)
    assert score(parts, {}, scoring=rules).final is None


BANDS = [{"key": key, "title": X, "from": start} for key, start in (("c", 0), ("b", 50), ("a", 90))]


@pytest.mark.parametrize(
    ("answer", "cap", "band"),
    [("yes", "b", "a"), ("no", "b", "b"), ("no", "a", "b"), ("no", "c", "c")],
)
def test_a_band_may_be_capped_while_the_score_stays(answer: str, cap: str, band: str) -> None:
    asked = [section("one", yes_no("a", 8), yes_no("b", 1, effect={"cap": cap}))]
    found = score(asked, {"a": "yes", "b": answer}, scoring={"bands": BANDS, "pass_mark": 80})
    whole = 10_000 if answer == "yes" else 8889
    assert (found.raw, found.final, found.passed, found.band) == (whole, whole, True, band)
    assert [tuple(effect) for effect in found.effects] == (
        [] if answer == "yes" else [("cap_band", "b", whole, whole, cap)]
    )


def test_sections_inside_touchpoints_keep_their_scores() -> None:
    inner = [section("in_a", yes_no("a")), section("in_b", yes_no("b"), pass_mark=50)]
    found = score([{"key": "t", "title": X, "sections": inner}], {"a": "yes", "b": "no"})
    assert [(part.key, part.score, part.passed) for part in found.sections] == [
        ("in_a", 10_000, None),
        ("in_b", 0, False),
    ]

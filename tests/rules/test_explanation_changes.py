"""What each critical effect did to its section and to the whole, one after the other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings

from audit_api.rules.checklist.questions import EffectKind
from audit_api.rules.scoring import Visit
from audit_api.rules.scoring.explanation import explain
from audit_api.rules.scoring.explanation.changes import Change, changes
from tests.chance import times
from tests.rules.audits import Json
from tests.rules.documents import question
from tests.rules.explained import alarm, section, steps
from tests.rules.test_explanation import compiled, visits_of_all_kinds

WEIGHTED = {"scoring": {"method": "weighted"}}
POOLED = {"scoring": {"method": "pooled"}}


def done(answers: Json, *touchpoints: Json, **members: object) -> list[Change]:
    return list(changes(steps(answers, *touchpoints, **members), bonus_over_100=False))


def two(first: object, second: object) -> tuple[Json, Json]:
    """Two touchpoints of one point each, each with an alarm."""
    return (
        section("one", question("a", "yes_no"), alarm("x", first), weight=1),
        section("two", question("b", "yes_no"), alarm("y", second), weight=3),
    )


@pytest.mark.parametrize(("method", "left"), [(WEIGHTED, 7500), (POOLED, 5000)])
def test_each_zeroed_section_says_what_it_cost_the_whole(method: Json, left: int) -> None:
    answers = {"a": "yes", "b": "yes", "x": "no", "y": "no"}
    first, second = done(answers, *two("zero_section", "zero_section"), **method)
    assert (first.section, first.section_before, first.section_after) == ("one", 10_000, 0)
    assert (first.before, first.after) == (10_000, left)
    assert (second.section, second.before, second.after) == ("two", left, 0)


def test_effects_on_the_whole_follow_and_begin_where_the_sections_ended() -> None:
    answers = {"a": "yes", "b": "yes", "x": "no", "y": "no"}
    told = done(answers, *two("zero_section", {"cap": 60}), **WEIGHTED)
    assert [(each.kind, each.section, each.before, each.after) for each in told] == [
        (EffectKind.ZERO_SECTION, "one", 10_000, 7500),
        (EffectKind.CAP, "", 7500, 6000),
    ]


def test_a_section_that_is_zero_already_is_not_zeroed_again() -> None:
    zeroed = section(
        "one",
        question("a", "yes_no"),
        alarm("x", "zero_section"),
        pass_mark=50,
        on_fail=["zero_section"],
    )
    assert len(done({"a": "yes", "x": "no"}, zeroed, **WEIGHTED)) == 1


@pytest.mark.slow
@settings(max_examples=times(100))
@given(visits_of_all_kinds(conditional=False))
def test_the_effects_lead_from_the_raw_score_to_the_final_one(audit: tuple[Json, Visit]) -> None:
    written, visit = audit
    checklist, scorer = compiled(written)
    score = scorer.score(visit)
    over = checklist.scoring.bonus_over_100
    told = list(changes(explain(checklist, scorer, visit), bonus_over_100=over))
    assert bool(told) == bool(score.effects)
    for one, other in pairwise(told):
        assert one.after == other.before
    if told:
        assert (told[0].before, told[-1].after) == (score.raw, score.final)

"""What audits add up to, counted by outcomes, against one audit's details added after another's."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_api.rules import authoring, outcomes
from audit_api.rules.outcomes import Adder, Outcomes, Parts
from audit_api.rules.scoring import Scorer, Visit, compile_scorer
from audit_api.rules.totals import Sums, details, of_score
from tests.chance import times
from tests.rules.audits import Json, answers_to, documents, sites
from tests.rules.small_audits import X


@st.composite
def lives(draw: st.DrawFn) -> tuple[Json, list[tuple[Visit, int]]]:
    """A checklist, and visits that began to count or ceased to."""
    document = draw(documents())
    some = st.builds(Visit, answers_to(document), st.just({}), sites())
    return document, draw(st.lists(st.tuples(some, st.sampled_from((1, 1, -1))), max_size=6))


@pytest.mark.slow
@given(lives())
@settings(max_examples=times(100))
def test_counting_by_outcomes_comes_to_the_same(life: tuple[Json, list[tuple[Visit, int]]]) -> None:
    document, visits = life
    scorer = compile_scorer(authoring.parse(document))
    assert counted(scorer, visits) == one_by_one(scorer, visits)


def counted(scorer: Scorer, visits: list[tuple[Visit, int]]) -> Parts:
    found, adder = Outcomes(scorer), Adder()
    for visit, sign in visits:
        score = scorer.score(visit)
        adder.add(of_score(score), found.of(visit, score.hidden), sign)
    return adder.parts()


def one_by_one(scorer: Scorer, visits: list[tuple[Visit, int]]) -> Parts:
    total: defaultdict[tuple[str, str], Sums] = defaultdict(Sums)
    for visit, sign in visits:
        for kind, part, sums in details(scorer.score(visit), visit, scorer):
            total[kind, part] = total[kind, part].plus(sums if sign > 0 else sums.negative)
    return dict(total)


def checklist(*questions: Json) -> Scorer:
    return compile_scorer(
        authoring.parse(
            {
                "format": 1,
                "key": "c",
                "locales": ["en"],
                "title": X,
                "touchpoints": [{"key": "t", "title": X, "questions": [*questions]}],
            }
        )
    )


def question(key: str, kind: str, **members: Any) -> Json:
    common = {"key": key, "type": kind, "title": X, "required": False}
    return common | {"not_applicable": True, "not_observed": True} | members


OPTIONS = [{"key": key, "title": X, "points": 1} for key in ("not_observed", "web", "shop")]
EVERY_KIND = [
    question("one", "single", options=OPTIONS),
    question("some", "several", options=OPTIONS),
    question("yes", "yes_no", points=1),
    question("expected", "scale", min=1, max=5),
    question("found", "scale", min=1, max=5, expectation="expected"),
    question("length", "number"),
    question("people", "count"),
    question("wait", "duration"),
    question("words", "text"),
    question("shelf", "photo"),
]
GIVEN = {
    "one": ["not_observed", "web"],
    "some": [["web"], ["web", "shop"], ["shop", "web"], ["not_observed"]],
    "yes": ["yes", "no"],
    "expected": [1, 5],
    "found": [1, 5],
    "length": [0, 1, 1.5, -2.25],
    "people": [0, 3],
    "wait": [60, 61],
    "words": ["good", "better"],
}
LEFT_OUT: list[Json | None] = [None, {"not_applicable": True}, {"not_observed": True}]


@st.composite
def answers(draw: st.DrawFn) -> Visit:
    given: Json = {}
    for asked in EVERY_KIND:
        values = [{"value": value} for value in GIVEN.get(asked["key"], [])]
        answer = draw(st.sampled_from([*values, *LEFT_OUT]))
        if answer is not None:
            given[asked["key"]] = answer
    return Visit(given, draw(st.sampled_from(({}, {"shelf": 2}))))


@given(st.lists(st.tuples(answers(), st.sampled_from((1, 1, -1))), max_size=8))
@settings(max_examples=times(100))
def test_no_two_answers_of_any_kind_are_taken_for_one(visits: list[tuple[Visit, int]]) -> None:
    scorer = checklist(*EVERY_KIND)
    assert counted(scorer, visits) == one_by_one(scorer, visits)


def test_outcomes_that_are_not_remembered_count_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "MAX_KNOWN", 1)
    scorer = checklist(question("length", "number"), question("people", "count"))
    visits = [(Visit({"length": {"value": n}, "people": {"value": 2}}), 1) for n in (1, 2, 2)]
    assert counted(scorer, visits) == one_by_one(scorer, visits)

"""The compiled scorer against its slow reference on random audits, and what always holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.score import Score, score_from_json
from tests.chance import times
from tests.rules.audits import Json, all_questions, value_of, visits
from tests.rules.reference import Reference, rounded

pytestmark = pytest.mark.slow


def score(document: Json, visit: Visit) -> Score:
    return compile_scorer(authoring.parse(document)).score(visit)


@given(visits())
@settings(max_examples=times(150))
def test_the_compiled_scorer_equals_the_reference(audit: tuple[Json, Visit]) -> None:
    document, visit = audit
    found, reference = score(document, visit), Reference(document, visit)
    assert (found.raw, found.final, found.passed, found.band) == reference.verdict()
    every = [question["key"] for question in all_questions(document)]
    assert found.hidden == tuple(key for key in every if key not in reference.asked)
    assert found.failed == tuple(key for key, result in reference.worth.items() if result[2])
    assert found.earned == sum(result[0] for result in reference.worth.values()) * 1_000_000
    assert found.possible == sum(result[1] for result in reference.worth.values()) * 1_000_000
    for dimension in found.dimensions:
        results = [
            reference.worth[question["key"]]
            for question in all_questions(document)
            if dimension.key in question["dimensions"]
        ]
        earned, possible = (sum(result[i] for result in results) for i in (0, 1))
        expected = rounded(Fraction(earned) / possible) if possible > 0 else None
        assert dimension.score == expected


@given(visits())
@settings(max_examples=times(40))
def test_scores_stay_in_bounds_and_parts_add_up(audit: tuple[Json, Visit]) -> None:
    document, visit = audit
    found = score(document, visit)
    highest = None if document["scoring"]["bonus_over_100"] else 10_000
    for value in (found.raw, found.final):
        assert value is None or (value >= 0 and (highest is None or value <= highest))
    assert (found.raw is None) == (found.final is None)
    assert found.final is None or found.raw is None or found.final <= found.raw
    assert sum(part.earned for part in found.touchpoints) == found.earned
    assert sum(part.possible for part in found.touchpoints) == found.possible
    assert found.effects or found.final == found.raw
    assert found == score(document, visit)
    assert found == score_from_json(json.loads(json.dumps(found.as_json())))


@given(visits(conditional=False), st.randoms())
@settings(max_examples=times(30))
def test_the_order_of_answers_questions_and_sections_never_matters(
    audit: tuple[Json, Visit], random: Any
) -> None:
    document, visit = audit

    def shuffled(section: Json) -> Json:
        inner = [shuffled(each) for each in section.get("sections", ())]
        own = list(section.get("questions", ()))
        random.shuffle(inner)
        random.shuffle(own)
        return section | ({"sections": inner} if inner else {"questions": own})

    touchpoints = [shuffled(touchpoint) for touchpoint in document["touchpoints"]]
    random.shuffle(touchpoints)
    other = document | {"touchpoints": touchpoints}
    keys = list(visit.answers)
    random.shuffle(keys)
    mixed = visit._replace(answers={key: visit.answers[key] for key in keys})
    one, two = score(document, visit), score(other, mixed)
    assert (one.raw, one.final, one.passed, one.band) == (two.raw, two.final, two.passed, two.band)
    assert sorted(one.touchpoints) == sorted(two.touchpoints)
    assert sorted(one.failed) == sorted(two.failed)
    parsed = authoring.parse(document), authoring.parse(other)
    assert authoring.scoring_key(parsed[0]) == authoring.scoring_key(parsed[1])


def without(document: Json, keep: Callable[[Json], bool]) -> Json | None:
    """The checklist without some questions, and without the sections left empty by it."""

    def pruned(section: Json) -> Json | None:
        if "questions" in section:
            own = [question for question in section["questions"] if keep(question)]
            return section | {"questions": own} if own else None
        inner = [left for each in section["sections"] if (left := pruned(each))]
        return section | {"sections": inner} if inner else None

    touchpoints = [left for each in document["touchpoints"] if (left := pruned(each))]
    return document | {"touchpoints": touchpoints} if touchpoints else None


@given(visits(conditional=False))
@settings(max_examples=times(40))
def test_a_question_not_applicable_scores_as_if_it_had_not_been_asked(
    audit: tuple[Json, Visit],
) -> None:
    document, visit = audit
    excluded = {key for key, answer in visit.answers.items() if "value" not in answer}
    smaller = without(document, lambda question: question["key"] not in excluded)
    found = score(document, visit)
    if smaller is None:
        assert found.raw is None
        return
    kept = {key: answer for key, answer in visit.answers.items() if key not in excluded}
    left = score(smaller, visit._replace(answers=kept))
    assert (found.raw, found.final, found.passed) == (left.raw, left.final, left.passed)
    assert (found.earned, found.possible) == (left.earned, left.possible)


@given(visits(), st.sampled_from([2, 3, 10]))
@settings(max_examples=times(30))
def test_only_the_proportion_of_weights_matters(audit: tuple[Json, Visit], factor: int) -> None:
    document, visit = audit
    scaled = document | {
        "touchpoints": [
            touchpoint | {"weight": touchpoint["weight"] * factor}
            for touchpoint in document["touchpoints"]
        ]
    }
    one, two = score(document, visit), score(scaled, visit)
    assert (one.raw, one.final, one.passed) == (two.raw, two.final, two.passed)


@given(visits(), st.data())
@settings(max_examples=times(60))
def test_an_answer_to_a_hidden_question_changes_nothing(
    audit: tuple[Json, Visit], data: st.DataObject
) -> None:
    document, visit = audit
    found = score(document, visit)
    other = dict(visit.answers)
    for question in all_questions(document):
        if question["key"] in found.hidden:
            other[question["key"]] = {"value": data.draw(value_of(question))}
    assert score(document, visit._replace(answers=other)) == found

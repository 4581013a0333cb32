"""An explained score says enough to compute the score again by hand, and says what really was."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_api.rules import authoring
from audit_api.rules.checklist.sections import Checklist
from audit_api.rules.scoring import Scorer, Visit, compile_scorer
from audit_api.rules.scoring.explanation import Step, agrees, explain, values
from audit_api.rules.scoring.score import PartScore, Score
from tests.chance import times
from tests.rules.audits import TEXT, Json, visits
from tests.rules.by_hand import Sheet, computed


def compiled(written: Json) -> tuple[Checklist, Scorer]:
    parsed = authoring.parse(written)
    return parsed, compile_scorer(parsed)


def told(steps: tuple[Step, ...]) -> list[tuple[str, str, Json]]:
    """The steps as a reader of JSON gets them."""
    return [(step.kind, step.key, json.loads(json.dumps(values(step)))) for step in steps]


def sheet_of(written: Json, visit: Visit) -> Sheet:
    parsed, scorer = compiled(written)
    steps = explain(parsed, scorer, visit)
    assert agrees(steps, scorer.score(visit))
    return computed(told(steps))


def percent(hundredths: int | None) -> Fraction | None:
    return None if hundredths is None else Fraction(hundredths, 100)


def scores(parts: tuple[PartScore, ...]) -> dict[str, Fraction | None]:
    return {part.key: percent(part.score) for part in parts}


@st.composite
def visits_of_all_kinds(draw: st.DrawFn, *, conditional: bool) -> tuple[Json, Visit]:
    """A random visit with evidence in it, of which the rest of the checklist may make much."""
    written, visit = draw(visits(conditional=conditional))
    scoring = {"start": draw(st.sampled_from([100, 62.5])), "validity": draw(shares)}
    proof = {"type": "photo", "title": TEXT, "required": False, "not_applicable": True}
    touchpoint = {
        "key": "evidence",
        "title": TEXT,
        "questions": [
            {"key": "proof", **proof},
            {"key": "story", "type": "text", "title": TEXT, "required": False},
            {"key": "late", "type": "yes_no", "title": TEXT, "required": False, "demerit": 1.5}
            | {"condition": {"question": "proof", "answered": draw(st.booleans())}},
        ],
    }
    changed = written | {
        "scoring": written["scoring"] | scoring,
        "touchpoints": [*written["touchpoints"], touchpoint],
    }
    answers = {**visit.answers, **draw(st.fixed_dictionaries({}, optional=ANSWERS))}
    return changed, Visit(answers, {"proof": draw(st.integers(0, 2))}, visit.attributes)


shares = st.sampled_from(["2/3", "0/1", "1/1", 0.125])
ANSWERS: dict[str, st.SearchStrategy[Json]] = {
    "proof": st.just({"not_applicable": True}),
    "story": st.just({"value": "I came, I saw."}),
    "late": st.sampled_from([{"value": "yes"}, {"value": "no"}]),
}


def everything(sheet: Sheet) -> dict[str, Any]:
    return {
        "raw": sheet.raw,
        "final": sheet.final,
        "band": sheet.band,
        "passed": sheet.passed,
        "valid": sheet.valid,
        "coverage": sheet.coverage,
        "sections": sheet.scores,
        "marks": sheet.marks,
        "dimensions": sheet.dimensions,
        "earned": sum(sheet.earned[key] for key in sheet.questions),
        "possible": sum(sheet.possible[key] for key in sheet.questions),
        "findings": [key for key, told in sheet.questions.items() if told["finding"]],
        "hidden": sheet.hidden,
    }


def scored(score: Score) -> dict[str, Any]:
    parts = (*score.touchpoints, *score.sections)
    return {
        "raw": percent(score.raw),
        "final": percent(score.final),
        "band": score.band,
        "passed": score.passed,
        "valid": score.valid,
        "coverage": (score.answered, score.visible),
        "sections": scores(parts),
        "marks": {part.key: part.passed for part in parts if part.passed is not None},
        "dimensions": scores(score.dimensions),
        "earned": Fraction(score.earned, 1_000_000),
        "possible": Fraction(score.possible, 1_000_000),
        "findings": list(score.failed),
        "hidden": list(score.hidden),
    }


@pytest.mark.slow
@pytest.mark.parametrize("conditional", [True, False])
def test_a_score_is_computed_again_from_its_explanation_alone(conditional: bool) -> None:
    @given(visits_of_all_kinds(conditional=conditional))
    @settings(max_examples=times(100))
    def check(audit: tuple[Json, Visit]) -> None:
        written, visit = audit
        parsed, scorer = compiled(written)
        steps = explain(parsed, scorer, visit)
        score = scorer.score(visit)
        assert everything(computed(told(steps))) == scored(score)
        assert agrees(steps, score)

    check()

"""Whole visits, frozen in vectors/visits.json; docs/vectors.md puts the phone's rules to them."""

from __future__ import annotations

import json
from typing import Any

from audit_api.rules.checklist.questions import EffectKind, QuestionType
from tests.rules.audits import all_questions
from tests.rules.vectors.make_conditions import written
from tests.rules.vectors.make_visits import FROZEN, vectors

VECTORS: dict[str, Any] = json.loads(FROZEN.read_text("utf-8"))
VISITS = [visit for case in VECTORS["cases"] for visit in case["visits"]]


def test_every_golden_visit_is_judged_as_it_was() -> None:
    assert FROZEN.read_text("utf-8") == written(vectors())


def test_the_vectors_have_every_type_method_and_effect_and_visits_good_and_bad() -> None:
    documents = [case["checklist"] for case in VECTORS["cases"]]
    types = {question["type"] for each in documents for question in all_questions(each)}
    assert types == set(QuestionType)
    methods = {each["scoring"]["method"] for each in documents if "scoring" in each}
    assert methods == {"pooled", "weighted", "demerit"}
    effects = {effect["kind"] for visit in VISITS for effect in visit["score"]["effects"]}
    assert effects == set(EffectKind)
    faulty = sum(bool(visit["faults"]) for visit in VISITS)
    assert min(faulty, len(VISITS) - faulty) > 60
    assert sum(bool(visit["score"]["hidden"]) for visit in VISITS) > 20

"""The golden vectors, put through the parser and the compiled scorer."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.arithmetic import band_of, hundredths
from audit_api.rules.scoring.score import Score, score_from_json

VECTORS = json.loads((Path(__file__).parent / "vectors" / "scoring.json").read_text("utf-8"))
STATES = {"not_applicable": "not_applicable", "not_observed": "not_observed"}


def named(vectors: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


def percent(value: float | None) -> int | None:
    return None if value is None else int(Decimal(str(value)) * 100)


def text(words: str) -> dict[str, str]:
    return {"en": words}


def number(value: int | str) -> int | float:
    return float(value) if isinstance(value, str) else value


def item_question(key: str, item: dict[str, Any]) -> dict[str, Any]:
    """A question on which choosing `chosen` earns what the vector says."""
    best = item["possible"] or item.get("earned", 0)
    options = [
        {"key": "best", "title": text("Best"), "points": number(best), "failed": False},
        {"key": "chosen", "title": text("Chosen"), "points": number(item.get("earned", 0))},
    ]
    return {
        "key": key,
        "type": "single",
        "title": text(key),
        "required": False,
        "not_applicable": True,
        "not_observed": True,
        "weight": number(item.get("weight", 1)),
        "bonus": item.get("bonus", False),
        "options": options,
    }


def document(touchpoints: list[dict[str, Any]], **scoring: object) -> dict[str, object]:
    return {
        "format": 1,
        "key": "vector",
        "locales": ["en"],
        "title": text("Vector"),
        "scoring": scoring,
        "touchpoints": touchpoints,
    }


def scored(vector: dict[str, Any], **scoring: object) -> Score:
    touchpoints, answers = [], {}
    for place, part in enumerate(vector["touchpoints"]):
        questions = []
        for index, item in enumerate(part["items"]):
            key = f"q_{place}_{index}"
            questions.append(item_question(key, item))
            if "excluded" not in item:
                answers[key] = {"value": "chosen"}
            elif item["excluded"] in STATES:
                answers[key] = {item["excluded"]: True}
        touchpoints.append(
            {
                "key": f"t_{place}",
                "title": text("T"),
                "weight": part["weight"],
                "questions": questions,
            }
        )
    parsed = authoring.parse(document(touchpoints, **scoring))
    return compile_scorer(parsed).score(Visit(answers))


@pytest.mark.parametrize("vector", named(VECTORS["scores"]))
@pytest.mark.parametrize("method", ["pooled", "weighted"])
def test_points_become_the_golden_score(vector: dict[str, Any], method: str) -> None:
    score = scored(vector, method=method, bonus_over_100=True)
    expected = vector["expect"]
    assert [part.score for part in score.touchpoints] == [
        percent(value) for value in expected["touchpoints"]
    ]
    assert score.raw == score.final == percent(expected[method])


def test_a_bonus_is_capped_at_100_unless_the_checklist_lets_it_pass() -> None:
    vector = next(vector for vector in VECTORS["scores"] if "cap" in vector)
    assert scored(vector).final == percent(vector["cap"]["capped"])
    assert scored(vector, bonus_over_100=True).final == percent(vector["cap"]["uncapped"])


def critical(vector: dict[str, Any]) -> Score:
    """A whole that scores the vector's raw score, and a finding for each effect."""
    parts = vector.get("touchpoints") or [
        {"weight": 1, "score": vector["raw"], "effects": vector["effects"]}
    ]
    touchpoints, answers = [], {}
    for place, part in enumerate(parts):
        points = {"earned": part["score"], "possible": 100}
        questions = [item_question(f"points_{place}", points)]
        answers[f"points_{place}"] = {"value": "chosen"}
        for index, effect in enumerate(part.get("effects", ())):
            key = f"finding_{place}_{index}"
            questions.append(
                {
                    "key": key,
                    "type": "yes_no",
                    "title": text(key),
                    "weight": 0,
                    "fails_at": "no",
                    "effect": effect,
                }
            )
            answers[key] = {"value": "no"}
        touchpoints.append(
            {
                "key": f"t_{place}",
                "title": text("T"),
                "weight": part["weight"],
                "questions": questions,
            }
        )
    return compile_scorer(authoring.parse(document(touchpoints))).score(Visit(answers))


@pytest.mark.parametrize("vector", named(VECTORS["critical_effects"]))
def test_critical_effects_leave_the_golden_score(vector: dict[str, Any]) -> None:
    score = critical(vector)
    expected = vector["expect"]
    assert score.raw == percent(expected.get("raw", vector.get("raw")))
    assert score.final == percent(expected["final"])
    assert score.passed is expected.get("passed")
    assert len(score.effects) == len(score.failed) > 0


def test_each_step_down_is_recorded_with_the_score_it_met_and_left() -> None:
    vector = next(v for v in VECTORS["critical_effects"] if "lowest of several" in v["name"])
    assert [(e.kind, e.before, e.after) for e in critical(vector).effects] == [
        ("cap", 9200, 7900),
        ("cap", 7900, 5900),
    ]


def test_a_zeroed_section_is_recorded_with_its_own_score() -> None:
    vector = next(v for v in VECTORS["critical_effects"] if "zero section" in v["name"])
    (effect,) = critical(vector).effects
    assert tuple(effect) == ("zero_section", "finding_0_0", 9000, 0, None)


@pytest.mark.parametrize("vector", named(VECTORS["demerit"]))
def test_demerits_leave_the_golden_score(vector: dict[str, Any]) -> None:
    questions = [
        {"key": f"kind_{place}", "type": "count", "title": text("Q"), "demerit": points}
        for place, (points, _) in enumerate(vector["counts"])
    ]
    answers = {
        f"kind_{place}": {"value": count} for place, (_, count) in enumerate(vector["counts"])
    }
    written = document(
        [{"key": "t", "title": text("T"), "questions": questions}],
        method="demerit",
        start=vector["start"],
    )
    score = compile_scorer(authoring.parse(written)).score(Visit(answers))
    assert score.final == percent(vector["expect"])
    assert score.failed == tuple(answers)


@pytest.mark.parametrize(("score", "band"), VECTORS["bands"]["cases"])
def test_a_score_falls_in_its_golden_band(score: float, band: str) -> None:
    bands = sorted((int(start * 100), key) for key, start in VECTORS["bands"]["bands"])
    starts, keys = zip(*bands, strict=True)
    assert band_of(starts, keys, percent(score)) == band


def test_a_band_compares_the_rounded_score() -> None:
    bands = [0, 9000], ["D", "A"]
    assert band_of(*bands, hundredths((89_995, 100_000))) == "A"
    assert band_of(*bands, hundredths((899_949, 1_000_000))) == "D"


def test_no_score_falls_below_the_lowest_band() -> None:
    assert band_of([5000, 9000], ["low", "high"], 10) == "low"
    assert band_of([0], ["D"], None) is None


@pytest.mark.parametrize("vector", VECTORS["statistics"]["validity"])
def test_an_audit_is_valid_from_exactly_the_threshold(vector: dict[str, Any]) -> None:
    visible, answered = vector["visible"], vector["answered"]
    item = {"earned": 1, "possible": 1}
    items = [item] * answered + [item | {"excluded": "hidden"}] * (visible - answered)
    score = scored({"touchpoints": [{"weight": 1, "items": items}]})
    assert (score.answered, score.visible) == (answered, visible)
    assert score.valid is vector["valid"]


@pytest.mark.parametrize("vector", named(VECTORS["scores"]))
def test_a_score_survives_its_storage(vector: dict[str, Any]) -> None:
    score = scored(vector)
    assert score_from_json(json.loads(json.dumps(score.as_json()))) == score

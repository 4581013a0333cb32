"""A person computes a score again from nothing but its explanation, in English and in Chinese."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.explanation import explain
from audit_api.rules.scoring.score import PartScore, Score
from audit_api.words import LOCALES
from audit_api.words.explanation.steps import in_words
from tests.chance import times
from tests.rules.audits import Json, visits
from tests.rules.by_hand import rounded
from tests.rules.documents import document
from tests.rules.explained import optional, section, visit
from tests.words.paper import Paper
from tests.words.paper_verdict import computed


def asked(key: str, kind: str, en: str, zh: str, **members: Any) -> Json:
    return {"key": key, "type": kind, "title": {"en": en, "zh": zh}, "required": False, **members}


def option(key: str, en: str, zh: str, points: float, **members: Any) -> Json:
    return {"key": key, "title": {"en": en, "zh": zh}, "points": points, **members}


WAITING = [{"from": 0, "points": 2}, {"from": 120, "points": 0.5}, {"from": 300, "points": 0}]
EXAMPLE: Json = {
    "format": 1,
    "key": "example",
    "locales": ["en", "zh"],
    "title": {"en": "Example", "zh": "示例"},
    "scoring": {
        "method": "weighted",
        "pass_mark": 70,
        "unanswered": "zero",
        "bands": [
            {"key": "poor", "from": 0, "title": {"en": "Poor", "zh": "较差"}},
            {"key": "good", "from": 60, "title": {"en": "Good", "zh": "良好"}},
        ],
    },
    "touchpoints": [
        {
            "key": "arrival",
            "title": {"en": "Arrival", "zh": "进店体验"},
            "weight": 30,
            "questions": [
                asked("greeted", "yes_no", "Were you greeted?", "是否有人招呼？", weight=1.5),
                asked("wait", "duration", "How long did you wait?", "等候多久？", bands=WAITING),
                asked("smile", "yes_no", "With a smile?", "是否面带微笑？")
                | {"condition": {"question": "greeted", "equals": "yes"}},
                asked("stains", "count", "How many stains?", "有几处污渍？", per_unit=-0.25),
                asked("music", "yes_no", "Was music on?", "是否播放音乐？", not_applicable=True),
            ],
        },
        {
            "key": "advice",
            "title": {"en": "Advice", "zh": "咨询过程"},
            "weight": 45.5,
            "questions": [
                asked("told", "several", "What were you told?", "介绍了哪些内容？", weight=2)
                | {
                    "options": [
                        option("price", "The price", "价格", 1),
                        option("care", "How to care for it", "保养方法", 2),
                        option("lie", "Something untrue", "不实信息", -1, failed=True),
                    ]
                },
                asked("gift", "yes_no", "Were you given a sample?", "是否赠送小样？", bonus=True),
                asked("card", "yes_no", "Were you given a card?", "是否递送名片？", points=3),
            ],
        },
        {
            "key": "parking",
            "title": {"en": "Parking", "zh": "停车"},
            "weight": 4.5,
            "questions": [
                asked("space", "yes_no", "Was there space?", "是否有车位？", not_applicable=True)
            ],
        },
        {
            "key": "checkout",
            "title": {"en": "Checkout", "zh": "结账环节"},
            "weight": 20,
            "questions": [
                asked("receipt", "yes_no", "Did you get a receipt?", "是否给了小票？", points=2),
                asked("change", "yes_no", "Was the change right?", "找零是否正确？")
                | {"effect": {"cap": 45.5}},
            ],
        },
    ],
}
VISIT = Visit(
    {
        "greeted": {"value": "no"},
        "wait": {"value": 150},
        "stains": {"value": 2},
        "music": {"not_applicable": True},
        "told": {"value": ["care", "price"]},
        "gift": {"value": "yes"},
        "space": {"not_applicable": True},
        "receipt": {"value": "yes"},
        "change": {"value": "no"},
    }
)


def sentences(written: Json, visited: Visit, locale: str) -> list[str]:
    parsed = authoring.parse(written)
    steps = explain(parsed, compile_scorer(parsed), visited)
    return [step.text[locale] for step in in_words(parsed, steps)]


def retitled(written: Any) -> Any:
    """A checklist of which every title is the thing's own key."""
    if isinstance(written, list):
        return [retitled(each) for each in written]
    if not isinstance(written, dict):
        return written
    inside = {name: retitled(held) for name, held in written.items()}
    if "title" in inside and "key" in inside:
        inside["title"] = dict.fromkeys(LOCALES, str(inside["key"]))
    return inside


def read_and_scored(written: Json, visited: Visit, locale: str) -> tuple[Paper, Score]:
    """What the sentences alone arrive at, beside the score."""
    paper = computed(sentences(written, visited, locale), locale)
    return paper, compile_scorer(authoring.parse(written)).score(visited)


def percents(parts: tuple[PartScore, ...]) -> dict[str, Fraction | None]:
    return {
        f"“{part.key}”": None if part.score is None else Fraction(part.score, 100) for part in parts
    }


def same(paper: Paper, score: Score) -> None:
    assert paper.fixed == {"raw": score.raw, "final": score.final}
    assert (paper.band or "“”")[1:-1] == (score.band or "")
    assert (paper.passed, paper.valid) == (score.passed, score.valid)
    parts = (*score.touchpoints, *score.sections)
    shares = {name: rounded(share) for name, share in paper.shares.items() if name}
    assert shares == percents(parts)
    assert paper.marks == {
        f"“{part.key}”": part.passed for part in parts if part.passed is not None
    }
    dimensions = {name: rounded(share) for name, share in paper.dimensions.items()}
    assert dimensions == percents(score.dimensions)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_person_computes_a_score_from_the_sentences(locale: str) -> None:
    paper, score = read_and_scored(retitled(EXAMPLE), VISIT, locale)
    assert paper.fixed == {"raw": 5102, "final": 4550}
    same(paper, score)


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
def test_a_person_computes_any_score_from_the_sentences(locale: str) -> None:
    @given(visits())
    @settings(max_examples=times(60))
    def check(audit: tuple[Json, Visit]) -> None:
        written, visited = audit
        same(*read_and_scored(retitled(written) | {"locales": [*LOCALES]}, visited, locale))

    check()


THIRDS = [
    section(key, *(optional(f"{key}_{place}") for place in range(6)))
    for key in ("one", "two", "three")
]
SIXTHS = {
    f"{key}_{place}": "yes" if place < yes else "no"
    for key, yes in (("one", 1), ("two", 1), ("three", 4))
    for place in range(6)
}
"""16.67%, 16.67% and 66.67%, of which the mean is 33.33% and not 33.34%."""


@pytest.mark.parametrize(
    ("locale", "whole", "status"),
    [
        (
            "en",
            "Whole audit: (“one” 1/6 × 1 + “two” 1/6 × 1 + “three” 4/6 × 1) ÷ 3 = 33.33%.",
            "Not passed: 33.33% is below the pass mark of 33.34%.",
        ),
        (
            "zh",
            "整次暗访：（“one”1/6 × 1 + “two”1/6 × 1 + “three”4/6 × 1）÷ 3 = 33.33%。",
            "未通过：33.33% 低于合格线 33.34%。",
        ),
    ],
)
def test_a_score_of_thirds_is_computed_to_its_last_decimal(
    locale: str, whole: str, status: str
) -> None:
    written = document(touchpoints=THIRDS, scoring={"pass_mark": 33.34})
    said = sentences(written, visit(SIXTHS), locale)
    assert {whole, status} <= {*said}
    same(*read_and_scored(written, visit(SIXTHS), locale))


@pytest.mark.parametrize(
    ("locale", "outer", "whole"),
    [
        (
            "en",
            "“outer”: (“one” 1/6 × 2 + “three” 4/6 × 1) ÷ 3 = 1/3 = 33.33%.",
            "Whole audit: (“outer” 1/3 × 1 + “two” 1/6 × 3) ÷ 4 = 20.83%.",
        ),
        (
            "zh",
            "“outer”：（“one”1/6 × 2 + “three”4/6 × 1）÷ 3 = 1/3 = 33.33%。",
            "整次暗访：（“outer”1/3 × 1 + “two”1/6 × 3）÷ 4 = 20.83%。",
        ),
    ],
)
def test_a_mean_that_was_rounded_is_told_by_its_fraction_too(
    locale: str, outer: str, whole: str
) -> None:
    one, two, three = THIRDS
    around = section("outer", one | {"weight": 2}, three)
    written = document(touchpoints=[around, two | {"weight": 3}])
    said = sentences(written, visit(SIXTHS), locale)
    assert {outer, whole} <= {*said}
    same(*read_and_scored(written, visit(SIXTHS), locale))

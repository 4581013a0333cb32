"""What an author may well mean is not warned about."""

from __future__ import annotations

import pytest

from audit_api.rules.authoring.node import members
from tests.rules.documents import Json, document, option, question, words
from tests.rules.doubtful import (
    ALWAYS,
    COUNTING,
    FAIR,
    GOOD,
    NEVER,
    PHOTO,
    PLAIN,
    WHEN_FAILED,
    asked,
    found,
    scored,
    section,
    split,
)

BONUS = question("extra", bonus=True)
CARE = [{"key": "care", "title": words("Care")}]
SIZE = [{"key": "size", "title": words("Size"), "type": "number"}]
LARGE = {"site": "size", "more_than": 100}
COSTLY = [option("a", 1), option("b", -1)]

MEANT: dict[str, Json] = {
    "nothing special": document(),
    "weights among neighbours": split(
        section(question(), weight=2), section(question("r", weight=3), key="end", weight=4)
    ),
    "a part to be read only": split(section(question()), section(question("n", "text"), key="end")),
    "neighbours of which only those without points weigh nothing": split(
        section(question()), section(question("n", "text"), key="end", weight=1)
    ),
    "demerits": scored("demerit", question(demerit=5), start=90),
    "a bonus over 100": scored("weighted", question(), BONUS, bonus_over_100=True),
    "a counted bonus over 100": scored(
        "weighted",
        question(),
        question("c", "count", per_unit=1, bonus=True),
        bonus_over_100=True,
    ),
    "a cap of a bonus": scored(
        "weighted", question(effect={"cap": 100}), BONUS, bonus_over_100=True
    ),
    "a bonus pooled from elsewhere": split(
        section(question()), section(BONUS, key="end"), scoring={"method": "pooled"}
    ),
    "a cap just below the best": document(question(effect={"cap": 99.99})),
    "a cap of a lower band": scored("weighted", question(effect={"cap": "fair"}), bands=GOOD),
    "the best score reached": scored(
        "demerit",
        question(demerit=1, effect={"cap": 79.99}),
        start=80,
        bands=GOOD,
        pass_mark=80,
    ),
    "one band": scored(bands=FAIR),
    "section marks": split(
        section(question(), pass_mark=50), scoring={"every_section_must_pass": True}
    ),
    "a section below zero": split(
        section(question("c", "single", options=COSTLY), pass_mark=0, on_fail="fail")
    ),
    "a section that counting brings below zero": split(
        section(question(), question("c", "count", per_unit=-1), pass_mark=0)
    ),
    "a list of effects": split(
        section(question(effect=[{"cap": "fair"}, "zero_section"]), pass_mark=50, on_fail=[]),
        scoring={"bands": GOOD},
    ),
    "options under the name of a member": document(
        question("c", "single", response_set="effect"), response_sets={"effect": COUNTING}
    ),
    "a range in the middle that is best": asked(
        kind="number",
        bands=[
            {"from": -1_000_000_000, "points": 0, "failed": True},
            {"from": 0, "points": 2},
            {"from": 5, "points": 1},
            {"from": 8, "points": 0},
        ],
    ),
    "points that may be equal for several choices": asked(
        kind="several", options=[option("a", 1), option("b", 1)]
    ),
    "a list of problems": asked(
        kind="several", options=[option("a", failed=True), option("b", failed=True)]
    ),
    "detractors as findings": asked(kind="scale", metric="nps", fails_at=6),
    "a low end that is good": asked(kind="scale", metric="ces", reverse=True, fails_at=5),
    "a worse answer that is a finding too": asked(
        kind="single",
        options=[option("a", 2), option("b", 1, effect={"cap": 80}), option("c", failed=True)],
    ),
    "alike answers that are not counted": asked(
        kind="single", options=[option("a", 1), option("b", 1)], weight=0
    ),
    "a cap of the score and one of the band": scored(
        "weighted", question(effect=[{"cap": 50}, {"cap": "fair"}, "fail"]), bands=GOOD
    ),
    "names of bands in their order": scored(
        bands=[
            {"key": "a", "title": {"en": "Very good", "zh": "优秀"}, "from": 90},
            {"key": "b", "title": {"en": "Good", "zh": "良"}, "from": 80},
            {"key": "c", "title": {"en": "Needs improvement", "zh": "差"}, "from": 0},
        ],
        pass_mark=90,
    ),
    "demerits one of which is always asked": scored(
        "demerit", question(demerit=1, not_applicable=True), question("r", demerit=1)
    ),
    "a section to zero": document(question(effect="zero_section")),
    "a choice that brings something": asked(kind="single", options=COUNTING, weight=2),
    "a choice to be read only": asked(kind="single", options=PLAIN, weight=0),
    "a choice with a finding": asked(
        kind="single", options=[option("a"), option("b", failed=True)]
    ),
    "a choice with an effect": asked(
        kind="several", options=[option("a"), option("b", effect="fail")]
    ),
    "a choice that a condition goes by": document(
        question(),
        question("c", "single", options=PLAIN),
        question("n", "text", condition={"question": "c", "equals": "a"}),
    ),
    "a choice that a section goes by": split(
        section(question(), question("c", "single", options=PLAIN)),
        section(question("r"), key="end", condition={"question": "c", "equals": "a"}),
    ),
    "a metric": asked(kind="scale", points=[0] * 5, metric="csi"),
    "a pair": document(
        question(),
        question("hoped", "scale", points=[0] * 5),
        question("got", "scale", points=[0] * 5, expectation="hoped"),
    ),
    "a number to be read only": asked(kind="number"),
    "bands of all values": asked(
        kind="number", min=0, max=9, bands=[{"from": 9, "points": 1}, {"from": 0}]
    ),
    "bands of a stopwatch": asked(
        kind="duration", bands=[{"from": 0, "points": 1}, {"from": 1_000_000}]
    ),
    "evidence of a finding": asked(evidence=WHEN_FAILED),
    "evidence of an answer": asked(evidence={"photo": ["yes"]}),
    "one question that always applies": document(question(not_applicable=True), question("r")),
    "a condition that decides": asked(condition={"question": "q", "equals": "yes"}, effect="fail"),
    "a photo that may be asked": asked(
        evidence=PHOTO, condition={"question": "q", "equals": "yes"}
    ),
    "a size that a section goes by": split(
        section(question()),
        section(question("r"), key="end", condition=LARGE),
        site_attributes=SIZE,
    ),
    "a size that a question goes by": document(
        question(), question("r", condition=LARGE), site_attributes=SIZE
    ),
    "a response set": document(
        question("c", "single", response_set="s"), response_sets={"s": COUNTING}
    ),
    "a dimension": document(question(dimensions=["care"]), dimensions=CARE),
    "metrics as usual": document(metrics={"csat": {"top": 2}, "ces": {"method": "mean"}}),
    "a metric of its own": document(
        question(), question("s", "scale", metric="csat"), metrics={"csat": {"top": 1}}
    ),
}


@pytest.mark.parametrize("written", MEANT.values(), ids=MEANT.keys())
def test_what_is_meant_is_not_warned_about(written: Json) -> None:
    assert found(written) == []


def test_each_thing_is_told_once() -> None:
    assert found(asked(condition=ALWAYS)) == [
        ("/touchpoints/0/questions/1/condition", "condition_always")
    ]
    waiting = asked(kind="text", condition=NEVER)
    assert found(waiting) == [("/touchpoints/0/questions/1/condition", "condition_never")]
    without = asked(kind="photo", required=False, condition=NEVER)
    assert found(without) == [("/touchpoints/0/questions/1/condition", "condition_never")]
    unlisted = asked(evidence={"photo": []}, condition=NEVER)
    assert ("/touchpoints/0/questions/1", "photo_never_asked") not in found(unlisted)


def test_a_missing_translation_is_told_in_every_language_but_the_first() -> None:
    written = document(locales=["zh", "en", "fr"])
    assert found(written) == [
        (f"{pointer}/fr", "translation_missing") for pointer, _ in members(written, ["title"])
    ]
    assert len(found(written)) == 3


def test_nested_sections_and_questions_stand_where_they_are_written() -> None:
    inner = section(question("deep", effect={"cap": 100}), key="inner", pass_mark=0)
    nested = {"key": "outer", "title": words("Outer"), "sections": [inner]}
    written = split(section(question()), nested | {"key": "top", "sections": [nested]})
    assert found(written) == [
        ("/touchpoints/1/sections/0/sections/0/pass_mark", "pass_mark_always_met"),
        ("/touchpoints/1/sections/0/sections/0/questions/0/effect/cap", "cap_unreachable"),
    ]

"""Warnings: what of a checklist without a fault can never count, each at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import audit_api.rules.authoring.checking
from tests.rules.contradicting import BANDS, WORTHS
from tests.rules.documents import Json, document, option, question, words
from tests.rules.doubtful import (
    ALWAYS,
    FAIR,
    GOOD,
    NEVER,
    PHOTO,
    PLAIN,
    SECOND,
    WHEN_FAILED,
    Q,
    asked,
    found,
    scored,
    section,
    split,
)
from tests.rules.unused import NAMES

SCORES: list[tuple[Json, str, str]] = [
    (document(question(points=0)), "/touchpoints", "no_points"),
    (document(question("n", "text")), "/touchpoints", "no_points"),
    (document(question(bonus=True)), "/touchpoints", "no_points"),
    (scored("demerit"), "/touchpoints", "no_demerits"),
    (
        split(section(question(), weight=2), scoring={"method": "pooled"}),
        "/touchpoints/0/weight",
        "section_weight_unused",
    ),
    (
        split(section(question(demerit=1), weight=2), scoring={"method": "demerit"}),
        "/touchpoints/0/weight",
        "section_weight_unused",
    ),
    (
        split(section(question()), section(question("n", "text"), key="end", weight=3)),
        "/touchpoints/1/weight",
        "section_weight_without_points",
    ),
    (
        split(section(question(), weight=0), section(question("r"), key="end", weight=0)),
        "/touchpoints",
        "weights_all_zero",
    ),
    (
        split(
            {
                "key": "arrival",
                "title": words("Arrival"),
                "sections": [section(question(), key="door", weight=0)],
            }
        ),
        "/touchpoints/0/sections",
        "weights_all_zero",
    ),
    (
        split(section(question()), section(question("r"), key="end", weight=0)),
        "/touchpoints/1/weight",
        "section_weight_zero",
    ),
    (
        split(section(question()), section(question("c", "count", per_unit=-1), key="end")),
        "/touchpoints/1",
        "deductions_from_nothing",
    ),
    (scored("pooled", start=90), "/scoring/start", "start_unused"),
    (document(question(demerit=5)), f"{Q}/demerit", "demerit_unused"),
    (scored(bonus_over_100=True), "/scoring/bonus_over_100", "bonus_over_100_unused"),
    (
        scored("weighted", question(), question("b", bonus=True, points=0), bonus_over_100=True),
        "/scoring/bonus_over_100",
        "bonus_over_100_unused",
    ),
    (
        scored("demerit", question(demerit=1), question("b", bonus=True)),
        f"{SECOND}/bonus",
        "bonus_under_demerit",
    ),
    (
        split(section(question()), section(question("b", bonus=True), key="end")),
        "/touchpoints/1/questions/0/bonus",
        "bonus_without_points",
    ),
    (scored(bands=GOOD[1:]), "/scoring/bands/0/from", "band_above_zero"),
    (scored(bands=[*GOOD[1:], FAIR[0] | {"from": 1}]), "/scoring/bands/1/from", "band_above_zero"),
    (
        scored("demerit", question(demerit=1), start=79.99, bands=GOOD[::-1]),
        "/scoring/bands/0/from",
        "band_unreachable",
    ),
    (scored(pass_mark=0), "/scoring/pass_mark", "pass_mark_always_met"),
    (
        scored("demerit", question(demerit=1), start=79.99, pass_mark=80),
        "/scoring/pass_mark",
        "pass_mark_unreachable",
    ),
    (
        split(section(question()), section(question("n", "text"), key="end", pass_mark=50)),
        "/touchpoints/1/pass_mark",
        "pass_mark_without_points",
    ),
    (
        split(section(question(), pass_mark=0, on_fail="fail")),
        "/touchpoints/0/pass_mark",
        "pass_mark_always_met",
    ),
    (
        scored(every_section_must_pass=True),
        "/scoring/every_section_must_pass",
        "no_section_pass_mark",
    ),
    (document(question(effect={"cap": 100})), f"{Q}/effect/cap", "cap_unreachable"),
    (
        document(question(effect=["fail", {"cap": 100}])),
        f"{Q}/effect/1/cap",
        "cap_unreachable",
    ),
    (
        split(section(question(), pass_mark=50, on_fail={"cap": 100})),
        "/touchpoints/0/on_fail/cap",
        "cap_unreachable",
    ),
    (
        split(section(question(), pass_mark=50, on_fail=[{"cap": 100}, "fail"])),
        "/touchpoints/0/on_fail/0/cap",
        "cap_unreachable",
    ),
    (
        scored("demerit", question(demerit=1, effect={"cap": 90}), start=90),
        f"{Q}/effect/cap",
        "cap_unreachable",
    ),
    (
        scored("weighted", question(effect={"cap": "good"}), bands=GOOD),
        f"{Q}/effect/cap",
        "cap_of_best_band",
    ),
    (
        document(
            question("c", "single", response_set="s"),
            response_sets={"s": [option("a", 1), option("b", effect={"cap": 100})]},
        ),
        "/response_sets/s/1/effect/cap",
        "cap_unreachable",
    ),
    (
        split(
            section(question()),
            section(
                question("c", "single", options=[option("a", effect="zero_section")]), key="end"
            ),
        ),
        "/touchpoints/1/questions/0/options/0/effect",
        "zero_section_without_points",
    ),
    (
        split(
            section(question()),
            section(
                question("n", "count", bands=[{"from": 0, "effect": ["fail", "zero_section"]}]),
                key="end",
            ),
        ),
        "/touchpoints/1/questions/0/bands/0/effect/1",
        "zero_section_without_points",
    ),
]

ANSWERS: list[tuple[Json, str, str]] = [
    (
        asked(kind="single", options=PLAIN, weight=2),
        f"{SECOND}/weight",
        "weight_without_points",
    ),
    (asked(kind="count", weight=2), f"{SECOND}/weight", "weight_without_points"),
    (asked(kind="single", options=PLAIN), SECOND, "answers_without_points"),
    (asked(kind="scale", points=[0] * 5), SECOND, "answers_without_points"),
    (
        asked(kind="number", min=0, bands=[{"from": 9}, {"from": 1, "points": 1}]),
        f"{SECOND}/bands/1/from",
        "values_below_bands",
    ),
    (
        asked(kind="number", bands=[{"from": 0, "points": 1}, {"from": 9}]),
        f"{SECOND}/bands/0/from",
        "values_below_bands",
    ),
    (
        asked(kind="duration", bands=[{"from": 1, "points": 1}, {"from": 9}]),
        f"{SECOND}/bands/0/from",
        "values_below_bands",
    ),
    (
        asked(kind="number", min=0, max=9, bands=[{"from": 10, "effect": "fail"}, {"from": 0}]),
        f"{SECOND}/bands/0/from",
        "value_band_unreachable",
    ),
    (
        asked(kind="number", min=5, max=9, bands=[{"from": 0}, {"from": 5, "points": 1}]),
        f"{SECOND}/bands/0/from",
        "value_band_unreachable",
    ),
    (
        asked(kind="count", bands=[{"from": 0, "points": 1}, {"from": 1_000_001}]),
        f"{SECOND}/bands/1/from",
        "value_band_unreachable",
    ),
    (
        asked(kind="text", evidence=WHEN_FAILED),
        f"{SECOND}/evidence/photo",
        "evidence_never_failed",
    ),
    (
        asked(fails_at=None, evidence={"comment": "when_failed"}),
        f"{SECOND}/evidence/comment",
        "evidence_never_failed",
    ),
    (asked(evidence={"photo": []}), f"{SECOND}/evidence/photo", "evidence_of_no_answer"),
    (
        split(section(question()), section(question("r", not_applicable=True), key="end")),
        "/touchpoints/1",
        "section_may_be_left_out",
    ),
]

CONDITIONS: list[tuple[Json, str, str]] = [
    (asked(condition=NEVER), f"{SECOND}/condition", "condition_never"),
    (asked(condition=ALWAYS), f"{SECOND}/condition", "condition_always"),
    (
        split(section(question()), section(question("r"), key="end", condition=NEVER)),
        "/touchpoints/1/condition",
        "condition_never",
    ),
    (asked(kind="photo", condition=NEVER), SECOND, "photo_never_asked"),
    (asked(evidence=PHOTO, condition=NEVER), SECOND, "photo_never_asked"),
    (asked(effect="fail", condition=NEVER), SECOND, "effect_never_asked"),
    (
        split(
            section(question(not_applicable=True), question("must")),
            section(question("p", "photo"), key="end", condition=NEVER),
        ),
        "/touchpoints/1/questions/0",
        "photo_never_asked",
    ),
]

EVERY = [*SCORES, *ANSWERS, *CONDITIONS, *NAMES, *BANDS, *WORTHS]


@pytest.mark.parametrize(("written", "pointer", "code"), EVERY)
def test_what_can_never_count_is_told_at_its_place(written: Json, pointer: str, code: str) -> None:
    assert (pointer, code) in found(written)


def test_every_warning_is_tried() -> None:
    package = Path(str(audit_api.rules.authoring.checking.__file__)).parent
    sources = "".join(path.read_text("utf-8") for path in package.glob("*.py"))
    told = set(re.findall(r"Fault\([^()]*?(?:\([^()]*\)[^()]*?)*?\"(\w+)\"", sources))
    tried = {code for _, _, code in EVERY}
    assert len(told) > 30
    assert told == tried

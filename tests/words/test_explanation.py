"""What people read of an explained score, in English and in Chinese."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from audit_api.rules import authoring
from audit_api.rules.scoring import Visit, compile_scorer
from audit_api.rules.scoring.explanation import explain
from audit_api.rules.scoring.explanation.steps import Differing
from audit_api.words import LOCALES
from audit_api.words.explanation.steps import in_words
from tests.chance import times
from tests.rules.audits import visits
from tests.rules.documents import Json, document, question, words
from tests.rules.explained import NA, alarm, compiled, optional, section
from tests.words.explained_texts import texts

BANDS = [
    {"key": key, "title": words(key), "from": start} for key, start in (("low", 0), ("high", 80))
]
STAINS = section("one", optional("stains", "count", demerit=1.5), optional("a", demerit=40))
DEMERIT: Json = {"scoring": {"method": "demerit"}}
EVERY: Json = {"scoring": {"method": "pooled", "every_section_must_pass": True}}
POOLED: Json = {"scoring": {"method": "pooled"}}
ZEROED = section(
    "one", optional("a", points=3), alarm("x", "zero_section"), alarm("y", "zero_section")
)


@pytest.mark.parametrize(
    ("answers", "parts", "members", "en", "zh"),
    [
        (
            {"stains": 4, "a": "no"},
            [STAINS],
            DEMERIT,
            "Whole audit: 100 - 6 (no. 1.1) - 40 (no. 1.2) = 54, that is 54.00%.",
            "整次暗访：100 - 6（第 1.1 题） - 40（第 1.2 题） = 54，即 54.00%。",
        ),
        (
            {"stains": 4, "a": "no"},
            [STAINS],
            DEMERIT,
            "1.1 “stains”: 4. Finding: anything above 0 counts as failed. Demerits: 4 × 1.5 = 6.",
            "第 1.1 题“stains”：4。问题点：大于 0 即记为问题点。总分扣 4 × 1.5 = 6 分。",
        ),
        (
            {"stains": 50, "a": "no"},
            [STAINS],
            DEMERIT,
            "Whole audit: 100 - 75 (no. 1.1) - 40 (no. 1.2) = -15, which is below 0 and counts as "
            "0: 0.00%.",
            "整次暗访：100 - 75（第 1.1 题） - 40（第 1.2 题） = -15，低于 0，按 0 计：0.00%。",
        ),
        (
            {"stains": 0},
            [STAINS],
            DEMERIT,
            "Whole audit: no demerits, so the start value of 100 stays: 100.00%.",
            "整次暗访：没有扣分，保持起始分 100：100.00%。",
        ),
        (
            {},
            [STAINS],
            DEMERIT,
            "Whole audit: no question that could cost demerits was answered, so there is no score.",
            "整次暗访：会扣分的问题均未作答，因此没有得分。",
        ),
        (
            {"a": "yes", "b": "no"},
            [section("one", optional("a")), section("two", optional("b"))],
            POOLED,
            "Whole audit: “one” 1 of 1 + “two” 0 of 1 = 1 of 2 points = 50.00%.",
            "整次暗访：“one”1 分（满分 1 分） + “two”0 分（满分 1 分） = "
            "1 分（满分 2 分）= 50.00%。",
        ),
        (
            {"a": "yes", "extra": "yes"},
            [section("one", optional("a"), optional("extra", bonus=True))],
            POOLED,
            "Bonus points lift no score above 100%: 200.00% becomes 100.00%.",
            "加分不能使得分超过 100%：200.00% 变为 100.00%。",
        ),
        (
            {"a": "no", "b": 1},
            [section("one", optional("a"), optional("b", "count", per_unit=-2))],
            POOLED,
            "-200.00% is below 0 and counts as 0. Final score, rounded to two decimals: 0.00%.",
            "-200.00% 低于 0，按 0 计。最终得分（四舍五入至两位小数）：0.00%。",
        ),
        (
            {"a": "yes", "x": "no", "y": "no"},
            [ZEROED],
            POOLED,
            "Critical: 1.2 “x” (No), 1.3 “y” (No). “one” counts as zero: its points go from 3 to "
            "0; 100.00% becomes 0.00%.",
            "关键项：第 1.2 题“x”（否）、第 1.3 题“y”（否）。“one”计零分：分数由 3 变为 0；"
            "100.00% 变为 0.00%。",
        ),
        (
            {"a": "yes", "x": "no"},
            [ZEROED],
            POOLED,
            "Whole audit, counted again: “one” 0 of 3 = 0 of 3 points = 0.00%.",
            "整次暗访（重新计算）：“one”0 分（满分 3 分） = 0 分（满分 3 分）= 0.00%。",
        ),
        (
            {"a": "no"},
            [section("one", optional("a"), pass_mark=60, on_fail="zero_audit")],
            POOLED,
            "Critical: “one” is below its pass mark. The whole audit counts as zero and does not "
            "pass: 0.00% stays.",
            "关键项：“one”未达到合格线。整次暗访计零分，且不通过：0.00% 不变。",
        ),
        (
            {"a": "no"},
            [section("one", optional("a"), pass_mark=60)],
            EVERY,
            "Not passed: every section has to reach its pass mark, and “one” did not.",
            "未通过：各部分都须达到各自的合格线，而“one”未达到。",
        ),
        (
            {"a": "yes"},
            [section("one", optional("a"), pass_mark=60)],
            EVERY,
            "“one” reaches its pass mark of 60.00% with 100.00%.",
            "“one”得分 100.00%，达到合格线 60.00%。",
        ),
        (
            {"a": "yes"},
            [section("one", optional("a"), pass_mark=60)],
            EVERY,
            "Passed: every section with a pass mark reached it.",
            "通过：所有设有合格线的部分均已达到。",
        ),
        (
            {"a": "yes", "x": "no"},
            [section("one", optional("a"), alarm("x", {"cap": "low"}))],
            {"scoring": {"bands": BANDS}},
            "Bands: “low” from 0.00%, “high” from 80.00%. 100.00% lies in “high”. Critical "
            "effects allow no better than “low”, so the band is “low”.",
            "等级：“low”自 0.00% 起、“high”自 80.00% 起。100.00% 属于“high”。"
            "关键项限定等级最高为“low”，因此等级为“low”。",
        ),
        (
            {"a": "no", "x": "no"},
            [section("one", optional("a"), alarm("x", {"cap": "high"}))],
            {"scoring": {"bands": BANDS}},
            "Bands: “low” from 0.00%, “high” from 80.00%. 0.00% lies in “low”. Critical "
            "effects allow no better than “high”, which changes nothing.",
            "等级：“low”自 0.00% 起、“high”自 80.00% 起。0.00% 属于“low”。"
            "关键项限定等级最高为“high”，对本次等级没有影响。",
        ),
        (
            {"a": NA, "x": "no"},
            [section("one", optional("a"), alarm("x", {"cap": 50}))],
            {},
            "Critical: 1.2 “x” (No). The score can be no better than 50.00%: there is no score.",
            "关键项：第 1.2 题“x”（否）。得分最高为 50.00%：没有得分。",
        ),
        (
            {"a": "no", "x": "no"},
            [section("one", optional("a"), alarm("x", "fail"), pass_mark=60)],
            {"scoring": {"pass_mark": 70, "every_section_must_pass": True}},
            "Not passed: critical effects of no. 1.2; every section has to reach its pass mark, "
            "and “one” did not; 0.00% is below the pass mark of 70.00%.",
            "未通过：关键项（第 1.2 题）；各部分都须达到各自的合格线，而“one”未达到；"
            "0.00% 低于合格线 70.00%。",
        ),
        (
            {"a": "yes"},
            [section("one", optional("a"), pass_mark=60)],
            {"scoring": {"pass_mark": 70, "every_section_must_pass": True}},
            "Passed: 100.00% reaches the pass mark of 70.00%; every section with a pass mark "
            "reached it.",
            "通过：100.00% 达到合格线 70.00%；所有设有合格线的部分均已达到。",
        ),
        (
            {"a": "yes"},
            [section("one", optional("a"))],
            {},
            "Neither passed nor failed: the checklist sets no pass mark for the audit.",
            "未判定是否通过：检查表未设整次暗访的合格线。",
        ),
        (
            {"a": NA},
            [section("one", optional("a"))],
            {"scoring": {"pass_mark": 70}},
            "Neither passed nor failed: there is no score to compare with a pass mark.",
            "未判定是否通过：没有可与合格线比较的得分。",
        ),
        (
            {"a": "yes", "b": NA},
            [section("one", *map(optional, "abc"), optional("extra", bonus=True))],
            {},
            "Answered: 1 of 3 scored questions; at least 2/3 are needed. Not answered, not "
            "applicable or not observed: no. 1.2, 1.3. Bonus questions are not counted: no. 1.4. "
            "The audit is not valid: it counts only once a reviewer has approved it.",
            "计分问题共 3 题，已作答 1 题，要求至少 2/3。未作答、不适用或未观察到：第 1.2、1.3 题。"
            "加分题不计在内：第 1.4 题。本次暗访无效：须经审核通过后才计入统计。",
        ),
        (
            {"a": "yes"},
            [section("one", optional("a"))],
            {"scoring": {"validity": 0.75}},
            "Answered: 1 of 1 scored questions; at least 75.00% are needed. The audit is valid.",
            "计分问题共 1 题，已作答 1 题，要求至少 75.00%。本次暗访有效。",
        ),
        (
            {"a": "yes"},
            [section("one", optional("a")), section("two", optional("b", weight=0))],
            {},
            "“two”: nothing could be earned, so there is no score.",
            "“two”：没有可得的分数，因此没有得分。",
        ),
        (
            {"a": "yes", "b": NA},
            [section("one", optional("a")), section("two", optional("b"))],
            {},
            "Whole audit: the same as “one”, 100.00%. Left out, having no score: “two”.",
            "整次暗访：与“one”相同，100.00%。未计入（没有得分）：“two”。",
        ),
        (
            {"a": "yes", "b": "no"},
            [section("one", optional("a"), weight=3), section("two", optional("b"))],
            {},
            "Whole audit: (“one” 100.00% × 3 + “two” 0.00% × 1) ÷ 4 = 75.00%.",
            "整次暗访：（“one”100.00% × 3 + “two”0.00% × 1）÷ 4 = 75.00%。",
        ),
        (
            {"dirty": 3, "b": "yes"},
            [
                section("one", optional("dirty", "count", per_unit=-1)),
                section("two", optional("b")),
            ],
            POOLED,
            "“one”, no. 1.1: -3 points, with none possible: there is no score.",
            "“one”（第 1.1 题）：-3 分，但满分为 0，因此没有得分。",
        ),
    ],
)
def test_a_step_is_said_in_both_languages(
    answers: Json, parts: list[Json], members: dict[str, Any], en: str, zh: str
) -> None:
    found = texts(answers, *parts, **members)
    assert (en, zh) in found, "\n".join(" | ".join(said) for said in found)


@pytest.mark.parametrize(
    ("engine", "en", "zh"), [(1, "A fault of the system", "系统故障"), (2, "version 2", "第 2 版")]
)
def test_a_score_that_cannot_be_explained_is_said_to_be_so(engine: int, en: str, zh: str) -> None:
    parsed, _ = compiled(section("one", optional("a")))
    (step,) = in_words(parsed, [Differing(8640, engine, 1)])
    assert en in step.text["en"]
    assert zh in step.text["zh"]
    assert "86.40%" in step.text["en"]


@pytest.mark.slow
@given(visits())
@settings(max_examples=times(60))
def test_every_step_has_a_sentence_in_every_language(audit: tuple[Json, Visit]) -> None:
    written, visit = audit
    parsed = authoring.parse(written)
    for step in in_words(parsed, explain(parsed, compile_scorer(parsed), visit)):
        for locale in LOCALES:
            assert step.text[locale].endswith("。" if locale == "zh" else ".")


def test_a_language_that_a_checklist_lacks_is_filled_from_its_first() -> None:
    written = document(question("q"), locales=["en"])
    written["title"] = written["touchpoints"][0]["title"] = {"en": "Arrival"}
    written["touchpoints"][0]["questions"][0]["title"] = {"en": "Greeted?"}
    parsed = authoring.parse(written)
    visit = Visit({"q": {"value": "yes"}})
    first = in_words(parsed, explain(parsed, compile_scorer(parsed), visit))[0]
    assert first.text["zh"] == "第 1.1 题“Greeted?”：是。得分：1，满分 1。"

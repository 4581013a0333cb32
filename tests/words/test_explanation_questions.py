"""What people read of each question of an explained score, in English and in Chinese."""

from __future__ import annotations

import pytest

from tests.rules.documents import Json, option
from tests.rules.explained import NA, optional, section
from tests.words.explained_texts import texts

MARKS = [{"from": 0, "points": 1}, {"from": 90, "points": 0.5, "failed": True}]
LOSSES = [{"from": 0, "points": 0}, {"from": 90, "points": -1}, {"from": 100, "points": -3}]
CHOICES = [option("tea", 1), option("cake", 2), option("dust", -4)]


@pytest.mark.parametrize(
    ("written", "answer", "en", "zh"),
    [
        (optional("q"), "yes", "Yes. Points: 1 of 1.", "是。得分：1，满分 1。"),
        (
            optional("q", points=0.5, weight=3),
            "no",
            "No. Points: 0 × weight 3 = 0 of 1.5. Finding: this answer counts as failed.",
            "否。得分：0 × 权重 3 = 0，满分 1.5。问题点：该答案记为问题点。",
        ),
        (
            optional("q", "several", options=CHOICES),
            ["cake", "tea"],
            "cake, tea. Points: 2 + 1 = 3 of 3.",
            "cake、tea。得分：2 + 1 = 3，满分 3。",
        ),
        (
            optional("q", "several", options=CHOICES, weight=0.5),
            ["tea", "cake"],
            "tea, cake. Points: (1 + 2) × weight 0.5 = 1.5 of 1.5.",
            "tea、cake。得分：(1 + 2) × 权重 0.5 = 1.5，满分 1.5。",
        ),
        (
            optional("q", "several", options=CHOICES, weight=2),
            ["tea", "dust"],
            "tea, dust. Points: (1 - 4, but not below 0) × weight 2 = 0 of 6. "
            "Finding: the points come to 0.",
            "tea、dust。得分：（1 - 4，最低为 0） × 权重 2 = 0，满分 6。问题点：得分为 0。",
        ),
        (
            optional("q", "several", options=CHOICES),
            [],
            "nothing chosen. Points: 0 of 3. Finding: the points come to 0.",
            "未选任何项。得分：0，满分 3。问题点：得分为 0。",
        ),
        (
            optional("q", "count", per_unit=-0.5),
            3,
            "3. Points taken away: 3 × 0.5 = 1.5. Finding: anything above 0 counts as failed.",
            "3。本题扣 3 × 0.5 = 1.5 分。问题点：大于 0 即记为问题点。",
        ),
        (
            optional("q", "count", per_unit=-0.5),
            0,
            "0. No points taken away.",
            "0。未扣分。",
        ),
        (
            optional("q", "number", bands=LOSSES, weight=2),
            95,
            "95 (band: 90 to below 100). Points taken away: 1 × weight 2 = 2.",
            "95（区间：不低于 90、低于 100）。本题扣 1 × 权重 2 = 2 分。",
        ),
        (
            optional("q", "duration", bands=MARKS),
            200,
            "3 min 20 s (band: 1 min 30 s and above). Points: 0.5 of 1. "
            "Finding: this band counts as failed.",
            "3 分 20 秒（区间：不低于 1 分 30 秒）。得分：0.5，满分 1。问题点：该区间记为问题点。",
        ),
        (
            optional("q", "number", bands=MARKS),
            1234567.891,
            "1234567.891 (band: 90 and above). Points: 0.5 of 1. "
            "Finding: this band counts as failed.",
            "1234567.891（区间：不低于 90）。得分：0.5，满分 1。问题点：该区间记为问题点。",
        ),
        (
            optional("q", bonus=True),
            "yes",
            "Yes. Bonus points, beyond what is possible: 1.",
            "是。加分：1，不计入满分。",
        ),
        (optional("q", bonus=True), "no", "No. No bonus.", "否。未加分。"),
        (optional("q", weight=0), "yes", "Yes. Asked without scoring.", "是。仅记录，不计分。"),
        (optional("q", points=0), "yes", "Yes. Asked without scoring.", "是。仅记录，不计分。"),
        (
            optional("q", weight=0, demerit=2, fails_at="no"),
            "yes",
            "Yes. It brings no points.",
            "是。不影响得分。",
        ),
        (
            optional("q", "text"),
            "I am Kim.",
            "answered. Asked without scoring.",
            "已作答。仅记录，不计分。",
        ),
        (optional("q"), NA, "not applicable. Left out of the score.", "不适用。不计入得分。"),
        (
            optional("q", "text"),
            NA,
            "not applicable. Asked without scoring.",
            "不适用。仅记录，不计分。",
        ),
    ],
)
def test_a_question_is_told_with_its_answer_and_its_points(
    written: Json, answer: object, en: str, zh: str
) -> None:
    assert texts({"q": answer}, section("one", written))[0] == (
        f"1.1 “q”: {en}",
        f"第 1.1 题“q”：{zh}",
    )


def test_what_was_not_asked_says_on_what_it_is_asked() -> None:
    mall = {"site": "kind", "equals": "competitor"}
    own = section("one", optional("q", condition=mall))
    around = section("two", optional("r"), condition=mall)
    found = texts({}, own, around)
    assert found[0] == (
        "Not asked: 1.1 “q”. It is asked only if the site is a competitor's.",
        "未提问：第 1.1 题“q”。提问条件：该门店为竞争对手门店。",
    )
    assert found[1] == (
        "Not asked: 2.1 “r”. “two” is asked only if the site is a competitor's.",
        "未提问：第 2.1 题“r”。“two”部分的提问条件：该门店为竞争对手门店。",
    )
    assert found[2][0] == "“one”: none of its questions was asked, so there is no score."


def test_what_is_asked_unless_something_is_so_is_said_with_unless() -> None:
    short = {"not": {"question": "wait", "more_than": 60}}
    asked = section("one", optional("wait", "duration"), optional("q", condition=short))
    found = texts({"wait": 90}, asked, section("two", optional("r"), condition=short))
    assert found[1] == (
        "Not asked: 1.2 “q”. It is asked unless question 1.1 “wait” is more than 1 min 0 s.",
        "未提问：第 1.2 题“q”。以下情况不提问：第 1.1 题“wait”大于 1 分 0 秒。",
    )
    assert found[2] == (
        "Not asked: 2.1 “r”. “two” is asked unless question 1.1 “wait” is more than 1 min 0 s.",
        "未提问：第 2.1 题“r”。“two”部分在以下情况不提问：第 1.1 题“wait”大于 1 分 0 秒。",
    )


@pytest.mark.parametrize(
    ("answer", "en", "zh"),
    [
        ("yes", "Yes. No demerits.", "是。总分不扣分。"),
        (
            "no",
            "No. Finding: this answer counts as failed. Demerits: 2.",
            "否。问题点：该答案记为问题点。总分扣 2 分。",
        ),
    ],
)
def test_a_question_that_only_costs_demerits_says_whether_it_did(
    answer: str, en: str, zh: str
) -> None:
    written = section("one", optional("q", weight=0, demerit=2, fails_at="no"))
    found = texts({"q": answer}, written, scoring={"method": "demerit"})
    assert found[0] == (f"1.1 “q”: {en}", f"第 1.1 题“q”：{zh}")

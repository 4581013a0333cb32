"""What people read of critical effects, and of an audit without a score."""

from __future__ import annotations

from tests.rules.documents import option
from tests.rules.explained import optional, section
from tests.words.explained_texts import texts


def test_several_effects_of_one_answer_are_said_one_by_one_and_name_the_choice() -> None:
    options = [option("clean", 2), option("pests", effect=["fail", {"cap": 60}])]
    found = texts(
        {"q": ["clean", "pests"]}, section("one", optional("q", "several", options=options))
    )
    assert (
        "Critical: 1.1 “q” (pests). The audit does not pass, whatever its score.",
        "关键项：第 1.1 题“q”（pests）。无论得分多少，本次暗访不通过。",
    ) in found
    assert any(
        en.startswith("Critical: 1.1 “q” (pests). The score can be no better") for en, _ in found
    )


def test_where_nothing_is_scored_it_is_said_that_nothing_is_compared_with_a_mark() -> None:
    parts = section("one", optional("q"), pass_mark=50), section("two", optional("r"))
    rules = {"every_section_must_pass": True}
    found = texts({}, *parts, scoring=rules)
    assert any("sets no pass mark" in en for en, _ in found)
    weightless = [section("one", optional("q"), pass_mark=50, weight=0), parts[1]]
    found = texts({"q": "yes"}, *weightless, scoring=rules)
    assert any("no score to compare with a pass mark" in en for en, _ in found)

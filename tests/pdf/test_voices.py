"""Which language the words of a document are said in."""

from __future__ import annotations

import pytest

from audit_api.pdf.painting.languages import alone, spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Findings", [("Findings", "")]),
        ("Café – 3 %", [("Café – 3 %", "")]),
        ("玻璃上有手印。", [("玻璃上有手印。", "zh")]),
        ("第 1.1 题：得 2 分", [("第 1.1 题：得 2 分", "zh")]),
        ("Findings · 问题点 (1)", [("Findings", ""), (" · 问题点 (1)", "zh")]),
        ("The staff were 很热情, the queue", [
            ("The staff were", ""), (" 很热情, ", "zh"), ("the queue", ""),
        ]),
        ("とても良い店", [("とても良い店", "")]),
    ],
)  # fmt: skip
def test_an_english_document_says_chinese_words_in_chinese(
    text: str, said: list[tuple[str, str]]
) -> None:
    assert list(spoken(text, "en")) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("问题点 (1)", [("问题点 (1)", "")]),
        ("2026-03-14 17:52 (UTC+00:00)", [("2026-03-14 17:52 (UTC+00:00)", "")]),
        ("净推荐值 NPS 42.50", [("净推荐值 NPS 42.50", "")]),
        ("Market Street", [("Market Street", "en")]),
        ("总得分 Overall score", [("总得分", ""), (" Overall score", "en")]),
        ("👍🏽", [("👍🏽", "")]),
    ],
)
def test_a_chinese_document_says_english_words_in_english_and_codes_in_its_own_tongue(
    text: str, said: list[tuple[str, str]]
) -> None:
    assert list(spoken(text, "zh")) == said


def test_a_text_is_in_the_other_language_where_all_of_it_is() -> None:
    assert alone("玻璃上有手印。", "en") == "zh"
    assert alone("Findings · 问题点", "en") == ""
    assert alone("", "zh") == ""

"""Which language a reader is shown, of those that there are."""

from __future__ import annotations

import pytest

from audit_api.words import pick, read_locale, say, spoken, vocabulary
from audit_api.words.languages import closest

NEAREST = [
    ("zh", ["en-US", "zh-CN"], "zh-CN"),
    ("en", ["zh-CN", "en-US"], "en-US"),
    ("zh", ["zh-TW", "zh-CN"], "zh-CN"),
    ("zh-CN", ["zh-Hant", "zh-Hans"], "zh-Hans"),
    ("zh-SG", ["zh-TW", "zh-CN"], "zh-CN"),
    ("zh-TW", ["zh-CN", "zh-Hant"], "zh-Hant"),
    ("zh-HK", ["zh", "zh-TW", "en"], "zh-TW"),
    ("zh-MO", ["zh-CN", "zh-TW", "zh-HK"], "zh-HK"),
    ("zh-Hant", ["en", "zh"], "zh"),
    ("zh-TW", ["en", "zh-CN"], "zh-CN"),
    ("zh-Hans-CN", ["en", "zh-TW"], "zh-TW"),
    ("zh_tw", ["zh-CN", "zh-TW"], "zh-TW"),
    ("ZH-cn", ["en", "zh"], "zh"),
    ("cmn-Hans", ["en", "zh-CN"], "zh-CN"),
    ("yue", ["en", "zh"], "zh"),
    ("en-GB", ["en-US", "en"], "en"),
    ("en-GB", ["en-US", "en-AU"], "en-AU"),
    ("en", ["en-GB", "en-US"], "en-US"),
    ("de-CH", ["de-AT", "de"], "de"),
    ("pt", ["pt-PT", "pt-BR"], "pt-BR"),
    ("pt-AO", ["pt-BR", "pt-PT"], "pt-PT"),
    ("pt-BR", ["en", "pt-PT"], "pt-PT"),
    ("es-MX", ["es-ES", "es-419"], "es-419"),
    ("zh", ["en-xyz-abc-def-ghi", "zh-CN"], "zh-CN"),
]


@pytest.mark.parametrize(("asked", "offered", "found"), NEAREST)
def test_the_nearest_language_is_found(asked: str, offered: list[str], found: str) -> None:
    assert closest(asked, offered) == found


@pytest.mark.parametrize("asked", ["fr", "ja", "*", "", "x-foo", "und", "no tag", "C", "中文"])
def test_what_is_near_no_language_finds_none(asked: str) -> None:
    assert closest(asked, ["en-US", "zh-CN"]) is None


def test_a_tag_longer_than_any_is_not_looked_at() -> None:
    assert closest("zh-" + "-".join(["abcdefgh"] * 4), ["zh"]) is None


def test_the_product_speaks_the_nearest_of_its_languages() -> None:
    assert [spoken(tag) for tag in ("zh-HK", "en-AU", "zh-Hans", "fr")] == ["zh", "en", "zh", None]
    assert vocabulary("zh-TW") == vocabulary("zh")
    assert say("answer.yes", "en-GB") == "Yes"
    assert say("answer.yes", "fr") == "Yes"


def test_a_list_inside_a_sentence_is_joined_as_its_language_does() -> None:
    assert say("fault.not_one_of", "zh-TW", accepted=["a", "b"]) == "可用：a、b。"


def test_a_reader_s_language_is_kept_as_it_is_spelt() -> None:
    assert read_locale("zh_hant_tw") == "zh-Hant-TW"
    assert read_locale("fr-CA") is None


def test_of_a_text_the_nearest_language_is_shown_and_else_the_first() -> None:
    text = {"fr": "thé", "en-US": "tea", "zh-CN": "茶叶", "zh-TW": "茶葉"}
    assert [pick(text, tag) for tag in ("zh", "zh-HK", "en-GB", "fr-CA", "ja")] == [
        "茶叶",
        "茶葉",
        "tea",
        "thé",
        "thé",
    ]
    assert pick({}, "zh") == ""

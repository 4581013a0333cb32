"""Conditions as people read them, in English and in Chinese."""

from __future__ import annotations

import pytest

from audit_api.words import LOCALES
from audit_api.words.checklist import words_of
from audit_api.words.conditions import condition
from tests.rules.documents import Json, option, words
from tests.rules.explained import compiled, optional, section

CHOICES = [option("tea", 1), option("cake", 2)]

ASKED: dict[str, tuple[Json, str, str]] = {
    "kind": (
        {"site": "kind", "equals": "competitor"},
        "the site is a competitor's",
        "该门店为竞争对手门店",
    ),
    "word": (
        {"site": "format", "one_of": ["mall", "street"]},
        "the site's “format” is one of “mall”, “street”",
        "门店的“format”为“mall”、“street”之一",
    ),
    "number": (
        {"site": "area", "at_least": 99.5},
        "the site's “area” is at least 99.5",
        "门店的“area”不少于 99.5",
    ),
    "flag": (
        {"site": "parking", "equals": True},
        "the site's “parking” is Yes",
        "门店的“parking”为是",
    ),
    "unknown": (
        {"site": "area", "answered": False},
        "the site's “area” is not known",
        "门店的“area”未登记",
    ),
    "yes": (
        {"question": "greeted", "equals": "yes"},
        "question 1.1 “greeted” is “Yes”",
        "第 1.1 题“greeted”为“是”",
    ),
    "several": (
        {"question": "offered", "contains": "tea"},
        "question 1.2 “offered” includes “tea”",
        "第 1.2 题“offered”包含“tea”",
    ),
    "measure": (
        {"question": "wait", "more_than": 90},
        "question 1.3 “wait” is more than 1 min 30 s",
        "第 1.3 题“wait”大于 1 分 30 秒",
    ),
    "clock": (
        {"question": "entered", "less_than": "14:30"},
        "question 1.4 “entered” is before 14:30",
        "第 1.4 题“entered”早于 14:30",
    ),
    "answered": (
        {"question": "wait", "answered": True},
        "question 1.3 “wait” has an answer",
        "第 1.3 题“wait”已作答",
    ),
}


BEFORE = section(
    "one",
    optional("greeted"),
    optional("offered", "several", options=CHOICES),
    optional("wait", "duration"),
    optional("entered", "time"),
)
ATTRIBUTES = [
    {"key": "format", "title": words("format"), "type": "word"},
    {"key": "area", "title": words("area"), "type": "number"},
    {"key": "parking", "title": words("parking"), "type": "flag"},
]


def said_of(written: Json) -> tuple[str, ...]:
    """A condition in words, in all languages."""
    parsed, _ = compiled(
        BEFORE, section("two", optional("q", condition=written)), site_attributes=ATTRIBUTES
    )
    held = parsed.touchpoints[1].questions[0].condition
    assert held is not None
    return tuple(condition(held, words_of(parsed, locale)) for locale in LOCALES)


@pytest.mark.parametrize("kind", ASKED)
def test_a_test_is_said_as_people_say_it(kind: str) -> None:
    written, en, zh = ASKED[kind]
    assert said_of(written) == (en, zh)


def test_a_condition_keeps_its_brackets() -> None:
    mall, yes = ASKED["kind"][0], ASKED["yes"][0]
    written = {"all": [{"any": [mall, yes]}, {"not": {"all": [yes, mall]}}, {"not": yes}]}
    en, zh = said_of(written)
    own, greeted = ASKED["kind"][1], ASKED["yes"][1]
    not_own, not_greeted = own.replace("is a", "is not a"), greeted.replace(" is ", " is not ")
    assert en == f"({own} or {greeted}) and ({not_greeted} or {not_own}) and {not_greeted}"
    own, greeted = ASKED["kind"][2], ASKED["yes"][2]
    not_own, not_greeted = own.replace("为", "不为"), greeted.replace("为", "不为")
    assert zh == f"（{own}，或{greeted}），且（{not_greeted}，或{not_own}），且{not_greeted}"
    assert said_of({"all": [mall]}) == said_of({"not": {"not": mall}}) == said_of(mall)


@pytest.mark.parametrize(
    ("written", "en", "zh"),
    [
        ({"question": "greeted", "equals": "yes"}, "is not “Yes”", "不为“是”"),
        (
            {"question": "greeted", "one_of": ["yes", "no"]},
            "is none of “Yes”, “No”",
            "不是“是”、“否”中的任何一项",
        ),
        ({"question": "offered", "contains": "tea"}, "does not include “tea”", "不包含“tea”"),
        ({"question": "wait", "less_than": 5}, "is not less than 0 min 5 s", "不小于 0 分 5 秒"),
        ({"question": "wait", "at_most": 5}, "is not at most 0 min 5 s", "不在 0 分 5 秒 以内"),
        ({"question": "wait", "more_than": 5}, "is not more than 0 min 5 s", "不大于 0 分 5 秒"),
        ({"question": "wait", "at_least": 5}, "is not at least 0 min 5 s", "未达到 0 分 5 秒"),
        ({"question": "entered", "less_than": "14:30"}, "is not before 14:30", "不早于 14:30"),
        (
            {"question": "entered", "at_most": "14:30"},
            "is not 14:30 or earlier",
            "不在 14:30 或之前",
        ),
        ({"question": "entered", "more_than": "14:30"}, "is not after 14:30", "不晚于 14:30"),
        (
            {"question": "entered", "at_least": "14:30"},
            "is not 14:30 or later",
            "不在 14:30 或之后",
        ),
        ({"question": "wait", "answered": True}, "has no answer", "未作答"),
        ({"question": "wait", "answered": False}, "has an answer", "已作答"),
        ({"site": "area", "answered": True}, "is not known", "未登记"),
    ],
)
def test_a_test_that_must_not_hold_is_said_as_people_say_it(
    written: Json, en: str, zh: str
) -> None:
    said = said_of({"not": written})
    assert said[0].endswith(f"” {en}")
    assert said[1].endswith(f"”{zh}")

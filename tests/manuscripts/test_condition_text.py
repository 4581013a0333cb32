"""Conditions in cells: written as a person would, read back as they were, faults at their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_api.errors import Refused
from audit_api.manuscripts.workbook import condition_text, condition_writing
from audit_api.manuscripts.workbook.condition_text import Names
from tests.manuscripts.documents import Json
from tests.manuscripts.words import KEYS
from tests.sheets.words import NASTY

NAMES = Names({"greeted", "wait", "both", "and", "products"}, {"kind", "both", "area", "in"})
TEXT = st.text(max_size=12) | st.sampled_from([*NASTY, *KEYS, "true", "FALSE", "-1", "1e5", ""])
NUMBER = st.integers(-(10**9), 10**9) | st.integers(-(10**9), 10**9).map(lambda held: held / 1000)
OPERATORS = ["less_than", "at_most", "more_than", "at_least"]


def subjects() -> st.SearchStrategy[Json]:
    asked = st.sampled_from(sorted(NAMES.questions)).map(lambda key: {"question": key})
    return asked | st.sampled_from(sorted(NAMES.attributes)).map(lambda key: {"site": key})


def comparisons() -> st.SearchStrategy[Json]:
    values = TEXT | NUMBER | st.booleans()
    operand = st.one_of(
        values.map(lambda value: {"equals": value}),
        st.lists(values, min_size=1, max_size=4).map(lambda several: {"one_of": several}),
        values.map(lambda value: {"contains": value}),
        st.booleans().map(lambda flag: {"answered": flag}),
        st.tuples(st.sampled_from(OPERATORS), values).map(lambda pair: {pair[0]: pair[1]}),
    )
    return st.tuples(subjects(), operand).map(lambda pair: pair[0] | pair[1])


CONDITIONS = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=8,
)


def read(text: str) -> Json:
    return condition_text.read(text, NAMES)


@given(CONDITIONS)
def test_every_condition_comes_back_from_its_text(condition: Json) -> None:
    assert read(condition_writing.write(condition, NAMES)) == condition


def asked(key: str, **test: object) -> Json:
    return {"question": key, **test}


YES, LONG, OWN = (
    asked("greeted", equals="yes"),
    asked("wait", more_than=300),
    {
        "site": "kind",
        "equals": "own",
    },
)
WRITTEN = [
    ("greeted = yes", YES),
    ("greeted != yes", {"not": YES}),
    ("wait < 300", asked("wait", less_than=300)),
    ("wait <= 30.5", asked("wait", at_most=30.5)),
    ("wait > 300", LONG),
    ("wait >= -1", asked("wait", at_least=-1)),
    ("greeted in (yes, no)", asked("greeted", one_of=["yes", "no"])),
    ("greeted not in (yes)", {"not": asked("greeted", one_of=["yes"])}),
    ("products contains shoes", asked("products", contains="shoes")),
    ("wait is answered", asked("wait", answered=True)),
    ("wait is not answered", asked("wait", answered=False)),
    ("not (wait is answered)", {"not": asked("wait", answered=True)}),
    ("greeted = yes and wait > 300", {"all": [YES, LONG]}),
    ("greeted = yes or wait > 300", {"any": [YES, LONG]}),
    ("greeted = yes and (wait > 300 or kind = own)", {"all": [YES, {"any": [LONG, OWN]}]}),
    ("not (greeted = yes or wait > 300)", {"not": {"any": [YES, LONG]}}),
    ("all(greeted = yes)", {"all": [YES]}),
    ("(greeted = yes and wait > 300) and kind = own", {"all": [{"all": [YES, LONG]}, OWN]}),
    ("both = x", asked("both", equals="x")),
    ("site.both = x", {"site": "both", "equals": "x"}),
    ("question.and = x", asked("and", equals="x")),
    ("site.in = x", {"site": "in", "equals": "x"}),
    ("area = true", {"site": "area", "equals": True}),
    ('greeted = "true"', asked("greeted", equals="true")),
    ('greeted = "12"', asked("greeted", equals="12")),
    ('greeted = "say ""x"""', asked("greeted", equals='say "x"')),
    ("greeted = 2026-03-01", asked("greeted", equals="2026-03-01")),
    ("greeted = 14:30", asked("greeted", equals="14:30")),
    ("greeted = 商场", asked("greeted", equals="商场")),
]


@pytest.mark.parametrize(("text", "condition"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_condition_is_written_in_one_way(text: str, condition: Json) -> None:
    assert read(text) == condition
    assert condition_writing.write(condition, NAMES) == text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("  greeted=yes  ", "greeted = yes"),
        ("greeted == yes", "greeted = yes"),
        ("greeted <> yes", "greeted != yes"),
        ("((greeted = yes))", "greeted = yes"),
        ("NOT greeted = yes", "greeted != yes"),
        ("greeted answered", "greeted is answered"),
        ("greeted = yes AND wait > 300", "greeted = yes and wait > 300"),
        ("all(greeted = yes, wait > 300)", "greeted = yes and wait > 300"),
        ("greeted＝yes 且 wait＞300", "greeted = yes and wait > 300"),
        ("greeted 属于（yes，no）或 wait ≤ 3", "greeted in (yes, no) or wait <= 3"),
        ("wait ≥ 3 并且 非（products 包含 a）", "wait >= 3 and not (products contains a)"),
        ("wait 是 已答 或者 wait 不 已答", "wait is answered or wait is not answered"),
        ("greeted = “（全角，不变）”", 'greeted = "（全角，不变）"'),
        ("greeted = yes\nand\nwait > 300", "greeted = yes and wait > 300"),
        ("both = “a b”", 'both = "a b"'),
        ("both = ”a b“", 'both = "a b"'),
        ('both = “a b"', 'both = "a b"'),
        ("both = ‘a b’", 'both = "a b"'),
        ("both = 'a b'", 'both = "a b"'),
        ("both = ’a b’", 'both = "a b"'),
        ("both = ＂a b＂", 'both = "a b"'),
        ("both = 「a b」", 'both = "a b"'),
        ("both in （‘a，b’，“c”）", 'both in ("a，b", c)'),
        ("both = it's", 'both = "it\'s"'),
        ("both = 是", 'both = "是"'),
    ],
)
def test_people_s_own_ways_of_writing_are_understood(text: str, same: str) -> None:
    assert read(text) == read(same)


SPOKEN = Names({"greeted", "remark"}, {"open", "kind"}, yes_no={"greeted"}, flags={"open"})


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("greeted = 是", asked("greeted", equals="yes")),
        ("greeted＝否", asked("greeted", equals="no")),
        ("greeted = “是”", asked("greeted", equals="yes")),
        ("greeted != 否", {"not": asked("greeted", equals="no")}),
        ("greeted = Yes", asked("greeted", equals="yes")),
        ("greeted 属于（是，否）", asked("greeted", one_of=["yes", "no"])),
        ("greeted = 是 且 open = 否", {"all": [YES, {"site": "open", "equals": False}]}),
        ("open = yes", {"site": "open", "equals": True}),
        ("open = true", {"site": "open", "equals": True}),
        ("remark = 是", asked("remark", equals="是")),
        ("remark = yes", asked("remark", equals="yes")),
        ("kind = no", {"site": "kind", "equals": "no"}),
    ],
)
def test_yes_and_no_are_understood_in_every_language_where_they_are_answers(
    text: str, condition: Json
) -> None:
    assert condition_text.read(text, SPOKEN) == condition


@pytest.mark.parametrize(
    ("text", "code", "near", "position"),
    [
        ("greeted", "condition_comparison_expected", "", 8),
        ("greeted yes", "condition_comparison_expected", "yes", 9),
        ("= yes", "condition_subject_expected", "=", 1),
        ("and = yes", "condition_subject_expected", "and", 1),
        ("greeted =", "condition_value_expected", "", 10),
        ("greeted = and", "condition_value_expected", "and", 11),
        ("greeted in yes", "condition_list_expected", "yes", 12),
        ("greeted in (yes", "condition_bracket_expected", "", 16),
        ("(greeted = yes", "condition_bracket_expected", "", 15),
        ("greeted = yes)", "condition_end_expected", ")", 14),
        ("greeted = yes wait > 3", "condition_end_expected", "wait", 15),
        ("a = 1 and b = 1 or c = 1", "condition_mixed", "or", 17),
        ('greeted = "yes', "condition_unreadable", '"yes', 11),
        ("greeted ! yes", "condition_unreadable", "! yes", 9),
        ("greeted = ‘yes", "condition_unreadable", "‘yes", 11),
        ("greeted = 已答", "condition_value_expected", "已答", 11),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(
    text: str, code: str, near: str, position: int
) -> None:
    with pytest.raises(Refused) as caught:
        read(text)
    assert (caught.value.code, caught.value.values) == (
        code,
        {"near": near, "position": position},
    )


def test_brackets_without_end_are_refused_before_python_gives_up() -> None:
    for brackets, code in ((1_000, "condition_too_deep"), (10_000, "condition_too_long")):
        with pytest.raises(Refused) as caught:
            read("(" * brackets + "greeted = yes" + ")" * brackets)
        assert caught.value.code == code

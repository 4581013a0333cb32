"""`relevant` expressions become conditions that hold for the same answers, or are noted."""

from __future__ import annotations

import pytest

from tests.manuscripts.documents import Json
from tests.manuscripts.forms import GREETED, Line, carried, form, read, row

CHOICES: list[Line] = [
    {"list_name": "yn", "name": "yes", "label": "Yes", "points": 1},
    {"list_name": "yn", "name": "no", "label": "No", "points": 0},
    {"list_name": "count", "name": "1", "label": "One", "points": 1},
    {"list_name": "count", "name": "2", "label": "Two", "points": 0},
    {"list_name": "sure", "name": "是", "label": "Yes", "points": 1},
]
EARLIER: list[Line] = [
    GREETED,
    row("select_multiple yn", "Seen"),
    row("select_one count", "people"),
    row("decimal", "price"),
    row("range", "mood", parameters="start=1 end=5 step=1"),
    row("text", "remark"),
    row("date", "day"),
    row("image", "shelf"),
    row("acknowledge", "ready"),
    row("note", "hello"),
    row("select_one sure", "certain"),
]


@pytest.mark.parametrize("kind", ["begin group", "text"])
def test_the_condition_of_a_group_is_read_like_that_of_a_question(kind: str) -> None:
    group = row(kind, "g", relevant="${greeted} = ‘yes’")
    inside = [row("text", "inner"), row("end group")] if kind != "text" else []
    imported = read(form(GREETED, group, *inside, choices=CHOICES))
    assert imported.document is not None
    assert "'condition': {'question': 'greeted', 'equals': 'yes'}" in str(imported.document)


def last(expression: str) -> tuple[Json | None, list[str]]:
    """The condition that comes of an expression, and what is noted of its cell."""
    asked = row("text", "last", relevant=expression)
    questions, noted = carried(*EARLIER, asked, choices=CHOICES)
    place = f"survey!E{len(EARLIER) + 3}"
    return questions["last"].get("condition"), [code for at, code in noted if at == place]


YES = {"question": "greeted", "equals": "yes"}
SEEN = {"question": "seen", "contains": "no"}


@pytest.mark.parametrize(
    ("expression", "condition"),
    [
        ("${greeted} = 'yes'", YES),
        ('${greeted} = "yes"', YES),
        ("'yes' = ${greeted}", YES),
        ("${greeted} = ‘yes’", YES),
        ("${greeted} = “yes”", YES),
        ("selected(${greeted},\u00a0’yes’)", YES),
        ("  ${greeted}\u3000=\n'yes' ", YES),
        ("selected(${greeted}, 'yes')", YES),
        ("${greeted} != 'yes'", {"not": YES}),
        ("selected(${Seen}, 'no')", SEEN),
        ("not(selected(${Seen}, 'no'))", {"not": SEEN}),
        ("${Seen} = ''", {"question": "seen", "answered": False}),
        ("${people} = 1", {"question": "people", "equals": "o_1"}),
        ("${people} = '2'", {"question": "people", "equals": "o_2"}),
        ("${price} > 3", {"question": "price", "more_than": 3}),
        ("${price} >= 2.5", {"question": "price", "at_least": 2.5}),
        ("${price} < -1", {"question": "price", "less_than": -1}),
        ("5 >= ${price}", {"question": "price", "at_most": 5}),
        ("${price} = '3'", {"question": "price", "equals": 3}),
        ("${mood} <= 2", {"question": "mood", "at_most": 2}),
        ("${remark} = 'fine'", {"question": "remark", "equals": "fine"}),
        ("${remark} != ''", {"question": "remark", "answered": True}),
        ("'' != ${shelf}", {"question": "shelf", "answered": True}),
        ("${day} > '2026-03-01'", {"question": "day", "more_than": "2026-03-01"}),
        ("${ready} = 'OK'", {"question": "ready", "equals": "yes"}),
        (
            "${greeted} = 'yes' and selected(${Seen}, 'no') or ${price} > 3",
            {"any": [{"all": [YES, SEEN]}, {"question": "price", "more_than": 3}]},
        ),
        (
            "${greeted} = 'yes' and (selected(${Seen}, 'no') or ${price} > 3)",
            {"all": [YES, {"any": [SEEN, {"question": "price", "more_than": 3}]}]},
        ),
    ],
)
def test_an_expression_becomes_the_condition_that_says_the_same(
    expression: str, condition: Json
) -> None:
    assert last(expression) == (condition, [])


@pytest.mark.parametrize(
    ("expression", "condition"),
    [
        ("${greeted} = yes", YES),
        ("no != ${greeted}", {"not": {"question": "greeted", "equals": "no"}}),
        ("selected(${Seen}, no)", SEEN),
        ("${certain} = 是", {"question": "certain", "equals": "o"}),
    ],
)
def test_a_choice_without_quotes_is_taken_as_meant_and_noted(
    expression: str, condition: Json
) -> None:
    assert last(expression) == (condition, ["xlsform_unquoted"])


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("${price} = dear", "xlsform_expression"),
        ("${greeted} = 是", "xlsform_choice"),
        ("${greeted} = true()", "xlsform_expression"),
        ("${price} > ${mood}", "xlsform_expression"),
        ("${price} + 1 > 3", "xlsform_expression"),
        ("count-selected(${Seen}) > 1", "xlsform_expression"),
        ("regex(${remark}, 'a')", "xlsform_expression"),
        ("true()", "xlsform_expression"),
        ("1 = 1", "xlsform_expression"),
        ("${greeted} = 'yes' and", "xlsform_expression"),
        ("(${greeted} = 'yes'", "xlsform_expression"),
        ("${greeted} = 'yes' ${price} > 3", "xlsform_expression"),
        ("${hello} = 'x'", "xlsform_reference"),
        ("${last} = 'x'", "xlsform_reference"),
        ("${greeted} = 'perhaps'", "xlsform_choice"),
        ("${people} > 1", "xlsform_comparison"),
        ("${Seen} = 'no'", "xlsform_comparison"),
        ("${price} = 'cheap'", "xlsform_comparison"),
        ("${day} = 'soon'", "xlsform_comparison"),
        ("${day} > '2026-3-1'", "xlsform_comparison"),
        ("${shelf} = 'a.jpg'", "xlsform_comparison"),
        (" or ".join(["${price} > 3"] * 21), "xlsform_expression_large"),
        ("not(" * 6 + "${price} > 3" + ")" * 6, "xlsform_expression_large"),
        ("(" * 200 + "${price} > 3" + ")" * 200, "xlsform_expression_large"),
    ],
)
def test_an_expression_that_no_condition_says_is_noted(expression: str, code: str) -> None:
    assert last(expression) == (None, [code])

"""Every choice of a form keeps what its own row says, however names are written."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from audit_api.manuscripts.xlsform.reading import read_xlsform
from tests.manuscripts.documents import Json
from tests.manuscripts.forms import Line, form, read, row
from tests.manuscripts.remarks import faults, notes

DUPLICATES: Line = {"form_title": "T", "allow_choice_duplicates": "yes"}
BLANKS = ["", " ", "  ", "\u00a0", "\u3000", "\t", "\n"]


def choice(name: object, label: str, **cells: object) -> Line:
    return {"list_name": "q", "name": name, "label": label, **cells}


def options(*choices: Line, settings: Line | None = None, **cells: object) -> list[Json]:
    """The options of a question that offers these choices."""
    asked = row("select_one q", "q", **cells)
    imported = read(form(asked, choices=choices, settings=settings))
    assert imported.document is not None
    found: list[Json] = imported.document["touchpoints"][0]["questions"][0]["options"]
    return found


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_around_a_name_lose_neither_points_nor_flag(blank: str) -> None:
    assert options(
        choice(f"{blank}good", "Good", points=2),
        choice(f"bad{blank}", "Bad", points=0, failed="yes"),
    ) == [
        {"key": "good", "title": {"en": "Good"}, "points": 2},
        {"key": "bad", "title": {"en": "Bad"}, "points": 0, "failed": True},
    ]


@pytest.mark.parametrize("name", ["a  b", "a\u00a0b", "a\tb", "a\nb", True, 1, 2.5, "是", "‘a’"])
def test_a_name_of_any_kind_keeps_its_row(name: object) -> None:
    found = options(choice(name, "A", points=3), choice("z", "Z", points=1))
    assert [(each["title"], each["points"]) for each in found] == [
        ({"en": "A"}, 3),
        ({"en": "Z"}, 1),
    ]


def test_choices_that_share_a_name_keep_what_each_row_says() -> None:
    king = [
        choice("king", "King (WA)", points=5),
        choice("king", "King (TX)", points=1, failed="yes"),
    ]
    assert options(*king, settings=DUPLICATES) == [
        {"key": "king", "title": {"en": "King (WA)"}, "points": 5},
        {"key": "king_2", "title": {"en": "King (TX)"}, "points": 1, "failed": True},
    ]
    imported = read(form(row("select_one q", "q"), choices=king, settings=DUPLICATES))
    told = [note for note in imported.notes if note.code == "xlsform_choice_twice"]
    assert [(str(note.place), str(note.values["first"])) for note in told] == [
        ("choices!B3", "choices!B2")
    ]


@pytest.mark.parametrize(
    ("kind", "condition"),
    [
        ("select_one q", {"question": "q", "one_of": ["king", "king_2"]}),
        (
            "select_multiple q",
            {"any": [{"question": "q", "contains": key} for key in ("king", "king_2")]},
        ),
    ],
)
def test_a_condition_on_a_shared_name_holds_for_each_that_has_it(
    kind: str, condition: Json
) -> None:
    data = form(
        row(kind, "q"),
        row("text", "why", relevant="selected(${q}, 'king')"),
        choices=[choice("king", "A", points=1), choice("king", "B"), choice("queen", "C")],
        settings=DUPLICATES,
    )
    document = read(data).document
    assert document is not None
    assert document["touchpoints"][0]["questions"][1]["condition"] == condition


@pytest.mark.parametrize("name", ["YesNo", "Yes-No", "1st", "是否", "yes_no", " yn "])
def test_a_list_of_any_name_is_taken_and_renamed_with_a_note(name: str) -> None:
    choices = [
        {"list_name": name, "name": "a", "label": "A", "points": 1},
        {"list_name": name, "name": "b", "label": "B", "points": 0},
    ]
    asked = [row(f"select_one {name.strip()}", key) for key in ("p", "q")]
    imported = read(form(*asked, choices=choices))
    assert imported.document is not None
    (key,) = imported.document["response_sets"]
    assert [each["response_set"] for each in imported.document["touchpoints"][0]["questions"]] == [
        key,
        key,
    ]
    assert (("choices!A2", "xlsform_renamed") in notes(imported)) == (key != name.strip())


def test_lists_of_names_that_are_alike_stay_apart() -> None:
    choices = [
        {"list_name": name, "name": "a", "label": name, "points": worth}
        for worth, name in enumerate(["Yes-No", "yes_no", "YES NO"])
        if " " not in name
    ]
    data = form(row("select_one Yes-No", "p"), row("select_one yes_no", "q"), choices=choices)
    document = read(data).document
    assert document is not None
    found = [each["options"] for each in document["touchpoints"][0]["questions"]]
    assert [option["title"]["en"] for (option,) in found] == ["Yes-No", "yes_no"]


@pytest.mark.parametrize(
    "heading", ["points", "Points", " POINTS ", "score", "Score", "point", "分数", "分值", "weight"]
)
def test_points_are_found_however_their_column_is_called(heading: str) -> None:
    found = options(choice("a", "A", **{heading: 5}), choice("b", "B", **{heading: "1.5 "}))
    assert [each["points"] for each in found] == [5, 1.5]


@pytest.mark.parametrize(
    "heading",
    [
        *("pionts", "ponits", "faild", "failled"),
        *("point_value", "Points (max)", "score_en", "得分（分）", "本题分值", "is_failed"),
    ],
)
def test_a_slip_in_the_heading_of_points_or_flags_is_a_fault(heading: str) -> None:
    choices = [choice("a", "A", **{heading: 1})]
    imported = read_xlsform(form(row("select_one q", "q"), choices=choices))
    assert faults(imported) == [("choices!D1", "heading_misspelt")]


def test_points_in_two_columns_of_one_name_are_a_fault() -> None:
    data = form(row("select_one q", "q"), choices=[choice("a", "A", points=1, Points=5)])
    assert faults(read_xlsform(data)) == [("choices!E1", "heading_repeated")]


def test_beside_points_a_column_of_the_form_s_own_is_only_noted() -> None:
    found = options(choice("a", "A", points=1, failed="yes", max_points=5, order=2, state="x"))
    assert found == [{"key": "a", "title": {"en": "A"}, "points": 1, "failed": True}]


@pytest.mark.parametrize(
    ("given", "points"), [("5 ", 5), ("5.0", 5), ("５", 5), (" 2.5", 2.5), (5.0, 5), ("-1", -1)]
)
def test_numbers_as_texts_are_numbers(given: object, points: float) -> None:
    assert (
        options(choice("a", "A", points=given), choice("b", "B", points=1))[0]["points"] == points
    )


@pytest.mark.parametrize("given", ["5,0", "five", "5 points", "+5", "2026-01-05", "1/2"])
def test_points_that_are_no_number_are_never_nothing(given: str) -> None:
    data = form(row("select_one q", "q"), choices=[choice("a", "A", points=given)])
    assert faults(read_xlsform(data)) == [("choices!D2", "cell_number")]


def test_a_choice_without_a_list_is_a_fault_and_a_remark_is_noted() -> None:
    lines: list[Line] = [
        choice("a", "A", points=1),
        {"name": "b", "label": "B", "points": 5},
        {"label": "only a remark"},
    ]
    imported = read_xlsform(form(row("select_one q", "q"), choices=lines))
    assert faults(imported) == [("choices!3", "option_without_list")]
    assert ("choices!4", "xlsform_row") in notes(imported)


def test_choices_in_random_order_are_asked_in_their_own() -> None:
    found = options(choice("a", "A", points=1), choice("b", "B"), parameters="randomize=true")
    assert [each["key"] for each in found] == ["a", "b"]


def test_a_thousand_choices_without_a_latin_letter_have_keys_of_their_own() -> None:
    found = options(
        *(choice(f"{chr(0x4E00 + at)}", f"No. {at}", points=at % 7) for at in range(1002))
    )
    assert len({each["key"] for each in found}) == 1002
    assert [each["points"] for each in found] == [at % 7 for at in range(1002)]


NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(BLANKS),
    st.sampled_from(["a", "b", "A", "a-1", "a  b", "other", "是", "1", "a\u00a0b", "“a”"]),
    st.sampled_from(BLANKS),
)
LISTS = st.builds(
    "{}{}{}".format,
    st.sampled_from(BLANKS),
    st.sampled_from(["yn", "YesNo", "1st"]),
    st.sampled_from(BLANKS),
)
CHOICES = st.lists(
    st.fixed_dictionaries(
        {
            "list_name": LISTS,
            "name": NAMES,
            "label": st.text("ab是“”", min_size=1, max_size=4),
            "points": st.integers(0, 9) | st.sampled_from(["3 ", "\u30002.5", "0"]),
            "failed": st.sampled_from([None, "yes", "no", True, "否"]),
        }
    ),
    min_size=1,
    max_size=8,
)
FAILED = {None: None, "yes": True, "no": False, True: True, "否": False}


def said(line: Mapping[str, object]) -> tuple[object, ...]:
    """What a row of choices says: label, points and flag."""
    points = str(line["points"]).strip()
    return str(line["label"]).strip(), float(points), FAILED[line["failed"]]  # type: ignore[index]


@pytest.mark.slow
@given(CHOICES)
@settings(deadline=None, max_examples=40)
def test_every_choice_is_as_its_row_and_every_list_as_pyxform_has_it(choices: list[Line]) -> None:
    used = {str(line["list_name"]).strip() for line in choices}
    survey = [
        row(f"select_one {name}", f"{letter}{number}")
        for number, name in enumerate(sorted(used))
        for letter in "pq"
    ]
    data = form(*survey, choices=choices, settings=DUPLICATES)
    document = read(data).document
    assert document is not None
    theirs = workbook_to_json(get_xlsform(data), form_name="form")["choices"]
    ours = dict(zip(theirs, document["response_sets"].values(), strict=True))
    for name in used:
        rows = [line for line in choices if str(line["list_name"]).strip() == name]
        assert [
            (each["title"]["en"], float(each["points"]), each.get("failed")) for each in ours[name]
        ] == [said(line) for line in rows]
        assert len(theirs[name]) == len(rows)
        keys = [each["key"] for each in ours[name]]
        assert len(set(keys)) == len(keys)
        assert all(re.fullmatch("[a-z][a-z0-9_]*", key) for key in keys)

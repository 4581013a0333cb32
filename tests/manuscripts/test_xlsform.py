"""XLSForms become checklists as far as checklists go, and nothing is left behind in silence."""

from __future__ import annotations

import pytest

from audit_api.manuscripts.xlsform import form as forms
from audit_api.manuscripts.xlsform.reading import read_xlsform
from tests.manuscripts.documents import Json
from tests.manuscripts.forms import GREETED, YES_NO, carried, form, row
from tests.manuscripts.remarks import faults
from tests.sheets.books import book

OPTIONAL = {"required": False}


def between(kind: str, low: float, high: float) -> Json:
    return {"type": kind, "min": low, "max": high}


@pytest.mark.parametrize(
    ("written", "members"),
    [
        (row("select_one yn", "q"), {"type": "single", "options": None}),
        (row("select one from yn", "q"), {"type": "single", "options": None}),
        (row("select_multiple yn", "q"), {"type": "several", "options": None}),
        (row("decimal", "q"), {"type": "number"}),
        (row("decimal", "q", constraint=". >= 0.5 and . <= 9"), between("number", 0.5, 9)),
        (row("integer", "q", constraint=". >= 0"), {"type": "count"}),
        (row("integer", "q", constraint="(.>0) and (.<11)"), between("number", 1, 10)),
        (row("range", "q", parameters="start=1 end=5 step=1"), between("scale", 1, 5)),
        (row("range", "q", parameters="start=0 end=1 step=0.1"), between("number", 0, 1)),
        (row("range", "q", parameters="start=1.0 end=5.0 step=1.0"), between("scale", 1, 5)),
        (row("range", "q", parameters="start=.5 end=1e1 step=.5"), between("number", 0.5, 10)),
        (row("text", "q"), {"type": "text"}),
        (row("string", "q"), {"type": "text"}),
        (row("date", "q"), {"type": "date"}),
        (row("dateTime", "q"), {"type": "date"}),
        (row("time", "q"), {"type": "time"}),
        (row("image", "q"), {"type": "photo"}),
        (row("photo", "q"), {"type": "photo"}),
        (row("image", "q", appearance="signature"), {"type": "signature"}),
        (row("geopoint", "q"), {"type": "place"}),
        (row("barcode", "q"), {"type": "barcode"}),
        (row("acknowledge", "q"), {"type": "yes_no", "points": 0}),
        (row("trigger", "q"), {"type": "yes_no", "points": 0}),
    ],
)
def test_a_type_becomes_the_type_that_asks_the_same(written: Json, members: Json) -> None:
    questions, _ = carried(written)
    found = questions["q"]
    if "options" in found:
        found = found | {"options": None}
    assert found == {"key": "q", "title": {"en": "q"}} | OPTIONAL | members


@pytest.mark.parametrize(
    ("written", "place", "code"),
    [
        (row("note", "n"), "survey!A4", "xlsform_note"),
        (row("calculate", "n", calculation="1 + 1"), "survey!A4", "xlsform_calculation"),
        (row("hidden", "n"), "survey!A4", "xlsform_calculation"),
        (row("start", "n"), "survey!A4", "xlsform_metadata"),
        (row("username", "n"), "survey!A4", "xlsform_metadata"),
        (row("audio", "n"), "survey!A4", "xlsform_type"),
        (row("video", "n"), "survey!A4", "xlsform_type"),
        (row("file", "n"), "survey!A4", "xlsform_type"),
        (row("geotrace", "n"), "survey!A4", "xlsform_type"),
        (row("rank yn", "n"), "survey!A4", "xlsform_type"),
        (row("rank yn or_other", "n"), "survey!A4", "xlsform_type"),
        (row("select_one_external towns", "n"), "survey!A4", "xlsform_outside"),
        (
            row("select_one_external  towns", "n", choice_filter="a=1"),
            "survey!A4",
            "xlsform_outside",
        ),
        (row("select_one ${greeted}", "n"), "survey!A4", "xlsform_outside"),
        (row("select_multiple_from_file a.csv", "n"), "survey!A4", "xlsform_outside"),
        (
            row("select_one_from_file a.csv", "n", parameters="randomize=true"),
            "survey!A4",
            "xlsform_outside",
        ),
        (row("sorcery", "n"), "survey!A4", "xlsform_type"),
        (row("select_one_from_file shops.csv", "n"), "survey!A4", "xlsform_outside"),
    ],
)
def test_a_type_that_a_checklist_has_not_is_noted(written: Json, place: str, code: str) -> None:
    questions, noted = carried(GREETED, written)
    assert list(questions) == ["greeted"]
    assert (place, code) in noted


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"default": "5"}, "xlsform_column"),
        ({"appearance": "minimal"}, "xlsform_column"),
        ({"readonly": "yes"}, "xlsform_column"),
        ({"constraint": "regex(., '[0-9]+')"}, "xlsform_column"),
        ({"constraint": ". > 0"}, "xlsform_column"),
        ({"constraint_message": "No!"}, "xlsform_column"),
        ({"required": "${greeted} = 'yes'"}, "xlsform_required"),
        ({"media__image": "a.png"}, "xlsform_column"),
        ({"guidance_hint": "More"}, "xlsform_column"),
        ({"my own column": "x"}, "xlsform_column"),
        ({"label": "Why ${greeted}?"}, "xlsform_inserted"),
    ],
)
def test_what_a_column_says_beyond_a_checklist_is_noted(cells: Json, code: str) -> None:
    questions, noted = carried(GREETED, row("decimal", "q", **cells))
    assert questions["q"]["type"] == "number"
    column = "D" if "label" not in cells else "C"
    assert (f"survey!{column}4", code) in noted


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (row("integer", "q"), "xlsform_integer"),
        (row("range", "q", parameters="start=0 end=10 step=2"), "xlsform_step"),
        (row("dateTime", "q"), "xlsform_date_time"),
        (row("acknowledge", "q"), "xlsform_acknowledge"),
        ({"type": "text", "name": "q"}, "xlsform_unlabelled"),
        (row("text", "Q-1"), "xlsform_renamed"),
    ],
)
def test_what_is_carried_over_with_a_difference_is_noted(written: Json, code: str) -> None:
    _, noted = carried(written)
    assert code in [told for _, told in noted]


def test_required_hint_and_weight_are_carried_over() -> None:
    questions, noted = carried(GREETED | {"required": "yes", "hint": "Look", "weight": 2.5})
    assert questions["greeted"]["weight"] == 2.5
    assert questions["greeted"]["hint"] == {"en": "Look"}
    assert "required" not in questions["greeted"]
    assert noted == []


def test_a_weight_where_nothing_is_scored_is_noted_and_one_that_is_no_number_a_fault() -> None:
    questions, noted = carried(row("text", "q", weight=2))
    assert "weight" not in questions["q"]
    assert ("survey!D3", "xlsform_column") in noted
    heavy = read_xlsform(form(GREETED | {"weight": "heavy"}))
    assert faults(heavy) == [("survey!D2", "cell_number")]


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        (book(survey=[[], ["type", "name"], ["text", "q"]]), "survey!1", "xlsform_headings"),
        (book(survey=[["type", "name", "type"], ["text", "q"]]), "survey!C1", "heading_repeated"),
        (book(survey=[], choices=[["list_name", "name"]]), "survey!1", "xlsform_headings"),
        (b"no workbook", "", "workbook_expected"),
    ],
)
def test_a_form_that_cannot_be_read_is_a_fault(data: bytes, place: str, code: str) -> None:
    imported = read_xlsform(data)
    assert imported.document is None
    assert faults(imported) == [(place, code)]


def test_without_pyxform_the_command_that_installs_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forms, "AVAILABLE", False)
    imported = read_xlsform(form(GREETED))
    assert faults(imported) == [("", "xlsform_unavailable")]
    assert imported.faults[0].values == {"command": "pip install '.[xlsform]'"}


def test_what_a_checklist_refuses_is_told_at_the_form_s_cell() -> None:
    data = form(row("text", "q", label="x" * 501), choices=YES_NO)
    assert faults(read_xlsform(data)) == [("survey!C2", "words_expected")]

"""A form's groups, lists, languages and sheets, and what becomes of them."""

from __future__ import annotations

import pytest

from audit_api.manuscripts.xlsform.reading import read_xlsform
from tests.manuscripts.documents import Json
from tests.manuscripts.forms import GREETED, Line, carried, form, read, row
from tests.manuscripts.remarks import faults, notes
from tests.sheets.books import book, changed, merged

UNSCORED = [("survey", "no_points")]
OPTIONAL = {"required": False}


def test_texts_keep_their_own_quotes_and_lines() -> None:
    questions, _ = carried(row("text", "q", label="Say “hello”\nto them", hint="‘so’"))
    assert questions["q"]["title"] == {"en": "Say “hello”\nto them"}
    assert questions["q"]["hint"] == {"en": "‘so’"}


def test_languages_are_told_by_their_tags() -> None:
    survey = {
        "type": "text",
        "name": "q",
        "label__English (en)": "Clean?",
        "label__中文 (zh)": "干净吗？",
        "label__Klingon": "?",
        "hint__中文 (zh)": "看",
    }
    imported = read(form(survey, settings={"form_title": "店", "default_language": "中文 (zh)"}))
    assert imported.document is not None
    assert imported.document["locales"] == ["zh", "en"]
    assert imported.document["title"] == {"zh": "店"}
    question = imported.document["touchpoints"][0]["questions"][0]
    assert question["title"] == {"zh": "干净吗？", "en": "Clean?"}
    assert question["hint"] == {"zh": "看"}
    assert ("survey!E2", "xlsform_language_unknown") in notes(imported)


def test_languages_are_told_by_the_tags_of_regions_however_they_are_spelt() -> None:
    survey = {
        "type": "select_multiple yn",
        "name": "q",
        "label__Chinese (zh_CN)": "哪些？",
        "label__English (EN-gb)": "Which?",
    }
    choices: list[Line] = [
        {"list_name": "yn", "name": "a", "label__Chinese (zh_CN)": "甲", "points": 1},
    ]
    imported = read(form(survey, row("text", "r"), choices=choices))
    assert imported.document is not None
    assert imported.document["locales"] == ["en", "zh-CN", "en-GB"]
    question = imported.document["touchpoints"][0]["questions"][0]
    assert question["title"]["zh-CN"] == "哪些？"
    assert question["options"][0]["title"]["zh-CN"] == "甲"


def test_a_text_that_the_first_language_lacks_is_taken_from_another() -> None:
    survey: list[Line] = [
        {"type": "text", "name": "a", "label__English (en)": "A", "label__中文 (zh)": "甲"},
        {"type": "text", "name": "b", "label__中文 (zh)": "乙"},
    ]
    imported = read(form(*survey))
    assert imported.document is not None
    questions = imported.document["touchpoints"][0]["questions"]
    assert questions[1]["title"] == {"en": "乙", "zh": "乙"}
    assert ("survey!3", "xlsform_language") in notes(imported)


def test_choices_bring_points_and_flags_where_the_form_has_them() -> None:
    choices: list[Line] = [
        {"list_name": "q", "name": "Good", "label": "Good", "score": 2, "note": "x"},
        {"list_name": "q", "name": "bad-1", "label": "Bad", "score": 0, "failed": "yes"},
    ]
    questions, noted = carried(row("select_one q", "q"), choices=choices)
    assert questions["q"]["options"] == [
        {"key": "good", "title": {"en": "Good"}, "points": 2},
        {"key": "bad_1", "title": {"en": "Bad"}, "points": 0, "failed": True},
    ]
    assert ("choices!B2", "xlsform_renamed") in noted
    assert ("choices!E2", "xlsform_column") in noted


def test_points_that_are_no_numbers_are_faults_at_their_cells() -> None:
    choices = [{"list_name": "yn", "name": "yes", "label": "Yes", "points": "many"}]
    assert faults(read_xlsform(form(GREETED, choices=choices))) == [("choices!D2", "cell_number")]


def test_a_form_without_points_is_noted_once() -> None:
    choices = [{"list_name": "yn", "name": "yes", "label": "Yes"}]
    _, noted = carried(GREETED, choices=choices)
    assert [note for note in noted if note[1] == "xlsform_unscored"] == [
        ("choices", "xlsform_unscored")
    ]


def test_or_other_asks_which_other() -> None:
    questions, _ = carried(row("select_one yn or_other", "greeted"))
    assert [option["key"] for option in questions["greeted"]["options"]] == ["yes", "no", "other"]
    assert questions["greeted_other"] == {
        "key": "greeted_other",
        "type": "text",
        "title": {"en": "Which other?"},
        "required": False,
        "condition": {"question": "greeted", "equals": "other"},
    }


def outline(section: Json) -> object:
    inner = section.get("sections", section.get("questions", ()))
    return {section["key"]: [outline(each) for each in inner]} if inner else section["key"]


def test_groups_become_touchpoints_and_sections_and_loose_questions_sections_of_their_own() -> None:
    imported = read(
        form(
            row("text", "first"),
            row("begin group", "Arrival"),
            row("text", "a"),
            row("begin group", "door"),
            row("text", "b"),
            row("end group"),
            row("text", "c"),
            row("end group"),
            row("begin repeat", "again"),
            row("text", "d"),
            row("end repeat"),
            row("begin group", "empty"),
            row("note", "nothing"),
            row("end group"),
            settings={"form_title": "Visit", "form_id": "My-Form"},
        )
    )
    assert imported.document is not None
    assert imported.document["key"] == "my_form"
    assert [outline(touchpoint) for touchpoint in imported.document["touchpoints"]] == [
        {"general": ["first"]},
        {"arrival": [{"arrival_2": ["a"]}, {"door": ["b"]}, {"arrival_3": ["c"]}]},
        {"again": ["d"]},
    ]
    told = notes(imported)
    assert ("survey!A10", "xlsform_repeat") in told
    assert ("survey!B13", "xlsform_empty") in told


def test_groups_below_the_third_level_are_dissolved_under_their_conditions() -> None:
    relevant = "${greeted} = 'yes'"
    levels = [row("begin group", f"g{level}") for level in range(1, 4)]
    imported = read(
        form(
            GREETED,
            *levels,
            row("begin group", "g4", relevant=relevant),
            row("text", "a"),
            row("text", "b", relevant="${a} != ''"),
            *[row("end group")] * 4,
        )
    )
    assert imported.document is not None
    section = imported.document["touchpoints"][1]["sections"][0]["sections"][0]
    yes = {"question": "greeted", "equals": "yes"}
    assert [question["condition"] for question in section["questions"]] == [
        yes,
        {"all": [yes, {"question": "a", "answered": True}]},
    ]
    assert ("survey!A6", "xlsform_depth") in notes(imported)


def test_keys_stay_apart_where_names_are_alike() -> None:
    questions, _ = carried(row("text", "A.b"), row("text", "a-B"), row("text", "_1"))
    assert list(questions) == ["a_b", "a_b_2", "q_1"]


def test_rows_that_pyxform_leaves_out_are_noted() -> None:
    imported = read(form(GREETED, {"hint": "a remark"}, row("text", "q", disabled="yes")))
    assert [note for note in notes(imported) if note[1] == "xlsform_row"] == [
        ("survey!3", "xlsform_row"),
        ("survey!A4", "xlsform_row"),
    ]


def test_empty_sheets_beside_the_survey_do_no_harm() -> None:
    survey = [["type", "name", "label"], ["text", "q", "Q"]]
    for sheets in ({"choices": [], "settings": []}, {"choices": [["list_name", "name", "label"]]}):
        assert notes(read(book(survey=survey, **sheets))) == UNSCORED


def test_an_only_sheet_is_the_survey_whatever_its_name() -> None:
    imported = read(book(问卷=[["type", "name", "label"], ["text", "q", "Q"]]))
    assert notes(imported) == [("问卷", "no_points")]


def test_a_sheet_that_is_there_twice_is_a_fault() -> None:
    survey = [["type", "name"], ["text", "q"]]
    imported = read_xlsform(book(survey=survey, **{"Survey ": survey}))
    assert faults(imported) == [("Survey ", "sheet_repeated")]


def test_settings_begin_where_they_are_filled_and_further_rows_are_noted() -> None:
    rows = [["form_title", "form_id"], [], ["Visit", "visit"], ["Other", "x"]]
    imported = read(book(survey=[["type", "name", "label"], ["text", "q", "Q"]], settings=rows))
    assert imported.document is not None
    assert (imported.document["title"], imported.document["key"]) == ({"en": "Visit"}, "visit")
    assert notes(imported) == [("settings!4", "xlsform_row"), *UNSCORED]


@pytest.mark.parametrize(
    ("area", "place"),
    [
        ("survey!A2:A3", "survey!A2"),
        ("choices!D2:D3", "choices!D2"),
        ("settings!A1:B1", "settings!A1"),
    ],
)
def test_merged_cells_are_a_fault_in_every_sheet(area: str, place: str) -> None:
    data = form(GREETED, row("text", "q"), settings={"form_title": "T", "form_id": "t"})
    assert faults(read_xlsform(merged(data, area))) == [(place, "cells_merged")]


@pytest.mark.parametrize("error", ["#REF!", "#N/A"])
@pytest.mark.parametrize("place", ["survey!C2", "choices!D3", "settings!A2"])
def test_an_error_of_excel_is_a_fault_in_every_sheet(place: str, error: str) -> None:
    data = form(GREETED, settings={"form_title": "T"})
    assert faults(read_xlsform(changed(data, {place: error}))) == [(place, "cell_broken")]


def test_points_by_a_formula_that_was_never_calculated_are_a_fault() -> None:
    data = changed(form(GREETED), {"choices!D2": "=1+1"})
    assert faults(read_xlsform(data)) == [("choices!D2", "cell_uncomputed")]


def test_settings_and_sheets_that_are_not_carried_over_are_noted() -> None:
    data = form(GREETED, settings={"form_title": "T", "version": "3"}, entities_draft=[{"a": "b"}])
    told = notes(read(data))
    assert ("settings!B2", "xlsform_column") in told
    assert ("entities draft", "sheet_unknown") in told
    data = form(GREETED, external_choices=[{"list_name": "a", "name": "b"}])
    assert ("external choices", "sheet_unknown") in notes(read(data))

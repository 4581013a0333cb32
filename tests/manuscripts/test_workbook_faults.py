"""Every fault of a workbook is told, all at once, at the cell that it comes from."""

from __future__ import annotations

from datetime import date

import pytest

from audit_api.manuscripts.checks import check_workbook
from audit_api.manuscripts.workbook.reading import read_workbook
from tests.manuscripts.filled import (
    ARRIVAL,
    HEADINGS,
    SETTINGS,
    TEMPLATE,
    Rows,
    asked,
    cell,
    setting,
)
from tests.manuscripts.remarks import faults, notes
from tests.sheets.books import book, changed


def test_every_fault_is_told_at_once_with_its_cell() -> None:
    wrong = {
        cell("points", "entrance_clean"): "many",
        cell("condition", "greeting_manner"): "greeting_time lower than 5",
        cell("type", "other_remarks"): "essay",
        cell("value bands", "greeting_time"): "0 to 30 = good",
        setting("pass mark"): 180,
        cell("key", "fair", "bands"): "Fair!",
    }
    imported = read_workbook(changed(TEMPLATE, wrong))
    assert imported.document is None
    assert dict(faults(imported)) == {
        cell("points", "entrance_clean"): "cell_number",
        cell("condition", "greeting_manner"): "condition_comparison_expected",
        cell("type", "other_remarks"): "cell_word",
        cell("value bands", "greeting_time"): "cell_value_band",
        setting("pass mark"): "decimal_expected",
        cell("key", "fair", "bands"): "key_malformed",
    }


@pytest.mark.parametrize(
    ("heading", "key", "value", "code"),
    [
        ("title (en)", "entrance_clean", None, "words_expected"),
        ("weight", "entrance_clean", -3, "decimal_expected"),
        ("weight", "entrance_clean", 1.2345, "decimal_expected"),
        ("fails at", "entrance_clean", "perhaps", "word_not_accepted"),
        ("effect", "greeting_time", "explode", "cell_effect"),
        ("effect", "greeting_time", "cap 600", "decimal_expected"),
        ("effect", "greeting_time", "cap wonderful", "score_band_unknown"),
        ("effect", "greeting_time", "fail, explode", "cell_effect"),
        ("effect", "greeting_time", "fail, cap 60; fail", "entry_repeated"),
        ("photo", "entrance_clean", "no, maybe", "evidence_answer_unknown"),
        ("dimensions", "greeting_time", "service, speed", "dimension_unknown"),
        ("condition", "greeting_manner", "other_remarks is answered", "condition_question_later"),
        ("condition", "greeting_manner", "nothing = yes", "condition_question_unknown"),
        ("condition", "greeting_manner", "site.size > 3", "condition_attribute_unknown"),
        ("condition", "greeting_manner", "greeting_time = soon", "duration_expected"),
        ("condition", "greeting_manner", "store_format = airport", "condition_value_refused"),
        ("value bands", "greeting_time", "from 0: 3; from 0: 1", "band_repeated"),
        ("required", "entrance_clean", "perhaps", "cell_word"),
        ("min", "entrance_clean", 3, "cell_not_for_type"),
        ("points", "arrival", 3, "cell_not_for_type"),
        ("on fail", "arrival", "fail", "pass_mark_needed"),
        ("metric", "entrance_clean", "nps", "cell_not_for_type"),
    ],
)
def test_a_fault_is_told_at_the_cell_that_it_comes_from(
    heading: str, key: str, value: object, code: str
) -> None:
    place = cell(heading, key)
    assert faults(read_workbook(changed(TEMPLATE, {place: value}))) == [(place, code)]


@pytest.mark.parametrize(
    ("value", "code"), [("extents", "response_set_unknown"), (None, "member_missing")]
)
def test_a_list_of_options_that_is_not_there_is_told_at_its_name(value: object, code: str) -> None:
    place = cell("options", "greeting_manner")
    evidence = cell("comment", "greeting_manner")
    imported = read_workbook(changed(TEMPLATE, {place: value, evidence: None}))
    assert faults(imported) == [(place, code)]


@pytest.mark.parametrize(
    ("sheet", "heading", "key", "value", "code"),
    [
        ("options", "points", "partly", "one", "cell_number"),
        ("options", "failed", "partly", "perhaps", "cell_word"),
        ("options", "key", "partly", "fully", "key_repeated"),
        ("options", "effect", "partly", "cap", "cell_effect"),
        ("bands", "from", "good", 60, "band_repeated"),
        ("dimensions", "title (en)", "service", None, "words_expected"),
        ("site attributes", "type", "store_format", "colour", "cell_word"),
        ("site attributes", "values", "store_format", 'street, "mall', "cell_quotes"),
        ("site attributes", "key", "store_format", "kind", "attribute_reserved"),
    ],
)
def test_every_sheet_tells_its_faults(
    sheet: str, heading: str, key: str, value: object, code: str
) -> None:
    place = cell(heading, key, sheet)
    imported = read_workbook(changed(TEMPLATE, {place: value}))
    assert (place, code) in faults(imported)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("format", 2, "format_unknown"),
        ("key", "My checklist", "key_malformed"),
        ("method", "best", "cell_word"),
        ("start value", "much", "cell_number"),
        ("every section must pass", "perhaps", "cell_word"),
        ("validity", date(2026, 2, 3), "share_expected"),
        ("CSAT top marks", 3, "decimal_expected"),
        ("CES method", "sum", "cell_word"),
    ],
)
def test_a_setting_tells_its_fault(name: str, value: object, code: str) -> None:
    place = setting(name)
    assert faults(read_workbook(changed(TEMPLATE, {place: value}))) == [(place, code)]


def test_a_missing_column_is_told_by_its_row() -> None:
    data = asked(["yes/no", "q"], headings=["type", "key"])
    told = [("questions!2", "member_missing"), ("questions!3", "member_missing")]
    assert faults(read_workbook(data)) == told


def test_what_is_not_read_is_noted() -> None:
    data = asked(
        ["photo", "q", "Look", "by Li", "lost"],
        headings=[*HEADINGS, "author", None],
        Sheet2=[["scratch"]],
        Sheet3=[],
    )
    imported = read_workbook(data)
    assert imported.document is not None
    assert [note for note in notes(imported) if "heading" in note[1] or "sheet" in note[1]] == [
        ("Sheet2", "sheet_unknown"),
        ("questions!D1", "heading_unknown"),
        ("questions!E3", "heading_missing"),
    ]


def test_the_doubts_of_the_rules_are_notes_at_their_cells() -> None:
    imported = read_workbook(changed(TEMPLATE, {cell("title (zh)", "entrance_clean"): None}))
    assert imported.document is not None
    assert (cell("title (zh)", "entrance_clean"), "translation_missing") in notes(imported)


def test_a_formula_without_a_value_is_told() -> None:
    place = cell("points", "entrance_clean")
    data = changed(TEMPLATE, {place: "#DIV/0!"})
    assert faults(read_workbook(data)) == [(place, "cell_broken")]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (book(questions=[HEADINGS]), [("", "sheet_missing")]),
        (book(other=[["x"]]), [("", "sheet_missing"), ("", "sheet_missing")]),
        (
            book(checklist=[["setting", "value"]], questions=[HEADINGS]),
            [("checklist", "languages_missing")],
        ),
        (
            book(checklist=[["setting", "value"], ["languages", None]], questions=[HEADINGS]),
            [("checklist!B2", "languages_missing")],
        ),
        (b"no workbook", [("", "workbook_expected")]),
    ],
)
def test_a_workbook_that_cannot_be_read_on_says_what_is_needed(
    data: bytes, found: list[tuple[str, str]]
) -> None:
    assert faults(read_workbook(data)) == found


@pytest.mark.parametrize(
    ("sheets", "fault"),
    [
        (
            {"questions": [[*HEADINGS, "标题 (en)"], [*ARRIVAL, "x"]]},
            ("questions!D1", "heading_repeated"),
        ),
        (
            {"questions": [[*HEADINGS, "title (fr)"], [*ARRIVAL, "x"]]},
            ("questions!D1", "heading_language"),
        ),
        (
            {"questions": [[*HEADINGS, "weight (en)"], [*ARRIVAL, 1]]},
            ("questions!D1", "heading_language"),
        ),
        ({"questions": [HEADINGS, ["photo", "q", "Look"]]}, ("questions!2", "question_outside")),
        (
            {"questions": [HEADINGS, ARRIVAL, ["subsection", "s", "S"]]},
            ("questions!3", "section_outside"),
        ),
        ({"questions": [HEADINGS, ARRIVAL]}, ("questions!2", "member_missing")),
        ({"questions": [HEADINGS]}, ("questions", "list_expected")),
        (
            {
                "questions": [
                    HEADINGS,
                    ARRIVAL,
                    ["photo", "p", "P"],
                    ["section", "s", "S"],
                    ["photo", "q", "Q"],
                ]
            },
            ("questions!2", "questions_or_sections"),
        ),
        (
            {"questions": [HEADINGS, ARRIVAL, ["photo", "arrival", "P"]]},
            ("questions!B3", "key_repeated"),
        ),
        (
            {"questions": [HEADINGS], "问题": [HEADINGS]},
            ("问题", "sheet_repeated"),
        ),
        (
            {
                "questions": [HEADINGS, ARRIVAL, ["photo", "p", "P"]],
                "options": [["list", "key"], [None, "a"]],
            },
            ("options!A2", "option_without_list"),
        ),
    ],
)
def test_what_stands_in_the_wrong_place_is_told(
    sheets: dict[str, Rows], fault: tuple[str, str]
) -> None:
    assert fault in faults(read_workbook(book(checklist=SETTINGS, **sheets)))


def test_a_pointer_to_a_cell_leads_through_any_name_of_a_sheet() -> None:
    manuscript = check_workbook(asked(["text", "q", "Q"], **{"A~B": [["seen"]]}))
    assert "/A~0B" in [remark.pointer for remark in manuscript.warnings]


def test_a_text_is_blamed_at_its_cell_in_a_language_of_any_name() -> None:
    settings: Rows = [*SETTINGS[:3], ["languages", "en/gb"], ["title", "x" * 501]]
    imported = read_workbook(book(checklist=settings, questions=[HEADINGS, ARRIVAL]))
    assert ("checklist!B5", "words_expected") in faults(imported)

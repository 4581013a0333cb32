"""What pyxform refuses is told at its cell, and in the reader's own language."""

from __future__ import annotations

import re

import pytest

from audit_api.manuscripts.xlsform.reading import read_xlsform
from audit_api.words import sentence
from tests.manuscripts.forms import GREETED, YES_NO, Line, form, row
from tests.manuscripts.remarks import faults
from tests.sheets.books import book

SEVERAL: Line = {"type": "select_multiple yn", "name": "q", "label": "Q"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (book(choices=[["list_name", "name"]]), [("", "xlsform_survey_missing")]),
        (book(survey=[["name"], ["q"]]), [("survey", "xlsform_heading_missing")]),
        (
            book(survey=[["type", "name", "command"], ["text", "q", "text"]]),
            [("survey", "xlsform_same")],
        ),
        (form({"name": "q", "label": "Q", "type": None}), [("survey!C2", "xlsform_type_missing")]),
        (form({"type": "text", "label": "Q"}), [("survey!2", "xlsform_name_missing")]),
        (form(row("text", "a b")), [("survey!B2", "xlsform_name_malformed")]),
        (form(row("text", "q"), row("text", "q")), [("survey!B3", "xlsform_name_repeated")]),
        (form(row("select_one nothing", "q")), [("survey!A2", "xlsform_list_unknown")]),
        (form(row("select_one yn", "q"), choices=[]), [("", "xlsform_choices_missing")]),
        (
            form(GREETED, choices=[*YES_NO, *YES_NO]),
            [("choices!B4", "xlsform_choice_repeated"), ("choices!B5", "xlsform_choice_repeated")],
        ),
        (
            form(GREETED, choices=[*YES_NO, {"list_name": "yn", "label": "No name"}]),
            [("choices!B4", "xlsform_choice_name_missing")],
        ),
        (
            form(SEVERAL, choices=[{"list_name": "yn", "name": "a b", "label": "A"}]),
            [("choices!2", "xlsform_choice_spaced")],
        ),
        (
            form(row("select_one_from_file a.csv or_other", "q")),
            [("survey!A2", "xlsform_other_without_choices")],
        ),
        (form(row("text", "q", relevant="${no} = 1")), [("survey!D2", "xlsform_name_unknown")]),
        (
            form(row("text", "q", relevant="${q = 1")),
            [("survey!D2", "xlsform_reference_malformed")],
        ),
        (form(row("end group")), [("survey!A2", "xlsform_end_unmatched")]),
        (
            form(row("begin group", "g"), row("text", "q")),
            [("survey!A2", "xlsform_begin_unmatched")],
        ),
        (form(row("calculate", "q")), [("survey!A2", "xlsform_calculation_missing")]),
        (
            form(row("range", "q", parameters="start=a end=5")),
            [("survey!D2", "xlsform_parameters")],
        ),
        (form(row("text", "q", parameters="x=1")), [("survey!D2", "xlsform_parameters")]),
    ],
)
def test_a_refusal_is_told_at_its_cell(data: bytes, told: list[tuple[str, str]]) -> None:
    assert faults(read_xlsform(data)) == told


@pytest.mark.parametrize(
    "data",
    [
        form(row("audit", "audit", parameters="location-priority=x")),
        form(row("text", "q", trigger="q")),
        form({"type": "begin repeat", "name": "form", "label": "x"}, row("end repeat")),
    ],
)
def test_a_refusal_without_a_sentence_of_its_own_says_no_english_in_chinese(data: bytes) -> None:
    (fault,) = read_xlsform(data).faults
    told = sentence(fault.sentence, fault.values, "zh")
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}", told)

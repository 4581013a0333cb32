"""A fault of a sheet is told of cells, lists and signs as the sheet has them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from audit_api import words
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.workbook.rewording import SENTENCES
from audit_api.words import LOCALES, sentence
from tests.manuscripts.filled import HEADINGS, SETTINGS, TEMPLATE, Rows, asked, cell
from tests.sheets.books import book, changed

FIELDS = r"[a-z]_[a-z]|\{\{|\b[a-z]+: ?[0-9]|hyphen|连字符|YAML|true or false|true 或 false"
"""How a sentence speaks of text files."""
OF_TEXTS = {
    *("member_unknown", "colon_full_width", "words_torn", "key_repeated_in_text"),
    *("effect_not_accepted", "language_in_text", "more_remarks", "locale_unlisted"),
    *(code.removeprefix("fault.") for code in words.vocabulary("en") if "fault.yaml_" in code),
}
"""What is never said of a sheet, or only of what its cells do not let through."""


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_for_a_sheet_speaks_of_text_files(locale: str) -> None:
    written = Path(words.__file__).parent / locale
    told = {
        **json.loads((written / "checklists.json").read_text("utf-8")),
        **json.loads((written / "checking.json").read_text("utf-8")),
        **json.loads((written / "conditions.json").read_text("utf-8")),
    }
    for code in told:
        if code.removeprefix("fault.") in OF_TEXTS or not code.startswith("fault."):
            continue
        sentence = words.vocabulary(locale)[SENTENCES.get(code.removeprefix("fault."), code)]
        said = re.sub(r"(?<!\{)\{[a-z_]+\}(?!\})", "", sentence)
        assert not re.search(FIELDS, said), (code, said)


def test_too_many_options_are_told_with_their_list_and_its_first_cell() -> None:
    many: Rows = [["q_list", f"o{number}", "O", 1] for number in range(2001)]
    options: Rows = [["list", "key", "title", "points"], ["other", "a", "A", 1], *many]
    data = asked(
        ["single", "q", "Q", "q_list"],
        ["single", "r", "R", "other"],
        headings=[*HEADINGS, "options"],
        options=options,
    )
    (fault,) = read_workbook(data).faults
    assert str(fault.place) == "options!A3"
    assert sentence(fault.sentence, fault.values, "en") == (
        "The list q_list has 2001 options, and at most 2000 are accepted."
    )


def test_an_empty_sheet_is_told_without_a_hyphen() -> None:
    (fault,) = read_workbook(book(checklist=SETTINGS, questions=[HEADINGS])).faults
    assert fault.code == "list_expected"
    assert "hyphen" not in sentence(fault.sentence, fault.values, "en")
    assert "连字符" not in sentence(fault.sentence, fault.values, "zh")


def test_a_test_that_does_not_suit_is_told_in_the_signs_of_cells() -> None:
    place = cell("condition", "greeting_manner")
    imported = read_workbook(changed(TEMPLATE, {place: "entrance_clean < 3"}))
    (fault,) = imported.faults
    assert fault.values["accepted"] == ["=", "in (…)", "is answered"]

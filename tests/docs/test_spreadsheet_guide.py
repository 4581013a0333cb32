"""docs/spreadsheets.md: its examples are workbooks without a fault, its tables say what is so."""

from __future__ import annotations

import re

import pytest

from audit_api.errors import Refused
from audit_api.manuscripts.workbook import condition_text, words, worth_cells
from audit_api.manuscripts.workbook.condition_text import Names
from audit_api.manuscripts.workbook.reading import read_workbook
from audit_api.manuscripts.xlsform import natures
from audit_api.rules.checklist.questions import QuestionType
from audit_api.sheets import xlsx_package, xlsx_reading
from audit_api.words import say
from tests.docs.texts import DOCUMENTS, chapter
from tests.manuscripts.remarks import faults, notes
from tests.sheets.books import book

GUIDE = DOCUMENTS["docs/spreadsheets.md"]
CHINESE_GUIDE = DOCUMENTS["docs/spreadsheets.zh.md"]
MIB = 1024 * 1024


def tables(text: str) -> list[list[list[object]]]:
    """The tables of a chapter: rows of cells, the heading first."""
    found = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    return [
        [
            [cell.strip() or None for cell in line.strip("|").split("|")]
            for line in table.splitlines()
            if not line.startswith("|---")
        ]
        for table in found
    ]


@pytest.mark.parametrize(
    ("guide", "title"), [(GUIDE, "The sheets"), (CHINESE_GUIDE, "工作表")], ids=["en", "zh"]
)
def test_the_example_is_a_workbook_without_a_fault(guide: str, title: str) -> None:
    _, questions, options = tables(chapter(guide, title))
    settings: list[list[object]] = [
        ["setting", "value"],
        ["format", 1],
        ["key", "example"],
        ["languages", "en, zh"],
        ["title (en)", "Example"],
        ["title (zh)", "示例"],
    ]
    imported = read_workbook(book(checklist=settings, questions=questions, options=options))
    assert (faults(imported), notes(imported)) == ([], [])
    assert imported.document is not None
    wait = imported.document["touchpoints"][0]["questions"][1]
    assert wait["condition"] == {"question": "greeted", "equals": "no"}
    assert wait["bands"] == [{"from": 0, "points": 3}, {"from": 181, "points": 0, "failed": True}]
    receipt = imported.document["touchpoints"][1]["questions"][0]
    assert (receipt["effect"], receipt["evidence"]) == ({"cap": 60}, {"photo": "when_failed"})


def test_the_sheets_have_the_names_that_the_guide_gives() -> None:
    names = [(say(code, "en"), say(code, "zh")) for code in words.SHEETS.values()]
    (sheets, *_) = tables(chapter(GUIDE, "The sheets"))
    assert [row[:2] for row in sheets[1:]] == [[f"`{en}`", zh] for en, zh in names]
    (sheets, *_) = tables(chapter(CHINESE_GUIDE, "工作表"))
    assert [row[:2] for row in sheets[1:]] == [[zh, f"`{en}`"] for en, zh in names]


def test_the_conditions_of_the_guide_can_be_typed() -> None:
    block = re.search(r"^```\n(greeted.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert block is not None
    lines = block[1].splitlines()
    assert len(lines) == 4
    for line in lines:
        assert condition_text.read(line, Names({"greeted", "wait"}, {"kind"}))


def test_the_limits_are_those_of_the_reading() -> None:
    limits = (
        f"up to {xlsx_package.MAX_BYTES // MIB} MiB ({xlsx_package.MAX_UNPACKED_BYTES // MIB} MiB "
        f"unpacked), {xlsx_reading.MAX_SHEETS} sheets, {xlsx_reading.MAX_ROWS:,} rows and "
        f"{xlsx_reading.MAX_COLUMNS} columns, in all {xlsx_reading.MAX_CELLS:,} filled cells and "
        f"{xlsx_reading.MAX_CHARACTERS:,} characters"
    )
    assert limits in " ".join(GUIDE.split())


def test_every_type_of_the_table_becomes_a_question() -> None:
    carried, _ = tables(chapter(GUIDE, "XLSForm"))
    becomes = {kind for row in carried for kind in re.findall(r"`(\w+)`", str(row[1]))}
    assert becomes >= {kind.value for kind in QuestionType} - {"duration"}


@pytest.mark.parametrize("row", tables(chapter(GUIDE, "XLSForm"))[1][1:6])
def test_every_type_that_is_left_behind_has_its_reason(row: list[object]) -> None:
    known = {"select_one_from_file": "select one", "select_one_external": "select one external"}
    for name in re.findall(r"`(\w+)`", str(row[0])):
        with pytest.raises(Refused):
            natures.of({"type": known.get(name, name)})


@pytest.mark.parametrize("guide", [GUIDE, CHINESE_GUIDE], ids=["en", "zh"])
def test_every_cell_that_the_guide_offers_can_be_typed(guide: str) -> None:
    rows = re.findall(
        r"^\| (?:value bands|数值分段|critical effects|关键项影响) \| (.*) \|$", guide, re.M
    )
    bands, effects = (re.findall(r"`([^`]+)`", row) for row in rows)
    read = [worth_cells.VALUE_BANDS.read(text) for text in bands]
    assert read == [[{"from": 181, "points": 0, "failed": True, "effect": {"cap": 60}}]] * len(
        bands
    )
    assert all(worth_cells.EFFECT.read(text) for text in effects)

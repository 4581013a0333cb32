"""An XLSForm as pyxform understands it, with the cell that each thing was written in.

pyxform puts straight quotes for “ ” and blanks for line breaks, so words are taken from the
cells; types, groups, lists of choices and expressions are taken from pyxform.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook.findings import Findings
from audit_api.sheets.xlsx_reading import Sheet, letters

try:
    from pyxform import aliases
    from pyxform.errors import PyXFormError
    from pyxform.parsing.sheet_headers import process_header
    from pyxform.question import MultipleChoiceQuestion, Option
    from pyxform.survey import Survey
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import DefinitionData
except ImportError:  # An optional extra.
    workbook_to_json = None

AVAILABLE = workbook_to_json is not None

Json = dict[str, Any]
Tokens = tuple[str, ...]
"""A heading as pyxform reads it: ("label", "English (en)"), ("bind", "relevant")."""

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
ROW = "__row"
"""A column of our own, which pyxform carries along: the number of the row."""

_ROW_TOLD = re.compile(r"\[row : (\d+)\]")
_SHEET_TOLD = re.compile(r"'(survey|choices|settings)' sheet")


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One filled cell: its text, and the heading above it as written."""

    text: str
    heading: str
    place: SheetPlace


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: its filled cells by heading."""

    place: SheetPlace
    cells: Mapping[Tokens, FilledCell]

    def text(self, *tokens: str) -> str | None:
        """What stands below a heading."""
        return self.cells[tokens].text if tokens in self.cells else None

    def at(self, *tokens: str) -> SheetPlace:
        """The cell below a heading, or else the row."""
        return self.cells[tokens].place if tokens in self.cells else self.place

    def words(self, *tokens: str) -> Iterator[tuple[str, FilledCell]]:
        """The cells of a text with their language as written, "" where none is."""
        depth = len(tokens)
        for heading, cell in self.cells.items():
            if heading[:depth] == tokens and len(heading) <= depth + 1:
                yield "".join(heading[depth:]), cell


@dataclass(frozen=True, slots=True)
class Form:
    """pyxform's reading, and the rows of each sheet by their number."""

    survey: Json
    rows: Mapping[str, Mapping[int, Row]]

    def row(self, child: Json) -> Row | None:
        """The row that an element was written in; None for what pyxform added itself."""
        return self.rows[SURVEY].get(int(child.get(ROW, 0)))


def read(sheets: Sequence[Sheet], findings: Findings) -> Form | None:
    """Return the form; None with a fault where pyxform refuses it."""
    known = {sheet.name.strip().lower(): sheet for sheet in sheets}
    tables = {name: _table(known[name], findings) for name in _HEADINGS if name in known}
    if findings.faulty:
        return None
    try:
        survey = workbook_to_json(_definition(tables, list(known)), form_name="form")
    except PyXFormError as error:
        findings.fault(_told_place(str(error), known), "xlsform_refused", given=str(error))
        return None
    except Exception as error:
        # What else an odd form makes the library stumble over cannot be listed.
        findings.fault(SheetPlace(), "xlsform_refused", given=type(error).__name__)
        return None
    return Form(survey, {name: _rows(name, tables.get(name), known) for name in _HEADINGS})


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet's headings by column, and its texts by row and heading."""

    headings: Mapping[int, str]
    rows: Mapping[int, Mapping[str, str]]


def _table(sheet: Sheet, findings: Findings) -> _Table:
    if not sheet.rows or sheet.rows[0].number != 1:
        findings.fault(SheetPlace(sheet.name, 1), "xlsform_headings")
        return _Table({}, {})
    headings: dict[int, str] = {}
    for at, text in enumerate(sheet.rows[0].cells):
        heading = " ".join(text.split())
        if heading in headings.values():
            place = SheetPlace(sheet.name, 1, letters(at))
            findings.fault(place, "heading_repeated", given=heading)
        elif heading:
            headings[at] = heading
    for number, at in sorted(sheet.broken):
        findings.fault(SheetPlace(sheet.name, number, letters(at)), "cell_broken", given="")
    rows = {
        row.number: {
            headings[at]: text for at, text in enumerate(row.cells) if at in headings and text
        }
        for row in sheet.rows[1:]
    }
    return _Table(headings, rows)


def _definition(tables: Mapping[str, _Table], names: list[str]) -> Any:
    members: Json = {"sheet_names": names}
    for name, table in tables.items():
        last = max(table.rows, default=1)
        rows = [dict(table.rows.get(number, {})) for number in range(2, last + 1)]
        header = dict.fromkeys(table.headings.values())
        if name == SURVEY:
            header[ROW] = None
            for number, row in enumerate(rows, start=2):
                row.update({ROW: str(number)} if row else {})
        members |= {name: rows, f"{name}_header": [header]}
    return DefinitionData(**members)


def _rows(name: str, table: _Table | None, known: Mapping[str, Sheet]) -> Mapping[int, Row]:
    if table is None:
        return {}
    double = any("::" in heading for heading in table.headings.values())
    own, columns = _HEADINGS[name]
    tokens = {
        heading: process_header(heading, double, own, columns)[1]
        for heading in table.headings.values()
    }
    sheet = known[name].name
    column = {heading: letters(at) for at, heading in table.headings.items()}
    return {
        number: Row(
            SheetPlace(sheet, number),
            {
                tokens[heading]: FilledCell(
                    text.strip(), heading, SheetPlace(sheet, number, column[heading])
                )
                for heading, text in texts.items()
                if text.strip()
            },
        )
        for number, texts in table.rows.items()
    }


def _told_place(reason: str, known: Mapping[str, Sheet]) -> SheetPlace:
    """The place that pyxform's sentence names: rows are of the survey unless it says another."""
    sheet, row = _SHEET_TOLD.search(reason), _ROW_TOLD.search(reason)
    name = sheet[1] if sheet else SURVEY
    sheet_name = known[name].name if name in known else name
    return SheetPlace(sheet_name, int(row[1])) if row else SheetPlace(sheet_name if sheet else "")


_HEADINGS: Mapping[str, tuple[Any, Any]] = (
    {
        SURVEY: (aliases.survey_header, frozenset(MultipleChoiceQuestion.get_slot_names())),
        CHOICES: (aliases.list_header, frozenset(Option.get_slot_names())),
        SETTINGS: (aliases.settings_header, frozenset(Survey.get_slot_names())),
    }
    if AVAILABLE
    else {}
)
"""What pyxform calls the headings of each sheet."""

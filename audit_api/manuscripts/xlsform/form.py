"""An XLSForm as pyxform understands it, with the cell that each thing was written in.

pyxform puts straight quotes for “ ” and blanks for line breaks, so words are taken from the
cells; types, groups, lists of choices, their names and expressions are taken from pyxform.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook.findings import Findings
from audit_api.manuscripts.xlsform import refusals
from audit_api.manuscripts.xlsform.sheets import (
    CHOICES,
    NAMES,
    SETTINGS,
    SURVEY,
    FilledCell,
    Row,
    Table,
    Tokens,
    as_pyxform,
    called,
    tables,
)
from audit_api.sheets.xlsx_reading import Sheet

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

ROW = "__written_in"
"""A column of our own, which pyxform carries along: the number of the row."""
_LISTED = (SURVEY, CHOICES)
"""The sheets of whose rows pyxform makes elements."""
_EXTERNAL = re.compile(r"^select_one_external\s+(\S+)")
"""A question whose choices stand outside of the choices: pyxform refuses a form without their
sheet, and is told of a file instead, so that only the question is left behind."""


@dataclass(frozen=True, slots=True)
class Form:
    """What pyxform read, and each sheet's place, its headings, and its rows by their number."""

    survey: Json
    sheets: Mapping[str, SheetPlace]
    headings: Mapping[str, Mapping[Tokens, FilledCell]]
    rows: Mapping[str, Mapping[int, Row]]

    def row(self, element: Json) -> Row | None:
        """The row that an element was written in; None for what pyxform added itself."""
        return self.rows[SURVEY].get(int(element.get(ROW, 0)))

    def choice_row(self, choice: Json) -> Row | None:
        """The row that a choice was written in; None for what pyxform added itself."""
        return self.rows[CHOICES].get(int(choice.get(ROW, 0)))


def read(sheets: Sequence[Sheet], findings: Findings) -> Form | None:
    """Return the form; None with a fault where pyxform refuses it."""
    found = tables(sheets, findings)
    if findings.faulty:
        return None
    try:
        survey = workbook_to_json(_definition(found, sheets), form_name="form")
    except PyXFormError as error:
        refusals.tell(str(error), found, findings)
        return None
    except Exception:
        # What else an odd form makes the library stumble over cannot be listed.
        findings.fault(SheetPlace(), "xlsform_refused")
        return None
    tokens = {name: _tokens(name, found.get(name, Table())) for name in NAMES}
    rows = {name: found.get(name, Table()).read(tokens[name]) for name in NAMES}
    headings = {
        name: {
            tokens[name][heading]: FilledCell(heading, heading, table.place(1, heading))
            for heading in table.headings.values()
        }
        for name, table in found.items()
    }
    places = {name: found.get(name, Table()).place() for name in NAMES}
    return Form(survey, places, headings, rows)


def _definition(found: Mapping[str, Table], sheets: Sequence[Sheet]) -> Any:
    members: Json = {"sheet_names": [called(sheet, sheets) for sheet in sheets]}
    for name, table in found.items():
        header: Json = dict.fromkeys(table.headings.values())
        members[name] = _rows(name, table)
        members[f"{name}_header"] = [header | ({ROW: None} if name in _LISTED else {})]
    return DefinitionData(**members)


def _rows(name: str, table: Table) -> list[Json]:
    if name not in _LISTED:
        return [_clean(row) for row in table.rows.values() if row]
    last = max(table.rows, default=1)
    return [
        _clean(row) | ({ROW: str(number)} if row else {})
        for number in range(2, last + 1)
        for row in [table.rows.get(number, {})]
    ]


def _clean(row: Mapping[str, str]) -> Json:
    return {
        heading: _EXTERNAL.sub(r"select_one_from_file \1.csv", as_pyxform(text))
        for heading, text in row.items()
    }


def _tokens(name: str, table: Table) -> Mapping[str, Tokens]:
    """Each heading of a table as pyxform reads it."""
    double = any("::" in heading for heading in table.headings.values())
    own, columns = _HEADINGS[name]
    return {
        heading: process_header(heading, double, own, columns)[1]
        for heading in table.headings.values()
    }


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

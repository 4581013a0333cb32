"""What pyxform refuses, in our words and at its cell: its own are English, whoever reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook.findings import Findings
from audit_api.manuscripts.xlsform.sheets import CHOICES, SURVEY, Table

_REFUSALS = tuple(
    (re.compile(pattern, re.DOTALL), code, column)
    for pattern, code, column in (
        (r"must have a sheet named 'survey'", "xlsform_survey_missing", None),
        (r"Question with no type", "xlsform_type_missing", "type"),
        (r"Question or group with no name", "xlsform_name_missing", "name"),
        (r"Choices must have a name", "xlsform_choice_name_missing", "name"),
        (r"Choice names must be unique", "xlsform_choice_repeated", "name"),
        (
            r"Choice names with spaces[^\[]*\[(?P<given>[^\[\]]*)\]",
            "xlsform_choice_spaced",
            "name",
        ),
        (r"Names must begin with a letter", "xlsform_name_malformed", "name"),
        (r"'(?P<given>[^']*)' is invalid. Questions, groups", "xlsform_name_repeated", "name"),
        (r"There should be a choices sheet", "xlsform_choices_missing", "type"),
        (r"List name not in \w+ sheet: (?P<given>.*)", "xlsform_list_unknown", "type"),
        (r"specify choices for this 'or other'", "xlsform_other_without_choices", "type"),
        (r"Could not find the name '(?P<given>.*?)'", "xlsform_name_unknown", None),
        (r"name '(?P<given>[^']*)' appears more than once", "xlsform_name_ambiguous", None),
        (r"Reference variables must start", "xlsform_reference_malformed", None),
        (
            r"names for the same column[^']*'(?P<first>[^']*)', '(?P<given>[^']*)'\.",
            "xlsform_same",
            None,
        ),
        (r"column headers were not found: (?P<given>.*?)\. ", "xlsform_heading_missing", None),
        (r"Unmatched 'end_(?P<given>\w+)'", "xlsform_end_unmatched", "type"),
        (r"Unmatched 'begin_(?P<given>\w+)'", "xlsform_begin_unmatched", "type"),
        (r"Missing calculation", "xlsform_calculation_missing", "type"),
        (r"'parameters'|[Pp]arameter", "xlsform_parameters", "parameters"),
    )
)
"""Words of pyxform's, what we say instead, and the column that it is about."""
CODES = frozenset(code for _, code, _ in _REFUSALS)
_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"(?:'(survey|choices|settings)' sheet|for sheet: '(\w+)')")
_COLUMN = re.compile(r"the '([^']+)' value")


def tell(reason: str, tables: Mapping[str, Table], findings: Findings) -> None:
    """Fault what pyxform refuses, each of several rows for itself."""
    for line in _lines(reason):
        shape = next((each for each in _REFUSALS if each[0].search(line)), None)
        pattern, code, column = shape or (None, "xlsform_refused", None)
        match = pattern.search(line) if pattern else None
        values = match.groupdict() if match else {}
        findings.fault(_place(line, column, tables), code, **values)


def _lines(reason: str) -> Iterable[str]:
    """The refusals: a line for each row where all begin with one, or else all of it."""
    lines = reason.splitlines()
    return lines if lines and all(_ROW.match(line) for line in lines) else [reason]


def _place(line: str, column: str | None, tables: Mapping[str, Table]) -> SheetPlace:
    """Where it is: rows are of the survey unless it names another sheet."""
    named, row, told = _SHEET.search(line), _ROW.search(line), _COLUMN.search(line)
    if named is None and row is None:
        return _choice_place(line, tables)
    table = tables.get((named and (named[1] or named[2])) or SURVEY, Table())
    number = int(row[1]) if row else None
    columns = (heading for each in (told and told[1], column) for heading in _named(table, each))
    return table.place(number, next(columns, None))


def _named(table: Table, column: str | None) -> Iterator[str]:
    """The heading of a column, however its words are joined."""
    for heading in table.headings.values():
        if column and heading.lower().replace(" ", "_").rpartition("::")[2] == column:
            yield heading


def _choice_place(line: str, tables: Mapping[str, Table]) -> SheetPlace:
    """The row of the choice in brackets, which pyxform calls by name and list alone."""
    choice = re.search(r"\[([^\[\]]*)\] in \[([^\[\]]*)\]", line)
    table = tables.get(CHOICES, Table())
    for number, row in table.rows.items():
        texts = [text.strip() for text in row.values()]
        if choice and choice[1] in texts and choice[2] in texts:
            return table.place(number)
    return SheetPlace()

"""The sheets of a form as tables: headings by column, and texts by row and heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit_api.manuscripts.manuscript import SheetPlace
from audit_api.manuscripts.workbook import illegible
from audit_api.manuscripts.workbook.findings import Findings
from audit_api.sheets.xlsx_reading import Sheet, letters

Tokens = tuple[str, ...]
"""A heading as pyxform reads it: ("label", "English (en)"), ("bind", "relevant")."""

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
NAMES = (SURVEY, CHOICES, SETTINGS)
"""The sheets that are read."""
OTHERS = ("external_choices", "entities", "osm")
"""The sheets that XLSForm knows beside them."""


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
class Table:
    """A sheet's headings by column, and the texts of each row, the first is 2, by heading."""

    name: str = ""
    headings: Mapping[int, str] = field(default_factory=dict)
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    def place(self, row: int | None = None, heading: str | None = None) -> SheetPlace:
        """A cell, a row, or the sheet; the row too where there is no such heading."""
        columns = (letters(at) for at, each in self.headings.items() if each == heading)
        return SheetPlace(self.name, row, next(columns, None) if row else None)

    def read(self, tokens: Mapping[str, Tokens]) -> Mapping[int, Row]:
        """The rows by their number, their cells by the headings as pyxform reads them."""
        return {
            number: Row(
                self.place(number),
                {
                    tokens[heading]: FilledCell(text.strip(), heading, self.place(number, heading))
                    for heading, text in row.items()
                },
            )
            for number, row in self.rows.items()
        }


def tables(sheets: Sequence[Sheet], findings: Findings) -> Mapping[str, Table]:
    """The tables of the sheets that are read."""
    found: dict[str, Table] = {}
    for sheet in sheets:
        name = called(sheet, sheets)
        if name in found:
            findings.fault(SheetPlace(sheet.name), "sheet_repeated", given=sheet.name)
        elif name == SURVEY or (name in NAMES and sheet.rows):
            found[name] = _table(sheet, findings)
    return found


def called(sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    """What a sheet is; an only one of another name is the survey."""
    name = sheet.name.strip().lower()
    return name if len(sheets) > 1 or name in (*NAMES, *OTHERS) else SURVEY


def as_pyxform(text: str) -> str:
    """A cell's text as pyxform itself reads it: nothing around it, and usual blanks in it."""
    return text.strip().replace("\u00a0", " ")


def _table(sheet: Sheet, findings: Findings) -> Table:
    if not sheet.rows or sheet.rows[0].number != 1:
        findings.fault(SheetPlace(sheet.name, 1), "xlsform_headings")
        return Table(sheet.name)
    headings: dict[int, str] = {}
    for at, text in enumerate(sheet.rows[0].cells):
        heading = " ".join(text.split())
        if heading in headings.values():
            place = SheetPlace(sheet.name, 1, letters(at))
            findings.fault(place, "heading_repeated", given=heading)
        elif heading:
            headings[at] = heading
    illegible.tell(sheet, headings, findings)
    rows = {
        row.number: {
            headings[at]: text
            for at, text in enumerate(row.cells)
            if at in headings and text.strip()
        }
        for row in sheet.rows[1:]
    }
    return Table(sheet.name, headings, rows)

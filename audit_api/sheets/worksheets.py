"""A workbook's first sheet as lines, as if it had been saved as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from audit_api.errors import Fault, invalid, pointer_to
from audit_api.sheets import xlsx_reading
from audit_api.sheets.csv import Line, Table
from audit_api.sheets.xlsx_reading import Sheet

CHARSET = "XLSX"
"""What a sheet is told to be read as."""


def read(data: bytes) -> Table:
    """Return the lines of the first sheet that holds anything.

    Raises INVALID for what is no workbook, and for formulas that no program has computed.
    """
    sheet = next((sheet for sheet in xlsx_reading.read(data) if sheet.rows), None)
    return Table(CHARSET, "", iter(()) if sheet is None else _lines(sheet))


def _lines(sheet: Sheet) -> Iterator[Line]:
    if sheet.uncomputed:
        number, column = min(sheet.uncomputed)
        place = pointer_to("lines", number, xlsx_reading.letters(column))
        raise invalid(Fault(place, "cell_uncomputed"))
    # A sheet's rows end with their last cell, and lines are as long as their header.
    width = len(sheet.rows[0].cells)
    for row in sheet.rows:
        yield Line(row.number, [*row.cells, *[""] * (width - len(row.cells))])

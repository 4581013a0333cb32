"""XLSX workbooks as people send them, read as rows of texts.

A cell's text is what its author sees: 2 for 2.0, 80% for 0.8 shown as a percentage, 2026-03-01
for a date, true for TRUE.  A file is a stranger's: it is measured before it is unpacked, and
defusedxml, which openpyxl takes where it is installed, refuses entities that grow.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from audit_api.errors import Fault, Problem, invalid

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_PARTS = 1_000
MAX_SHEETS = 30
MAX_ROWS = 50_000
MAX_COLUMNS = 150

_LOOK_FURTHER = 100
"""How many rows and columns beyond the limits are looked at, to tell that a sheet has more."""
_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ESCAPED = re.compile(r"_x(00(?:0[1-9A-F]|1[0-9A-F])|005F|FFF[EF])_")
"""A character that XML cannot hold, or the underscore of a text that looks like one of these."""


class BookCell(Protocol):
    """What openpyxl tells of a cell."""

    value: Any
    data_type: str
    number_format: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty: its number, the first is 1, and its cells from column A on."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `broken` holds the (row, column) of each formula that gives no value."""

    name: str
    rows: tuple[Row, ...]
    broken: frozenset[tuple[int, int]]


def letters(column: int) -> str:
    """The name of a column, the first is 0: A, B, … Z, AA."""
    return str(get_column_letter(column + 1))


def read(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, hidden ones too, in their order.

    Raises INVALID for what is no XLSX workbook or goes beyond the limits.
    """
    _require_workbook(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            if len(book.worksheets) > MAX_SHEETS:
                raise invalid(Fault("", "workbook_sheets", {"most": MAX_SHEETS}))
            return tuple(_sheet(sheet) for sheet in book.worksheets)
    except Problem:
        raise
    except Exception as error:
        # What a damaged or hostile file makes the library stumble over cannot be listed.
        raise invalid(Fault("", "workbook_damaged")) from error


def _require_workbook(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise invalid(Fault("", "workbook_too_large", {"limit": MAX_BYTES}))
    if data.startswith(_COMPOUND_FILE):
        raise invalid(Fault("", "workbook_old"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise invalid(Fault("", "workbook_expected")) from None
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise invalid(Fault("", "workbook_expected"))
    # Never more of a part is unpacked than its entry tells, whatever it holds.
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES:
        raise invalid(
            Fault("", "workbook_unpacked", {"limit": MAX_UNPACKED_BYTES, "parts": MAX_PARTS})
        )


def _sheet(sheet: Any) -> Sheet:
    rows: list[Row] = []
    broken: set[tuple[int, int]] = set()
    for number, cells in _filled(sheet):
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            values = {"sheet": sheet.title, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
            raise invalid(Fault("", "workbook_sheet_large", values))
        rows.append(Row(number, tuple(_text(cell) for cell in cells)))
        broken |= {(number, at) for at, cell in enumerate(cells) if cell.data_type == "e"}
    return Sheet(sheet.title, tuple(rows), frozenset(broken))


def _filled(sheet: Any) -> Iterator[tuple[int, Sequence[BookCell]]]:
    """Yield the rows that hold anything, each up to its last value."""
    # The size that a file states is not believed: a sheet of two cells may claim all of Excel's.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MAX_ROWS + _LOOK_FURTHER, max_col=MAX_COLUMNS + _LOOK_FURTHER)
    gap: Sequence[BookCell] | None = None
    for number, cells in enumerate(rows, start=1):
        # Every row that the file leaves out is the same one: a file of two cells has many.
        if cells is gap:
            continue
        filled = [at for at, cell in enumerate(cells) if cell.value is not None]
        if filled:
            yield number, cells[: filled[-1] + 1]
        else:
            gap = cells


def _text(cell: BookCell) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number(value, cell.number_format)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes" if value.second == 0 else "seconds")
        case str():
            return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), value)
    return str(value)


def _number(value: int | float, shown: str) -> str:
    """Fifteen digits, as many as Excel shows: 0.3 for its sum of 0.1 and 0.2."""
    if "%" in shown:
        return f"{value * 100:.15g}%"
    return str(value) if isinstance(value, int) else f"{value:.15g}"

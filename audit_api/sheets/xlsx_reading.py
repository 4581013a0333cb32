"""XLSX workbooks as people send them, read as rows of texts.

A cell's text is what its author sees: 2 for 2.0, 80% for 0.8 shown as a percentage, 2026-03-01
for a date, TRUE for a tick.  A file is a stranger's: it is measured before it is unpacked, and
defusedxml, which openpyxl takes where it is installed, refuses entities that grow.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from audit_api.errors import Fault, Problem, invalid
from audit_api.sheets.spreadsheets import MAX_CELL_LENGTH, is_error_value
from audit_api.sheets.xlsx_package import require_workbook, usual

MAX_SHEETS = 30
MAX_ROWS = 50_000
MAX_EMPTY_ROWS = 200_000
"""Rows without anything in them that a sheet may have among and after the others: programs leave
some behind, and each takes as long to pass over as a filled one."""
MAX_COLUMNS = 150
MAX_CELLS = 200_000
MAX_CHARACTERS = 5_000_000
"""What all sheets hold: parts of a package are small, and can be referred to a million times."""

_ESCAPED = re.compile(r"_x(00(?:0[1-9A-F]|1[0-9A-F])|005F|FFF[EF])_")
"""A character that XML cannot hold, or the underscore of a text that looks like one of these."""
_UNCOMPUTED = object()
"""The value of a formula that no program has computed yet."""


class BookCell(Protocol):
    """What openpyxl tells of a cell."""

    value: Any
    data_type: str
    number_format: str


class Area(NamedTuple):
    """Cells that are merged: rows from 1, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty: its number, the first is 1, and its cells from column A on."""

    number: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class Allowance:
    """How many filled cells, and characters in them, a workbook may still have."""

    cells: int = MAX_CELLS
    characters: int = MAX_CHARACTERS

    def spend(self, sheet: str, row: Row) -> None:
        """Take off what a row holds; raise INVALID with its place where that is too much."""
        for at, text in enumerate(row.cells):
            if len(text) > MAX_CELL_LENGTH:
                values = {
                    "sheet": sheet,
                    "cell": f"{letters(at)}{row.number}",
                    "most": MAX_CELL_LENGTH,
                }
                raise invalid(Fault("", "workbook_cell_overlong", values))
        self.cells -= sum(map(bool, row.cells))
        self.characters -= sum(map(len, row.cells))
        if self.cells < 0 or self.characters < 0:
            values = {
                "sheet": sheet,
                "row": row.number,
                "cells": MAX_CELLS,
                "characters": MAX_CHARACTERS,
            }
            raise invalid(Fault("", "workbook_full", values))


@dataclass(frozen=True)
class Sheet:
    """One sheet; `broken` holds, by (row, column), each error in the place of a value,
    `uncomputed` the places of formulas without a value, `merged` the cells that are one."""

    name: str
    rows: tuple[Row, ...]
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[Area, ...] = ()

    def holds(self, area: Area) -> bool:
        """Whether a row of the area holds anything, in whatever column."""
        after = bisect_left(self._numbers, area.top)
        return after < len(self._numbers) and self._numbers[after] <= area.bottom

    @cached_property
    def _numbers(self) -> list[int]:
        return [row.number for row in self.rows]


def letters(column: int) -> str:
    """The name of a column, the first is 0: A, B, … Z, AA."""
    return str(get_column_letter(column + 1))


def read(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, hidden ones too, in their order.

    Raises INVALID for what is no XLSX workbook or goes beyond the limits.
    """
    require_workbook(data)
    try:
        package = io.BytesIO(usual(data))
        book = load_workbook(package, read_only=True, data_only=True, keep_links=False)
        with closing(book):
            if len(book.worksheets) > MAX_SHEETS:
                raise invalid(Fault("", "workbook_sheets", {"most": MAX_SHEETS}))
            _require_own_parts(book.worksheets)
            allowance = Allowance()
            return tuple(_sheet(sheet, allowance) for sheet in book.worksheets)
    except Problem:
        raise
    except Exception as error:
        # What a damaged or hostile file makes the library stumble over cannot be listed.
        raise invalid(Fault("", "workbook_damaged")) from error


class _Parser(WorkSheetParser):  # type: ignore[misc]
    """Openpyxl's own parser, which takes a formula without a value for an empty cell."""

    def __init__(self, source: Any, sheet: Any) -> None:
        book = sheet.parent
        self._is_calculated_later = bool(book.calculation and book.calculation.fullCalcOnLoad)
        super().__init__(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if element.find(FORMULA_TAG) is not None and self._is_uncomputed(element):
            cell |= {"value": _UNCOMPUTED, "data_type": "f"}
        return cell

    def _is_uncomputed(self, formula: Any) -> bool:
        value = formula.findtext(VALUE_TAG)
        # Programs that cannot calculate leave a 0, and ask for the calculation.
        if value == "0" and self._is_calculated_later:
            return True
        # An empty text is a value: =IF(A1>0,1,"") gives it.
        return not value and formula.get("t") != "str"


def _require_own_parts(sheets: Sequence[Any]) -> None:
    """Raise ValueError where sheets share a part, which no program writes: it would be read for
    each."""
    if len({sheet._worksheet_path for sheet in sheets}) < len(sheets):
        raise ValueError("sheets of one part")


def _sheet(sheet: Any, allowance: Allowance) -> Sheet:
    rows: list[Row] = []
    broken: dict[tuple[int, int], str] = {}
    uncomputed: set[tuple[int, int]] = set()
    with sheet._get_source() as source:
        parser = _Parser(source, sheet)
        for number, cells in _filled(parser, sheet):
            rows.append(Row(number, _texts(cells)))
            allowance.spend(sheet.title, rows[-1])
            broken |= {(number, at): _text(cell) for at, cell in cells.items() if _is_broken(cell)}
            uncomputed |= {(number, at) for at, cell in cells.items() if cell.value is _UNCOMPUTED}
    areas = tuple(sorted(_areas(parser.merged_cells)))
    return Sheet(sheet.title, tuple(rows), broken, frozenset(uncomputed), areas)


def _filled(parser: _Parser, sheet: Any) -> Iterator[tuple[int, dict[int, BookCell]]]:
    """Yield the rows that hold anything with their filled cells by column, in their order."""
    last = empty = 0
    for number, parsed in parser.parse():
        if number <= last:
            raise ValueError("rows out of order")
        last = number
        cells = {
            each["column"] - 1: ReadOnlyCell(sheet, **each)
            for each in parsed
            if each["value"] is not None
        }
        empty += not cells
        if empty > MAX_EMPTY_ROWS or (cells and _is_beyond(number, max(cells))):
            values = {"sheet": sheet.title, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
            raise invalid(Fault("", "workbook_sheet_large", values))
        if cells:
            yield number, cells


def _is_beyond(row: int, column: int) -> bool:
    return row > MAX_ROWS or column >= MAX_COLUMNS


def _texts(cells: dict[int, BookCell]) -> tuple[str, ...]:
    return tuple(_text(cells[at]) if at in cells else "" for at in range(max(cells) + 1))


def _is_broken(cell: BookCell) -> bool:
    return cell.data_type == "e" or (isinstance(cell.value, str) and is_error_value(cell.value))


def _areas(merged: Any) -> Iterator[Area]:
    for each in merged.mergeCell if merged else ():
        left, top, right, bottom = each.bounds
        if (top, left) != (bottom, right):
            yield Area(top, left - 1, bottom, right - 1)


def _text(cell: BookCell) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case _ if value is _UNCOMPUTED:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
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

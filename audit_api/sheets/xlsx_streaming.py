"""XLSX of typed rows, however many, in memory that does not grow: headings that stay in view, a
filter over each column, numbers and days that are such."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, count, islice
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from audit_api.sheets.sinks import Counted, Sink
from audit_api.sheets.spreadsheets import MAX_ROWS, require_fitting
from audit_api.sheets.tables import Cell, Column, Kind, Row, Table
from audit_api.sheets.xlsx_texts import Sheet

_OPTIONS = {
    "constant_memory": True,
    "use_zip64": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,
}
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The date that every workbook states, so that equal content gives equal bytes."""
_HEADING = {"bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF", "text_wrap": True}
_DIGITS = 15
"""Digits of a number that Excel keeps; one with more is written as a text."""
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was."""
_MAX_TITLE = 31
_FORMATS = {
    Kind.TEXT: "@",
    Kind.INTEGER: "0",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
    Kind.BOOLEAN: "General",
}


def write(tables: Iterable[Table], sink: Sink) -> None:
    """Write a sheet for each table to a sink that is only appended to; a table with more rows than
    a sheet has goes on in a next one.

    Raises INVALID for a text that no cell of Excel can hold, at its row and column.
    """
    with Workbook(Counted(sink), _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        for table in tables:
            _write_table(book, table)


def _write_table(book: Workbook, table: Table) -> None:
    rows = iter(table.rows)
    for number in count(1):
        sheet = book.add_worksheet(_title(table.title, number), worksheet_class=Sheet)
        written = _write_rows(book, sheet, table.columns, islice(rows, MAX_ROWS - 1))
        following = next(rows, None) if written == MAX_ROWS - 1 else None
        if following is None:
            return
        rows = chain([following], rows)


def _title(title: str, number: int) -> str:
    suffix = "" if number == 1 else f" {number}"
    return title[: _MAX_TITLE - len(suffix)] + suffix


def _write_rows(
    book: Workbook, sheet: Sheet, columns: Sequence[Column], rows: Iterator[Row]
) -> int:
    """Write one sheet; return how many rows it has below the headings."""
    heading = book.add_format(_HEADING)
    puts = []
    for at, column in enumerate(columns):
        look = book.add_format({"num_format": _number_format(column)})
        sheet.set_column(at, at, column.width, look)
        sheet.write_string(0, at, column.title, heading)
        puts.append(_putter(sheet, at, column, look))
    sheet.freeze_panes(1, 0)
    row = 0
    for row, cells in enumerate(rows, start=1):
        for put, cell in zip(puts, cells, strict=True):
            if cell is not None:
                put(row, cell)
    sheet.autofilter(0, 0, row, len(columns) - 1)
    return row


def _number_format(column: Column) -> str:
    # Of many places most are zeros: a number shows those that it has.
    if column.kind is Kind.DECIMAL:
        return "0.00" if column.places == 2 else "General"
    return _FORMATS[column.kind]


def _putter(sheet: Sheet, at: int, column: Column, look: Format) -> Callable[[int, Any], None]:
    """Return what writes a cell of a column in a row."""

    def text(row: int, cell: str) -> None:
        require_fitting(cell, row, column.name)
        if cell:
            sheet.write_string(row, at, cell, look)

    def number(row: int, cell: Decimal | int) -> None:
        if _is_kept(cell):
            sheet.write_number(row, at, cell, look)
        else:
            text(row, f"{cell:f}" if isinstance(cell, Decimal) else str(cell))

    def day(row: int, cell: date) -> None:
        if _day_of(cell) >= _FIRST_DAY:
            sheet.write_datetime(row, at, cell, look)
        else:
            text(row, cell.isoformat())

    def truth(row: int, cell: bool) -> None:
        sheet.write_boolean(row, at, cell, look)

    putters: dict[Kind, Callable[[int, Any], None]] = {
        Kind.TEXT: text,
        Kind.DECIMAL: number,
        Kind.INTEGER: number,
        Kind.DATE: day,
        Kind.MOMENT: day,
        Kind.BOOLEAN: truth,
    }
    return putters[column.kind]


def _is_kept(value: Decimal | int) -> bool:
    """Whether a number that is read as a float is still the same to its last digit."""
    return len(Decimal(value).normalize().as_tuple().digits) <= _DIGITS


def _day_of(cell: Cell) -> date:
    assert isinstance(cell, date)
    return cell.date() if isinstance(cell, datetime) else cell

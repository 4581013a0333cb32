"""XLSX workbooks for people to fill in and to read: headings with notes, lists to choose from.

Every text is written as a text, also one that begins like a formula, and column formats keep
Excel from making dates and numbers of what is typed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from audit_api.errors import Fault, invalid
from audit_api.sheets.spreadsheets import MAX_CELL_LENGTH, is_error_value, length

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CellValue = str | int | float | None

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The date that every workbook states, so that equal content gives equal bytes."""
_ROWS_TO_FILL = 2_000
"""How far down the lists to choose from reach."""
_HEADING = {"bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF", "text_wrap": True}
_CELL = {"text_wrap": True, "valign": "top"}
_BANNER = {"bold": True, "bg_color": "#DCE9EE"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and the note on it, its width in characters.

    `choices` are offered, as a list or as the cells of another sheet ("=options!$A$2:$A$9");
    where they are not `strict`, others are accepted too.  `number` leaves what is typed to
    Excel; elsewhere it stays the text that was typed.
    """

    heading: str
    width: int = 16
    note: str = ""
    choices: tuple[str, ...] | str = ()
    strict: bool = True
    number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the headings; a banner stands out, as the head of what follows it."""

    cells: Sequence[CellValue]
    banner: bool = False
    choices: tuple[str, ...] = ()
    """What the row's second cell offers, where it differs from row to row."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet; its first row and `frozen` columns stay in view."""

    name: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    frozen: int = 0


def write(pages: Iterable[Page]) -> bytes:
    """Return the workbook.  Raises INVALID for a text that no cell of Excel can hold."""
    # Others need the shapes alone.
    from xlsxwriter import Workbook

    from audit_api.sheets.xlsx_texts import Sheet

    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        looks = _Looks(book)
        for page in pages:
            sheet = book.add_worksheet(page.name, worksheet_class=Sheet)
            _write_page(sheet, page, looks)
    return out.getvalue()


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self.heading: Format = book.add_format(_HEADING)
        self._cells = {
            (number, banner): book.add_format(
                _CELL | ({} if number else {"num_format": "@"}) | (_BANNER if banner else {})
            )
            for number in (True, False)
            for banner in (True, False)
        }

    def cell(self, column: Column, banner: bool = False) -> Format:
        return self._cells[column.number, banner]


def _write_page(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    sheet.freeze_panes(1, page.frozen)
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, column.width, looks.cell(column))
        sheet.write_string(0, at, column.heading, looks.heading)
        if column.note:
            sheet.write_comment(0, at, column.note, {"x_scale": 2.5, "y_scale": 1.6})
        if column.choices:
            _offer(sheet, (1, at, _ROWS_TO_FILL, at), column.choices, strict=column.strict)
    for row, line in enumerate(page.lines, start=1):
        _write_line(sheet, row, line, page, looks)


def _write_line(sheet: Worksheet, row: int, line: Line, page: Page, looks: _Looks) -> None:
    if line.choices:
        _offer(sheet, (row, 1, row, 1), line.choices, strict=True)
    for at, (column, value) in enumerate(zip(page.columns, line.cells, strict=True)):
        look = looks.cell(column, line.banner)
        if isinstance(value, str) and value:
            _require_fitting(value, page.name, row)
            sheet.write_string(row, at, value, look)
        elif isinstance(value, int | float):
            sheet.write_number(row, at, value, look)
        elif line.banner:
            sheet.write_blank(row, at, None, look)


def _offer(
    sheet: Worksheet,
    place: tuple[int, int, int, int],
    choices: tuple[str, ...] | str,
    *,
    strict: bool,
) -> None:
    source = choices if isinstance(choices, str) else list(choices)
    sheet.data_validation(
        *place, {"validate": "list", "source": source, "show_error": strict, "ignore_blank": True}
    )


def _require_fitting(text: str, sheet: str, row: int) -> None:
    if is_error_value(text):
        broken = {"sheet": sheet, "row": row + 1, "given": text}
        raise invalid(Fault("", "workbook_cell_error", broken))
    if length(text) > MAX_CELL_LENGTH:
        values = {"sheet": sheet, "row": row + 1, "most": MAX_CELL_LENGTH}
        raise invalid(Fault("", "workbook_cell_long", values))

"""CSV (RFC 4180), as spreadsheet programs read and write it in every country.

A text cell that a spreadsheet would take for a formula is written behind an apostrophe, and
reading takes that apostrophe off again: what is written comes back as it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from audit_api.errors import Fault, invalid, pointer_to
from audit_api.sheets import charsets
from audit_api.sheets.spreadsheets import require_fitting

MEDIA_TYPE = "text/csv; charset=utf-8"

SEPARATORS = (",", ";", "\t")
"""What spreadsheets put between cells; which one depends on the country."""

_WORKBOOKS = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
"""How XLSX, ODS and XLS files begin."""
_NAMED_SEPARATOR = re.compile(r"\"?sep=([^\"\r\n\0])\"?[^\S\r\n]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_UNUSUAL = re.compile("[|，；、]")
_HEADER = re.compile(r"[^\s][^\r\n]*")
_QUOTED = re.compile(r'"[^"]*"')
_TROUBLES = (
    ("unexpected end of data", "csv_quote_open"),
    ("expected after", "csv_quote_inside"),
    ("field limit", "csv_cell_long"),
    ("", "csv_unreadable"),
)
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How people keep a spreadsheet from making a number of 00123."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One record: the number of the line that it begins on (the first is 1), and its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's records, and how they were read: the charset, and what stands between cells."""

    charset: str
    separator: str
    lines: Iterator[Line]


def read(data: bytes, charset: str | None = None) -> Table:
    """Return the records of a file that are not blank; quotes may hold line breaks.

    The text is of the charset that is named, or of the one that it tells itself (`charsets`).
    Between cells stands what a first line `sep=;` says, or the one of comma, semicolon and tab that
    the header has.  Raises INVALID where one of the two cannot be told, and, as the lines are read,
    where the quotes are not understood.
    """
    if data.startswith(_WORKBOOKS):
        raise invalid(Fault("", "csv_workbook"))
    decoded = charsets.decode(data, charset)
    named = _NAMED_SEPARATOR.match(decoded.text)
    text = decoded.text[named.end() :] if named else decoded.text
    separator = named[1] if named else _separator(text)
    lines = _lines(text, separator, first=2 if named else 1)
    return Table(decoded.charset, separator, lines)


def _separator(text: str) -> str:
    header = _HEADER.search(text)
    bare = _QUOTED.sub("", header[0]) if header else ""
    found = [separator for separator in SEPARATORS if separator in bare]
    if len(found) > 1:
        raise invalid(Fault("/lines/1", "csv_separators", {"found": _shown(found)}))
    if not found and (other := _UNUSUAL.search(bare)):
        raise invalid(Fault("/lines/1", "csv_separator", {"found": other[0]}))
    return found[0] if found else SEPARATORS[0]


def _shown(separators: Sequence[str]) -> list[str]:
    return ["TAB" if separator == "\t" else separator for separator in separators]


def _lines(text: str, separator: str, *, first: int) -> Iterator[Line]:
    source = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begin = first
    try:
        for cells in source:
            if any(cell.strip() for cell in cells):
                yield Line(begin, [_unprotected(cell) for cell in cells])
            begin = source.line_num + first
    except csv.Error as error:
        said = str(error)
        trouble = next(code for words, code in _TROUBLES if words in said)
        raise invalid(Fault(pointer_to("lines", begin), trouble)) from None


def write(rows: Iterable[Sequence[object]], *, marked: bool = False) -> Iterator[bytes]:
    """Yield the file piece by piece, in memory that does not grow; the first row names the columns.
    `marked` begins it with a byte order mark, without which Excel does not take it for UTF-8.

    A cell is a text, a number, a truth value, a date or an aware moment; None is empty.  Raises
    INVALID for a text that Excel would cut off silently, at its row and column; of rows it says
    itself that there are more than it has.
    """
    buffer = io.StringIO("\ufeff" if marked else "", newline="")
    buffer.seek(0, io.SEEK_END)
    out = csv.writer(buffer, lineterminator="\r\n")
    header: Sequence[object] = ()
    for number, row in enumerate(rows):
        header = header or row
        out.writerow(_cells(row, number, header))
        if buffer.tell() >= _CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _cells(row: Sequence[object], number: int, header: Sequence[object]) -> Iterator[str]:
    for at, value in enumerate(row):
        cell = _cell(value)
        require_fitting(cell, number, header[at] if at < len(header) else at + 1)
        yield cell


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    # A negative number is no formula; a text that looks like one might be.
    is_formula = isinstance(value, str) and _FORMULA.match(text)
    return f"'{text}" if is_formula else text


def _unprotected(cell: str) -> str:
    if cell.startswith("'") and _FORMULA.match(cell):
        return cell[1:]
    as_text = _AS_TEXT.fullmatch(cell) if cell.startswith("=") else None
    return as_text[1] if as_text else cell

"""CSV (RFC 4180), as spreadsheet programs read and write it.

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

from audit_api.errors import Fault, invalid

MEDIA_TYPE = "text/csv; charset=utf-8"
MAX_CELL_LENGTH = 32_767
MAX_ROWS = 1_048_576
"""What Excel would cut off silently."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One record: the number of the line that it begins on (the first is 1), and its cells."""

    number: int
    cells: list[str]


def read(data: bytes) -> Iterator[Line]:
    """Yield the records of a file that is not blank lines only; quotes may hold line breaks.

    The text is UTF-8, with or without a byte order mark, or GB18030, as Excel saves it in China.
    Raises INVALID for another encoding, and at the line where the quotes are not understood.
    """
    source = csv.reader(io.StringIO(_text(data), newline=""), strict=True)
    begin = 1
    try:
        for cells in source:
            if any(cells):
                yield Line(begin, [_unprotected(cell) for cell in cells])
            begin = source.line_num + 1
    except csv.Error:
        values = {"max": csv.field_size_limit()}
        raise invalid(Fault(f"/lines/{begin}", "csv_unreadable", values)) from None


def write(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield the file piece by piece, in memory that does not grow; it begins with a byte order
    mark, without which Excel would not take it for UTF-8.

    A cell is a text, a number, a truth value, a date or an aware moment; None is empty.  Raises
    `ValueError` for what Excel would cut off silently: longer cells, more rows.
    """
    buffer = io.StringIO("\ufeff", newline="")
    buffer.seek(0, io.SEEK_END)
    out = csv.writer(buffer, lineterminator="\r\n")
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise ValueError(f"more than {MAX_ROWS} rows")
        out.writerow([_cell(value) for value in row])
        if buffer.tell() >= _CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise invalid(Fault("", "csv_encoding"))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value)
    if len(text) >= MAX_CELL_LENGTH:
        raise ValueError(f"a cell of {len(text)} characters; accepted: {MAX_CELL_LENGTH - 1}")
    # A negative number is no formula; a text that looks like one might be.
    is_formula = isinstance(value, str) and _FORMULA.match(text)
    return f"'{text}" if is_formula else text


def _unprotected(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

"""The lines of an imported file: what each column accepts, and every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from audit_api.errors import Fault, Refused, invalid, pointer_to
from audit_api.rules import names
from audit_api.sheets import csv
from audit_api.sheets.spreadsheets import is_error_value

MAX_FAULTS = 1_000
MAX_LINES = 100_000
MAX_COLUMNS = 500
MAX_HEADING_LENGTH = 100
SHOWN_LINES, SHOWN_CELLS, SHOWN_CHARACTERS = 5, 30, 100
"""How much of a file is shown as it was read."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `read` turns a cell that is not empty into a value, or raises `Refused`.

    A `needed` column must be there and filled.  Elsewhere an empty cell means `empty`, and a
    column that the file does not have leaves what is stored as it is.
    """

    name: str
    read: Callable[[str], Any]
    needed: bool = False
    empty: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line's values by column; a cell that was not accepted is missing."""

    line: int
    values: Mapping[str, Any]


@dataclass(slots=True)
class Faults:
    """The faults found so far, by line and column."""

    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, column: str | None, code: str, /, **values: object) -> None:
        """Add one; when there are MAX_FAULTS nobody reads on: raise INVALID with them."""
        place = ("lines", line) if column is None else ("lines", line, column)
        self.found.append(Fault(pointer_to(*place), code, values))
        if len(self.found) >= MAX_FAULTS:
            raise invalid(*self.found, Fault("", "more_faults", {"most": MAX_FAULTS}))

    def refuse(self) -> None:
        """Raise INVALID if there is any, in the order of the lines."""
        if self.found:
            raise invalid(*sorted(self.found, key=_line_of))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, and the charset that it was declared to be in, if any; a `workbook` is
    read by its first sheet that is not empty."""

    data: bytes
    charset: str | None = None
    workbook: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """How a file was read: the charset, what stood between cells, and the first lines."""

    charset: str
    separator: str
    lines: Sequence[csv.Line]


@dataclass(frozen=True, slots=True)
class Contents:
    """The rows of a file, and how it was read."""

    rows: list[Row]
    sample: Sample


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did, or would do."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, how it was read, and what may not have been meant."""

    counts: Counts
    sample: Sample
    warnings: Sequence[Fault] = ()


def read(
    upload: Upload,
    columns: Sequence[Column],
    faults: Faults,
    *,
    free: Column | None = None,
    table: csv.Table | None = None,
) -> Contents:
    """Return the file's rows; the first line names the columns, in any order.

    `table` are the records of a file that is no CSV.
    `free` stands for any column whose name begins with its name.  Raises INVALID at once where
    the header is at fault, for then no cell below could be told from another, and where there are
    more than MAX_COLUMNS or MAX_LINES.
    """
    table = table or csv.read(upload.data, upload.charset)
    header = next(table.lines, None)
    if header is None:
        raise invalid(Fault("", "csv_empty"))
    width = _width(header)
    if width > MAX_COLUMNS:
        place = pointer_to("lines", header.number)
        raise invalid(Fault(place, "csv_columns", {"most": MAX_COLUMNS}))
    present = _present(header, width, columns, faults, free)
    faults.refuse()
    shown, rows = [header], list[Row]()
    for line in table.lines:
        if len(shown) < SHOWN_LINES:
            shown.append(line)
        if len(rows) >= MAX_LINES:
            place = pointer_to("lines", line.number)
            raise invalid(Fault(place, "csv_lines", {"most": MAX_LINES}))
        if _is_whole(line, width, faults):
            rows.append(_row(line, present, faults))
    return Contents(rows, Sample(table.charset, table.separator, [*map(_shown, shown)]))


def unique(rows: Sequence[Row], name: str, faults: Faults) -> dict[str, Row]:
    """Return the rows by the value of a column that may not say anything twice."""
    by_value: dict[str, Row] = {}
    for row in rows:
        value = row.values.get(name)
        if value is None:
            continue
        first = by_value.setdefault(value, row)
        if first is not row:
            faults.add(row.line, name, "repeated_in_file", value=value, line=first.line)
    return by_value


def _width(line: csv.Line) -> int:
    """Return how many cells there are without the empty last ones, which spreadsheets add."""
    filled = [at for at, cell in enumerate(line.cells) if cell.strip()]
    return filled[-1] + 1 if filled else 0


def _shown(line: csv.Line) -> csv.Line:
    return csv.Line(line.number, [cell[:SHOWN_CHARACTERS] for cell in line.cells[:SHOWN_CELLS]])


def _present(
    header: csv.Line, width: int, columns: Sequence[Column], faults: Faults, free: Column | None
) -> list[Column]:
    known = {column.name: column for column in columns}
    present: list[Column] = []
    for cell in header.cells[:width]:
        name = _heading(header, cell, faults)
        if name is None:
            continue
        column = known.get(name) or _free(name, free)
        if column is None:
            accepted = [*known, *([f"{free.name}…"] if free else [])]
            faults.add(header.number, name, "unknown_column", name=name, accepted=accepted)
            continue
        if any(name == other.name for other in present):
            faults.add(header.number, name, "column_twice", name=name)
        present.append(column)
    names_present = {column.name for column in present}
    for column in columns:
        if column.needed and column.name not in names_present:
            faults.add(header.number, column.name, "column_missing", name=column.name)
    return present


def _heading(header: csv.Line, cell: str, faults: Faults) -> str | None:
    """Return a column's name, however it was typed; note a fault where it is none."""
    if not cell.strip():
        return ""
    try:
        return names.code(cell, most=MAX_HEADING_LENGTH)
    except Refused as refused:
        faults.add(header.number, cell.strip(), refused.code, **refused.values)
        return None


def _free(name: str, free: Column | None) -> Column | None:
    if free is None or not name.startswith(free.name) or name == free.name:
        return None
    return Column(name, free.read)


def _is_whole(line: csv.Line, width: int, faults: Faults) -> bool:
    if len(line.cells) >= width and _width(line) <= width:
        return True
    sent = max(_width(line), min(len(line.cells), width))
    faults.add(line.number, None, "cell_count", sent=sent, accepted=width)
    return False


def _row(line: csv.Line, present: Sequence[Column], faults: Faults) -> Row:
    values: dict[str, Any] = {}
    for column, cell in zip(present, line.cells, strict=False):
        text = cell.strip()
        if not text and column.needed:
            faults.add(line.number, column.name, "cell_empty")
            continue
        try:
            values[column.name] = _value(column, text) if text else column.empty
        except Refused as refused:
            faults.add(line.number, column.name, refused.code, **refused.values)
    return Row(line.number, values)


def _value(column: Column, text: str) -> Any:
    if is_error_value(text):
        raise Refused("cell_error_value", given=text)
    return column.read(text)


def _line_of(fault: Fault) -> int:
    parts = fault.pointer.split("/")
    return int(parts[2]) if len(parts) > 2 else 0

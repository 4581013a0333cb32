"""Parquet, in folders by month as Hive names them, which DuckDB, Spark and Trino read in place.

The optional extra pyarrow writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from itertools import groupby, islice
from typing import Any, cast

from audit_api.errors import Fault, invalid
from audit_api.sheets.sinks import Counted, Sink
from audit_api.sheets.tables import Column, Kind, Row, Table

try:
    import pyarrow
    import pyarrow.parquet
except ImportError:  # An optional extra.
    pyarrow = None

INSTALL = "pip install '.[parquet]'"
"""Installs the extra, in the folder of the clone."""
PART = "part-0.parquet"
_ROWS_AT_ONCE = 5_000
"""Rows that are in memory, and in a row group."""
_DIGITS = 20
"""Digits of a decimal: what whole numbers of 64 bits have, and one more."""

Folder = Callable[[str], AbstractContextManager[Sink]]
"""Opens a new file by its path in the folder, to be appended to; one is open at a time."""


def require_extra() -> None:
    """Raise INVALID where the extra is not installed, with how to install it."""
    if pyarrow is None:
        raise invalid(Fault("/format", "extra_missing", {"extra": "pyarrow", "command": INSTALL}))


def write(table: Table, folder: Folder, month: str | None = None) -> None:
    """Write the rows as parts of a folder; raise INVALID where the extra is not installed.

    With the name of a column of days, rows that come sorted by it are parted by its month
    (`month=2026-11/part-0.parquet`).  Where there is no row, one part without rows tells the
    columns.
    """
    require_extra()
    empty = True
    for path, rows in _parts(table, month):
        _write_part(table.columns, rows, folder, path)
        empty = False
    if empty:
        _write_part(table.columns, (), folder, PART)


def _parts(table: Table, month: str | None) -> Iterator[tuple[str, Iterable[Row]]]:
    if month is None:
        return groupby(table.rows, key=lambda row: PART)
    place = [column.name for column in table.columns].index(month)
    return groupby(table.rows, key=lambda row: f"month={cast(date, row[place]):%Y-%m}/{PART}")


def _write_part(columns: Sequence[Column], rows: Iterable[Row], folder: Folder, path: str) -> None:
    schema = pyarrow.schema([pyarrow.field(each.name, _type(each)) for each in columns])
    remaining = iter(rows)
    with (
        folder(path) as file,
        pyarrow.PythonFile(Counted(file), mode="w") as sink,
        pyarrow.parquet.ParquetWriter(sink, schema, compression="zstd") as writer,
    ):
        while batch := list(islice(remaining, _ROWS_AT_ONCE)):
            arrays = [
                pyarrow.array(cells, field.type)
                for cells, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def _type(column: Column) -> Any:
    match column.kind:
        case Kind.TEXT:
            return pyarrow.string()
        case Kind.DECIMAL:
            return pyarrow.decimal128(_DIGITS, column.places)
        case Kind.INTEGER:
            return pyarrow.int64()
        case Kind.DATE:
            return pyarrow.date32()
        case Kind.MOMENT:
            return pyarrow.timestamp("us", tz="UTC")
        case Kind.BOOLEAN:
            return pyarrow.bool_()

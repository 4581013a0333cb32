"""Data sets as files: workbooks, CSV, JSON Lines, and folders of Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from itertools import chain
from zipfile import ZipFile, ZipInfo

from audit_api.services.access import Who
from audit_api.services.datasets.fields import Dataset, Field, Request, meaning, title
from audit_api.sheets import csv, json_lines
from audit_api.sheets.sinks import Counted, Sink
from audit_api.sheets.tables import Column, Kind, Row, Table, names
from audit_api.sheets.xlsx_package import MEDIA_TYPE as WORKBOOK
from audit_api.words import say


class Format(StrEnum):
    """What a data set is written as."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


MEDIA_TYPES = {
    Format.XLSX: WORKBOOK,
    Format.CSV: csv.MEDIA_TYPE,
    Format.JSONL: json_lines.MEDIA_TYPE,
    Format.PARQUET: "application/zip",
}

Told = Callable[[int], None]
"""Is told now and then how many rows were written."""
_EVERY = 1_000

Folder = Callable[[str], AbstractContextManager[Sink]]
"""Opens a new file by its path in a folder, to be appended to."""


def silent(rows: int) -> None:
    """Tell nobody how many rows were written."""


def write(
    dataset: Dataset,
    request: Request,
    format: Format,
    sink: Sink,
    *,
    by: Who,
    marked: bool = False,
    told: Told = silent,
) -> int:
    """Write a data set to a sink that is only appended to; return how many rows it has.

    Parquet goes as a ZIP of its folder.  `marked` begins CSV with a byte order mark.  Call it in
    `database.one_moment`: its rows are read page by page.

    Raises FORBIDDEN, NOT_FOUND or INVALID: for a text that no cell of a sheet can hold, for a
    format whose extra is not installed.
    """
    if format is Format.PARQUET:
        with ZipFile(Counted(sink), "w") as archive:
            return write_parts(dataset, request, _inside(archive), by=by, told=told)
    counted = _Counted(dataset.rows(request, by=by), told)
    table = _table(dataset, request, counted)
    match format:
        case Format.XLSX:
            _write_workbook([table, _meanings(dataset, request)], sink)
        case Format.CSV:
            _append(csv.write(chain([names(table.columns)], table.rows), marked=marked), sink)
        case Format.JSONL:
            _append(json_lines.write(table.columns, table.rows), sink)
    return counted.number


def write_parts(
    dataset: Dataset, request: Request, folder: Folder, *, by: Who, told: Told = silent
) -> int:
    """Write a data set as Parquet into a folder, parted by month where it has days; as `write`."""
    # An optional extra, and large.
    from audit_api.sheets import parquet

    parquet.require_extra()
    counted = _Counted(dataset.rows(request, by=by), told)
    parquet.write(_table(dataset, request, counted), folder, dataset.month)
    return counted.number


class _Counted:
    """Rows that are counted as they go by."""

    def __init__(self, rows: Iterable[Row], told: Told) -> None:
        self._rows = rows
        self._told = told
        self.number = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.number += 1
            if self.number % _EVERY == 0:
                self._told(self.number)
            yield row
        self._told(self.number)


def _table(dataset: Dataset, request: Request, rows: Iterable[Row]) -> Table:
    columns = [each.column(request.locale) for each in dataset.of(request.edition)]
    return Table(say(f"data.set.{dataset.name}", request.locale), columns, rows)


def _meanings(dataset: Dataset, request: Request) -> Table:
    """What the columns of a workbook mean: a row each."""
    locale = request.locale
    widths = {"key": 22, "title": 28, "type": 12, "meaning": 80}
    columns = [
        Column(name, Kind.TEXT, say(f"data.{name}", locale), width=width)
        for name, width in widths.items()
    ]
    rows = (_meaning(each, locale) for each in dataset.of(request.edition))
    return Table(say("data.columns", locale), columns, rows)


def _meaning(of: Field, locale: str) -> Row:
    return of.name, title(of, locale), say(f"data.kind.{of.kind}", locale), meaning(of, locale)


def _write_workbook(tables: Sequence[Table], sink: Sink) -> None:
    # Loaded by the first workbook that is asked for.
    from audit_api.sheets import xlsx_streaming

    xlsx_streaming.write(tables, sink)


def _append(pieces: Iterable[bytes], sink: Sink) -> None:
    for piece in pieces:
        sink.write(piece)


def _inside(archive: ZipFile) -> Folder:
    """Return a folder in an archive; what Parquet wrote is compressed already."""

    @contextmanager
    def opened(path: str) -> Iterator[Sink]:
        with archive.open(ZipInfo(path, (2026, 1, 1, 0, 0, 0)), "w", force_zip64=True) as file:
            yield file

    return opened

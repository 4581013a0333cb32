"""Data sets as files: workbooks, CSV, JSON Lines, and folders of Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from itertools import chain
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from audit_api.services.access import Who
from audit_api.services.datasets.fields import Dataset, Field, Request, meaning, title
from audit_api.sheets import csv, json_lines
from audit_api.sheets.sinks import Counted, Sink
from audit_api.sheets.tables import Cell, Column, Kind, Row, Table, names
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
"""Is told now and then of how many subjects (audits, sites) the rows were written."""


class Written(NamedTuple):
    """How many rows a file has, and how many subjects they are about."""

    rows: int
    subjects: int


Folder = Callable[[str], AbstractContextManager[Sink]]
"""Opens a new file by its path in a folder, to be appended to."""


def silent(subjects: int) -> None:
    """Tell nobody how far it is."""


def write(
    dataset: Dataset,
    request: Request,
    format: Format,
    sink: Sink,
    *,
    by: Who,
    marked: bool = False,
    told: Told = silent,
) -> Written:
    """Write a data set to a sink that is only appended to; return how much was written.

    Parquet goes as a ZIP of its folder.  `marked` begins CSV with a byte order mark.  Call it in
    `database.one_moment`: its rows are read page by page.

    Raises FORBIDDEN, NOT_FOUND or INVALID: for a text that no cell of a sheet can hold, for a
    format whose extra is not installed.
    """
    if format is Format.PARQUET:
        with ZipFile(Counted(sink), "w") as archive:
            return write_parts(dataset, request, _inside(archive), by=by, told=told)
    columns = dataset.columns(request, by=by)
    counted = _Counted(dataset, columns, dataset.rows(request, by=by), told)
    table = _table(dataset, columns, request, counted)
    match format:
        case Format.XLSX:
            _write_workbook([table, _meanings(columns, request)], sink)
        case Format.CSV:
            _append(csv.write(chain([names(table.columns)], table.rows), marked=marked), sink)
        case Format.JSONL:
            _append(json_lines.write(table.columns, table.rows), sink)
    return counted.written


def write_parts(
    dataset: Dataset, request: Request, folder: Folder, *, by: Who, told: Told = silent
) -> Written:
    """Write a data set as Parquet into a folder, parted by month where it has days; as `write`."""
    # An optional extra, and large.
    from audit_api.sheets import parquet

    parquet.require_extra()
    columns = dataset.columns(request, by=by)
    counted = _Counted(dataset, columns, dataset.rows(request, by=by), told)
    parquet.write(_table(dataset, columns, request, counted), folder, dataset.month)
    return counted.written


def require_extra(format: Format) -> None:
    """Raise INVALID for a format whose extra is not installed."""
    if format is Format.PARQUET:
        from audit_api.sheets import parquet

        parquet.require_extra()


class _Counted:
    """Rows that are counted as they go by, and their subjects."""

    def __init__(
        self, dataset: Dataset, columns: Sequence[Field], rows: Iterable[Row], told: Told
    ) -> None:
        names = [each.name for each in columns]
        self._place = None if dataset.subject is None else names.index(dataset.subject)
        self._rows = rows
        self._told = told
        self.written = Written(0, 0)

    def __iter__(self) -> Iterator[Row]:
        rows = subjects = 0
        subject: Cell = None
        for row in self._rows:
            rows += 1
            if self._place is None or row[self._place] != subject:
                self._told(subjects)
                subjects += 1
                subject = row[self._place or 0]
            yield row
        self._told(subjects)
        self.written = Written(rows, subjects)


def _table(
    dataset: Dataset, columns: Sequence[Field], request: Request, rows: Iterable[Row]
) -> Table:
    shown = [each.column(request.locale) for each in columns]
    return Table(say(f"data.set.{dataset.name}", request.locale), shown, rows)


def _meanings(columns: Sequence[Field], request: Request) -> Table:
    """What the columns of a workbook mean: a row each."""
    locale = request.locale
    widths = {"key": 22, "title": 28, "type": 12, "meaning": 80}
    head = [
        Column(name, Kind.TEXT, say(f"data.{name}", locale), width=width)
        for name, width in widths.items()
    ]
    return Table(say("data.columns", locale), head, (_meaning(each, locale) for each in columns))


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

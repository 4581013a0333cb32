"""Reads what was written by libraries that did not write it: openpyxl, csv, json, DuckDB."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import duckdb
import openpyxl

_ESCAPED = re.compile("_x([0-9A-F]{4})_")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Rows = list[list[Any]]


def xlsx(data: bytes) -> dict[str, Rows]:
    """The rows of every sheet, headings first; what XML cannot hold is written by its number."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [[_cell(cell) for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def _cell(cell: Any) -> Any:
    assert cell.data_type != "f", f"{cell.coordinate} is a formula"
    if isinstance(cell.value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell.value)
    if isinstance(cell.value, float):
        return Decimal(repr(cell.value))
    return cell.value


def csv_rows(data: bytes) -> Rows:
    """The rows of a CSV file, headings first, as texts."""
    return [*csv.reader(io.StringIO(data.decode("utf-8"), newline=""))]


def json_rows(data: bytes) -> list[dict[str, Any]]:
    """The objects of JSON Lines."""
    lines = data.decode().split("\n")
    assert lines.pop() == ""
    return [json.loads(line, parse_float=Decimal) for line in lines]


def parquet(path: Path) -> tuple[list[str], Rows]:
    """The columns and the rows of a folder as DuckDB reads it in place, by their order in it."""
    with duckdb.connect() as database:
        source = f"read_parquet('{path}/**/*.parquet', hive_partitioning = true)"
        told = database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        wanted = [_as_microseconds(name) if "TIME ZONE" in kind else f'"{name}"'
                  for name, kind, *_ in told]  # fmt: skip
        rows = database.execute(f"SELECT {', '.join(wanted)} FROM {source}").fetchall()
    moments = [at for at, (_, kind, *_) in enumerate(told) if "TIME ZONE" in kind]
    return [name for name, *_ in told], [_with_moments(list(row), moments) for row in rows]


def _as_microseconds(name: str) -> str:
    return f'epoch_us("{name}")'


def _with_moments(row: list[Any], places: list[int]) -> list[Any]:
    for at in places:
        if row[at] is not None:
            row[at] = _EPOCH + timedelta(microseconds=row[at])
    return row


class Appended:
    """A sink that can be appended to, and nothing else."""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, data: Any) -> int:
        self.data += data
        return len(data)


def unpacked(data: bytes, folder: Path) -> Path:
    """The folder that a ZIP holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder


def inside(folder: Path) -> Any:
    """What opens parts in a folder."""

    @contextmanager
    def opened(path: str) -> Iterator[IO[bytes]]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("xb") as file:
            yield file

    return opened

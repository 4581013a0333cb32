"""Data sets written in every format, and read back by others into one shape: rows by column."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audit_api.database import one_moment
from audit_api.rules.figures import periods
from audit_api.services import datasets
from audit_api.services.access import Who
from audit_api.services.datasets import DATASETS, Dataset, Format, Request
from audit_api.services.documents.editions import Edition
from audit_api.sheets.tables import Kind
from tests.sheets import readers
from tests.world import World

Told = list[dict[str, Any]]


def request(**more: Any) -> Request:
    """A request in English, of the anonymous edition, for March 2026."""
    return Request(
        **{
            "locale": "en",
            "now": datetime(2026, 5, 1, tzinfo=UTC),
            "period": periods.parse("2026-03"),
            **more,
        }
    )


def written(world: World, name: str, format: Format, asked: Request, by: Who) -> bytes:
    """A data set as a file, written to what can only be appended to."""
    sink = readers.Appended()
    with world.app.app_context(), one_moment():
        done = datasets.write(DATASETS[name], asked, format, sink, by=by)
    assert done.rows == len(READERS[format](DATASETS[name], asked, bytes(sink.data)))
    return bytes(sink.data)


def read(world: World, name: str, format: Format, asked: Request, by: Who) -> Told:
    """The rows of a data set as an independent reader finds them in a file of it."""
    return READERS[format](DATASETS[name], asked, written(world, name, format, asked, by))


def _xlsx(dataset: Dataset, asked: Request, data: bytes) -> Told:
    book = readers.xlsx(data)
    rows, meanings = book.values()
    names = [row[0] for row in meanings[1:]]
    is_full = asked.edition is FULL
    always = [field.name for field in dataset.fields if is_full or not field.full]
    assert names[: len(always)] == always
    assert rows[0] == [row[1] for row in meanings[1:]]
    return [dict(zip(names, row, strict=True)) for row in rows[1:]]


def _csv(dataset: Dataset, asked: Request, data: bytes) -> Told:
    names, *rows = readers.csv_rows(data)
    known = {field.name: field.kind for field in dataset.fields}
    kinds = [known.get(name, Kind.DECIMAL) for name in names]
    return [
        {
            name: FROM_TEXT[kind](cell) if cell else None
            for name, kind, cell in zip(names, kinds, row, strict=True)
        }
        for row in rows
    ]


def _json(dataset: Dataset, asked: Request, data: bytes) -> Told:
    texts = {
        field.name: FROM_TEXT[field.kind]
        for field in dataset.fields
        if field.kind in (Kind.DATE, Kind.MOMENT)
    }
    rows = readers.json_rows(data)
    return [
        {name: texts[name](cell) if cell and name in texts else cell for name, cell in row.items()}
        for row in rows
    ]


def _parquet(dataset: Dataset, asked: Request, data: bytes) -> Told:
    with TemporaryDirectory() as folder:
        names, rows = readers.parquet(readers.unpacked(data, Path(folder)))
    told = [dict(zip(names, row, strict=True)) for row in rows]
    for row in told:
        if (month := row.pop("month", None)) is not None:
            assert dataset.month is not None
            assert month == f"{row[dataset.month]:%Y-%m}"
    return told


FROM_TEXT: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: lambda text: text[1:] if text[:1] == "'" and text[1:2] in "=+-@\t\r" else text,
    Kind.DECIMAL: Decimal,
    Kind.INTEGER: int,
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.BOOLEAN: "true".__eq__,
}
READERS = {Format.XLSX: _xlsx, Format.CSV: _csv, Format.JSONL: _json, Format.PARQUET: _parquet}


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose values compare alike, whatever the format could tell: days as days, moments as
    seconds, numbers by what they are."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        if moment.time() == datetime.min.time() and value.tzinfo is None:
            return value.date()
        return moment.timestamp()
    if isinstance(value, bool) or value is None or isinstance(value, str | date):
        return None if value == "" else value
    with suppress(TypeError, ValueError):
        return Decimal(value)
    return value


FULL = Edition.FULL

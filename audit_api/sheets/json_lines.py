"""JSON Lines: an object a line, its members named as the columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import orjson

from audit_api.sheets.tables import Cell, Column, Row, names

MEDIA_TYPE = "application/jsonl"
_CHUNK = 64 * 1024


def write(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the file piece by piece.  Decimals are numbers with all their digits, days and moments
    texts by ISO 8601; what there is none of is null."""
    members = names(columns)
    chunk = bytearray()
    for row in rows:
        line = dict(zip(members, map(_value, row), strict=True))
        chunk += orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
        if len(chunk) >= _CHUNK:
            yield bytes(chunk)
            chunk.clear()
    yield bytes(chunk)


def _value(cell: Cell) -> object:
    # A float would lose digits that the decimal has.
    return orjson.Fragment(f"{cell:f}") if isinstance(cell, Decimal) else cell

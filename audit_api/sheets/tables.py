"""Plain typed rows, which every format writes: columns with a type, cells that are of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What the cells of a column are: a text, an exact decimal of so many places, a whole number,
    a day, an instant in UTC, true or false."""

    TEXT = "text"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    MOMENT = "moment"
    BOOLEAN = "boolean"


Cell = str | Decimal | int | date | datetime | bool | None
"""A value of a column's kind; None where there is none.  A moment is aware, and in UTC."""
Row = Sequence[Cell]
"""A cell for each column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name by which programs know it, and the title that people read.

    `places` is how many decimals a DECIMAL has at most, `width` how many characters of it a sheet
    shows.
    """

    name: str
    kind: Kind
    title: str
    places: int = 0
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and their rows, which are read once; a sheet bears the title."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]


def names(columns: Iterable[Column]) -> list[str]:
    """Return the names of columns, which head what programs read."""
    return [column.name for column in columns]

"""A chart of rows as one drawing, and as the texts of a table for whoever hears it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_api.drawing import cells
from audit_api.drawing.marks import Drawing, Table, Words


@dataclass(frozen=True, slots=True)
class Cells:
    """The texts of a table: those of its head, and those of each row, column by column."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def joined(table: Table, *more: Drawing) -> Drawing:
    """Return a head with its rows below it, and what stands below them, as one drawing."""
    parts = [table.head, *table.rows, *more]
    whole = Drawing(max(part.width for part in parts))
    for part in parts:
        whole.add(part, 0, whole.height)
        whole.height += part.height
    return whole


def spoken(table: Table) -> Cells:
    """Return what a chart of rows says, as a table's texts."""
    columns = cells.columns(table)
    return Cells(
        [_said(cell) for cell in cells.head(table.head, columns).cells],
        [[_said(cell) for cell in cells.row(row, columns).cells] for row in table.rows],
    )


def _said(words: Sequence[Words]) -> str:
    return " ".join(one.text for one in words)

"""The rows of a chart as the cells of a table, for whoever hears it row by row.

A cell is what stands in one column of the head.  What an axis names stands in no cell: each row has
its figures beside the marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from audit_api.drawing.marks import Drawing, Place, Table, Words

_NEAR = 1.0
"""How far outside a column one may have its middle that stands within it."""


class Cells(NamedTuple):
    """A row's words, cell by cell, and those of no cell."""

    cells: Sequence[Sequence[Words]]
    others: Sequence[Words]


def columns(table: Table) -> list[Place]:
    """The columns that the head names and any row fills, from the first to the last; those of the
    rows where the head names none."""
    written = [one for row in table.rows for one in row.words]
    named = _distinct(table.head.words or written)
    filled = {_nearest(place, named) for place in _places(written)}
    return [column for column in named if column in filled]


def head(drawing: Drawing, among: Sequence[Place]) -> Cells:
    """The head's words by these columns."""
    return _parted(drawing.words, among, strict=True)


def row(drawing: Drawing, among: Sequence[Place]) -> Cells:
    """A row's words by these columns, each in the one that is nearest to its own."""
    return _parted(drawing.words, among, strict=False)


def _parted(words: Iterable[Words], among: Sequence[Place], *, strict: bool) -> Cells:
    cells: dict[Place | None, list[Words]] = {column: [] for column in (*among, None)}
    for one in words:
        place = _place(one)
        found = _nearest(place, among)
        if strict and found and not _stands_in(place, found):
            found = None
        cells[found].append(one)
    others = cells.pop(None)
    return Cells(list(cells.values()), others)


def _place(one: Words) -> Place:
    """The column of a word; where it begins, if it was set in none."""
    return one.column or (one.x, 0.0, "left")


def _places(words: Iterable[Words]) -> Iterable[Place]:
    return dict.fromkeys(map(_place, words))


def _distinct(words: Iterable[Words]) -> list[Place]:
    """The columns of words, but for those that stand within one before them."""
    found: list[Place] = []
    for place in _places(words):
        if not any(_stands_in(place, column) for column in found):
            found.append(place)
    return sorted(found)


def _nearest(place: Place, among: Sequence[Place]) -> Place | None:
    return min(among, key=lambda column: _distance(place, column), default=None)


def _stands_in(place: Place, column: Place) -> bool:
    return _distance(place, column) <= _NEAR


def _distance(place: Place, column: Place) -> float:
    """How far outside a column another one's middle lies."""
    middle = place[0] + place[1] / 2
    return max(column[0] - middle, middle - column[0] - column[1], 0.0)

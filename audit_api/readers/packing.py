"""What a child found out, as JSON, and back again.

The values of a fault are only ever put into a sentence: of those that JSON does not have, the text
crosses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from audit_api.errors import Fault
from audit_api.manuscripts.manuscript import Remark, SheetPlace, TextPlace

ABSENT: Mapping[str, Any] = {}
"""Stands in a packed row for a cell that was not accepted."""


def pack_faults(faults: Iterable[Fault]) -> list[Any]:
    """Return faults as JSON."""
    return [[fault.pointer, fault.code, _told(fault.values)] for fault in faults]


def faults(packed: Sequence[Any]) -> list[Fault]:
    """Return the faults that were packed."""
    return [Fault(pointer, code, values) for pointer, code, values in packed]


def pack_remarks(remarks: Iterable[Remark]) -> list[Any]:
    """Return remarks as JSON."""
    return [
        [each.pointer, each.code, _told(each.values), _pack_place(each.place), each.told_as]
        for each in remarks
    ]


def remarks(packed: Sequence[Any]) -> tuple[Remark, ...]:
    """Return the remarks that were packed."""
    return tuple(
        Remark(pointer, code, values, _place(place), told_as)
        for pointer, code, values, place, told_as in packed
    )


def pack_cell(value: Any) -> Any:
    """Return what an imported cell came to as JSON."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return {"list": list(value)} if isinstance(value, tuple) else value


def cell(packed: Any) -> Any:
    """Return what was packed of a cell."""
    if type(packed) is not dict:
        return packed
    if "date" in packed:
        return date.fromisoformat(packed["date"])
    return tuple(packed["list"])


def _told(values: Mapping[str, object]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> Any:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return str(value)


def _pack_place(place: TextPlace | SheetPlace | None) -> Any:
    if isinstance(place, SheetPlace):
        return {"cell": [place.sheet, place.row, place.column]}
    return place if place is None else {"text": list(place)}


def _place(packed: Any) -> TextPlace | SheetPlace | None:
    if packed is None:
        return None
    return SheetPlace(*packed["cell"]) if "cell" in packed else TextPlace(*packed["text"])

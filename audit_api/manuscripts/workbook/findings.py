"""What came out of a workbook: the checklist's document, and what is to be said of which cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from audit_api.errors import Fault, Problem
from audit_api.manuscripts.doubts import doubts
from audit_api.manuscripts.manuscript import Remark, SheetPlace
from audit_api.manuscripts.workbook.response_sets import settled
from audit_api.manuscripts.workbook.rewording import of_sheet
from audit_api.rules import authoring as rules
from audit_api.rules.checklist.sections import Checklist

MAX_REPEATED = 200
"""So many characters of a cell are repeated at most."""


class Weight(Enum):
    """How much a remark weighs: a fault has to be mended, a note has to be read."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Imported:
    """A checklist and its document, both None where there are faults, and what is to be said of
    the file."""

    document: Mapping[str, Any] | None
    checklist: Checklist | None
    faults: tuple[Remark, ...]
    notes: tuple[Remark, ...] = ()


def refused(problem: Problem) -> Imported:
    """The import of a file that could not be read at all."""
    file = SheetPlace()
    return Imported(None, None, tuple(_remark(file, f.code, f.values) for f in problem.faults))


class Findings:
    """What is found on the way: remarks, and the place that each pointer came from."""

    def __init__(self) -> None:
        self._remarks: dict[Weight, list[tuple[SheetPlace, Remark]]] = {
            weight: [] for weight in Weight
        }
        self._places: dict[str, SheetPlace] = {}

    def add(self, place: SheetPlace, weight: Weight, code: str, /, **values: object) -> None:
        """Remark on a place."""
        self._remarks[weight].append((place, _remark(place, code, values)))

    def fault(self, place: SheetPlace, code: str, /, **values: object) -> None:
        """Remark on what has to be mended."""
        self.add(place, Weight.FAULT, code, **values)

    def came_from(self, pointer: str, place: SheetPlace) -> None:
        """Remember where the member at a JSON pointer of the document was written."""
        self._places[pointer] = place

    def place_of(self, pointer: str) -> SheetPlace:
        """Where the member was written, or else what is around it."""
        while pointer not in self._places and pointer:
            pointer = pointer.rpartition("/")[0]
        return self._places.get(pointer, SheetPlace())

    @property
    def faulty(self) -> bool:
        return bool(self._remarks[Weight.FAULT])

    def checked(self, document: Mapping[str, Any]) -> Imported:
        """The outcome, with what the rules say of the document: their faults at its cells, and
        their warnings among the notes."""
        reading = rules.read(document)
        self._take(reading.faults, Weight.FAULT)
        self._take(doubts(reading), Weight.NOTE)
        faults, notes = self._sorted(Weight.FAULT), self._sorted(Weight.NOTE)
        if faults:
            return Imported(None, None, faults, notes)
        return Imported(settled(document), reading.checklist, faults, notes)

    def stopped(self) -> Imported:
        """The outcome of a reading that stopped at a fault."""
        return Imported(None, None, self._sorted(Weight.FAULT), self._sorted(Weight.NOTE))

    def _take(self, faults: Iterable[Fault], weight: Weight) -> None:
        # A cell that was not understood is missing in the document: that needs no second fault.
        blamed = {place for place, _ in self._remarks[weight]}
        for fault in faults:
            place = self.place_of(fault.pointer)
            if place in blamed:
                continue
            remark = of_sheet(fault, place)
            if fault.code == "key_repeated":
                first = self.place_of(str(fault.values["first"]))
                remark = replace(remark, values={**remark.values, "first": first})
            self._remarks[weight].append((place, remark))

    def _sorted(self, weight: Weight) -> tuple[Remark, ...]:
        """In the order of sheets as they were met, then rows, then columns."""
        sheets = list(dict.fromkeys(place.sheet for place, _ in self._remarks[weight]))

        def order(placed: tuple[SheetPlace, Remark]) -> tuple[int, int, int, str]:
            place, column = placed[0], placed[0].column or ""
            return sheets.index(place.sheet), place.row or 0, len(column), column

        return tuple(remark for _, remark in sorted(self._remarks[weight], key=order))


def _remark(place: SheetPlace, code: str, values: Mapping[str, object]) -> Remark:
    return Remark(place.pointer, code, {name: _short(each) for name, each in values.items()}, place)


def _short(value: object) -> object:
    """What a remark repeats of a cell, which may be long."""
    is_long = isinstance(value, str) and len(value) > MAX_REPEATED
    return f"{str(value)[:MAX_REPEATED]}…" if is_long else value

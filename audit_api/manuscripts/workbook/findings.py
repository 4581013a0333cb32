"""What came out of a workbook: the checklist's document, and what is to be said of which cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from audit_api.errors import Fault, Problem
from audit_api.manuscripts.workbook.response_sets import settled
from audit_api.rules import authoring as rules
from audit_api.rules.authoring.checking import warnings


class Weight(Enum):
    """How much a remark weighs: a fault has to be mended, a note has to be read."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, a row, a column, a sheet or, without a sheet, the file; rows begin with 1, columns
    are letters."""

    sheet: str = ""
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        cell = f"{self.column or ''}{self.row or ''}"
        return f"{self.sheet}!{cell}" if cell else self.sheet


@dataclass(frozen=True, slots=True)
class Remark:
    """One fault or note: its place, its sentence (`fault.<code>`) and what the sentence names."""

    place: Place
    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """A checklist's document, as `rules.checklist.parse` takes it; None where there are faults."""

    document: Mapping[str, Any] | None
    faults: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


def refused(problem: Problem) -> Imported:
    """The import of a file that could not be read at all."""
    return Imported(None, tuple(Remark(Place(), f.code, f.values) for f in problem.faults))


class Findings:
    """What is found on the way: remarks, and the place that each pointer came from."""

    def __init__(self) -> None:
        self._remarks: dict[Weight, list[Remark]] = {weight: [] for weight in Weight}
        self._places: dict[str, Place] = {}

    def add(self, place: Place, weight: Weight, code: str, /, **values: object) -> None:
        """Remark on a place."""
        self._remarks[weight].append(Remark(place, code, values))

    def fault(self, place: Place, code: str, /, **values: object) -> None:
        """Remark on what has to be mended."""
        self.add(place, Weight.FAULT, code, **values)

    def came_from(self, pointer: str, place: Place) -> None:
        """Remember where the member at a JSON pointer of the document was written."""
        self._places[pointer] = place

    def place_of(self, pointer: str) -> Place:
        """Where the member was written, or else what is around it."""
        while pointer not in self._places and pointer:
            pointer = pointer.rpartition("/")[0]
        return self._places.get(pointer, Place())

    @property
    def faulty(self) -> bool:
        return bool(self._remarks[Weight.FAULT])

    def checked(self, document: Mapping[str, Any]) -> Imported:
        """The outcome, with what the rules say of the document: their faults at its cells, and
        their warnings among the notes."""
        reading = rules.read(document)
        self._take(reading.faults, Weight.FAULT)
        self._take(warnings(reading), Weight.NOTE)
        return self.outcome(document)

    def outcome(self, document: Mapping[str, Any] | None) -> Imported:
        """The document, unless something has to be mended, and all remarks in order."""
        faults, notes = (self._sorted(weight) for weight in Weight)
        return Imported(None if faults or not document else settled(document), faults, notes)

    def _take(self, found: Iterable[Fault], weight: Weight) -> None:
        # A cell that was not understood is missing in the document: that needs no second fault.
        told = {remark.place for remark in self._remarks[weight]}
        for fault in found:
            place = self.place_of(fault.pointer)
            if place in told:
                continue
            if fault.code == "member_unknown":
                self.add(place, weight, "cell_not_for_type")
            elif fault.code == "key_repeated":
                first = self.place_of(str(fault.values["first"]))
                self.add(place, weight, "key_repeated", **{**fault.values, "first": first})
            else:
                self.add(place, weight, fault.code, **fault.values)

    def _sorted(self, weight: Weight) -> tuple[Remark, ...]:
        """In the order of sheets as they were met, then rows, then columns."""
        remarks = self._remarks[weight]
        sheets = list(dict.fromkeys(remark.place.sheet for remark in remarks))

        def order(remark: Remark) -> tuple[int, int, int, str]:
            place = remark.place
            column = place.column or ""
            return sheets.index(place.sheet), place.row or 0, len(column), column

        return tuple(sorted(remarks, key=order))

"""A checklist as its author sent it, with everything that is to be said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from audit_api.errors import Fault, invalid, pointer_to
from audit_api.rules.checklist.sections import Checklist


class TextPlace(NamedTuple):
    """A place in a text: its line and column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A cell, a row, a column, a sheet or, without a sheet, the file; rows begin with 1, columns
    are letters."""

    sheet: str = ""
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        cell = f"{self.column or ''}{self.row or ''}"
        return f"{self.sheet}!{cell}" if cell else self.sheet

    @property
    def pointer(self) -> str:
        """A JSON pointer to the sheet, the row and the column: `/questions/12/C`."""
        return pointer_to(*filter(None, (self.sheet, self.row, self.column)))


@dataclass(frozen=True, slots=True)
class Remark(Fault):
    """A fault, or a doubt, with the place where the author finds it.

    A document that came as JSON values has no places but its pointers.  In a workbook the
    pointer is that of the place, and `told_as` the sentence that tells it of cells, where the
    usual one speaks of text files.
    """

    place: TextPlace | SheetPlace | None = None
    told_as: str | None = None

    @property
    def sentence(self) -> str:
        """The key of the sentence that tells it."""
        return self.told_as or f"fault.{self.code}"

    @property
    def line(self) -> int | None:
        return self.place.line if isinstance(self.place, TextPlace) else None

    @property
    def column(self) -> int | None:
        return self.place.column if isinstance(self.place, TextPlace) else None


@dataclass(frozen=True)
class Manuscript:
    """What an author sent, and what was found in it, in the order of the text.

    `document` is None where it could not be read to its end, and below its last error nothing
    was looked at; of a workbook there is none with errors.  `text` is the YAML where that is what
    came.
    """

    document: Mapping[str, Any] | None
    errors: tuple[Remark, ...]
    text: str | None = None
    find_checklist: Callable[[], Checklist | None] = field(default=lambda: None, repr=False)
    find_warnings: Callable[[], tuple[Remark, ...]] = field(default=tuple, repr=False)
    is_workbook: bool = False

    @cached_property
    def checklist(self) -> Checklist | None:
        """The checklist; None with errors."""
        return None if self.errors else self.find_checklist()

    @cached_property
    def warnings(self) -> tuple[Remark, ...]:
        """Everything doubtful, looked for once somebody asks: it takes longer than the reading.

        Warnings are looked for beside errors too, in all that has none: what an error may have
        caused, or may hide, is told once it is mended.
        """
        return self.find_warnings()

    def require(self) -> Checklist:
        """Return the checklist; raise INVALID with every error where there is one."""
        if self.checklist is None:
            raise invalid(*self.errors)
        return self.checklist

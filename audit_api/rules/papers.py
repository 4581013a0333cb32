"""The forms that a document is to be had in: how much it tells, and on which paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How much is told: all of it; the answer alone, on a page or two; or what went wrong, with
    its evidence."""

    FULL = "full"
    SUMMARY = "summary"
    FINDINGS = "findings"


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Form:
    """How a document is made."""

    layout: Layout = Layout.FULL
    paper: Paper = Paper.A4

    @property
    def parts(self) -> Sequence[str]:
        """What a file's name says of the form: nothing of the usual one."""
        told = ((self.layout, USUAL.layout), (self.paper, USUAL.paper))
        return [part.value for part, usual in told if part is not usual]


USUAL = Form()
"""The whole, on A4: what is made where nothing else is asked for."""

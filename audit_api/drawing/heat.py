"""Sites against touchpoints: a table of scores whose shade shows where they are low."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import Text


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A site, or the total: the score of the whole, then that of each column."""

    name: str
    code: str
    whole: Figure
    parts: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The table: its columns are touchpoints, in the journey's order."""

    columns: tuple[Text, ...]
    rows: tuple[HeatRow, ...]
    total: HeatRow

"""Sites beside each other: place, score with its interval, and a column for each wave."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import Text


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """A site, or the total; `rank` is None with too few visits.  `waves` has a figure for each
    wave, the newest last, which is this paper's own; `beyond_chance` says that it differs from the
    one before it by more than chance."""

    name: str
    code: str
    region: str
    rank: int | None
    pass_rate: int | None
    waves: tuple[Figure, ...]
    beyond_chance: bool = False

    @property
    def figure(self) -> Figure:
        return self.waves[-1]


@dataclass(frozen=True, slots=True)
class League:
    """The table: `waves` are their names, the oldest first."""

    waves: tuple[Text, ...]
    rows: tuple[LeagueRow, ...]
    total: LeagueRow

"""The sites that moved most, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit_api.console.frame import reader
from audit_api.console.scorecards import tables
from audit_api.console.scorecards.chosen import Chosen
from audit_api.console.scorecards.figures import Cell, cell
from audit_api.drawing.figures import Figure, signed
from audit_api.drawing.languages import joined
from audit_api.services.scorecards import leagues
from audit_api.services.scorecards.leagues import Mover
from audit_api.services.scorecards.ranks import LEAST_RANKED

if TYPE_CHECKING:
    from audit_api.services.documents.network.glance import Glance

MAX_MOVED = 5
"""Sites of either direction."""


@dataclass(frozen=True, slots=True)
class Move:
    """A site that moved from a score to another; `course` is a class where it is more than
    chance."""

    name: str
    code: str
    address: str
    before: Cell
    now: Cell
    change: str
    course: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The sites that moved since the period `base`; `compared` says of how many, `surely` whether
    any of them did by more than chance."""

    base: str
    compared: str
    worsened: Sequence[Move]
    improved: Sequence[Move]

    @property
    def surely(self) -> bool:
        return any(each.course for each in (*self.worsened, *self.improved))


def moved(seen: Glance, chosen: Chosen) -> Moved:
    """Return the sites that moved most, of those that can be compared."""
    found = leagues.furthest(seen.sites.moved, MAX_MOVED)
    base = joined(seen.asked.base_words)
    return Moved(
        base,
        _told(found.compared, base),
        [_move(each, chosen) for each in found.worsened],
        [_move(each, chosen) for each in found.improved],
    )


def _told(compared: int, base: str) -> str:
    """How many sites could be compared, or why none can be."""
    if not compared:
        return reader.said("console.scorecards.no_moves", least=LEAST_RANKED, base=base)
    return reader.said("report.movers_compared", compared=compared, base=base)


def _move(found: Mover, chosen: Chosen) -> Move:
    line = found.line
    return Move(
        line.site.name,
        line.site.code,
        chosen.site(line.site.site_id),
        cell(Figure(*found.base)),
        cell(Figure(line.n, line.score, line.low, line.high)),
        signed(line.change.points),
        tables.course(found),
    )

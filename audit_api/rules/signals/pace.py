"""How long the visits with a checklist take, and which visit took too little of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

ENOUGH = 30
"""So many visits have a pace: among fewer, the slowest and the fastest are chance."""
SHARE, TAIL = 40, 5
"""In percent, below which share of the median, and below which percentile, a visit is too fast."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many visits were looked at, and the median and the 5th percentile of what they took, in
    whole seconds."""

    visits: int
    median: int
    fifth: int

    def leaves_behind(self, seconds: int) -> bool:
        """Whether a visit took far less than most, and less than nearly all.

        Where more than a few take little, as with a checklist of which a closed site asks almost
        nothing, it is no wonder.
        """
        return 100 * seconds < SHARE * self.median and seconds < self.fifth


def pace_of(seconds: Collection[int]) -> Pace | None:
    """Return the pace of visits by what each took, None where they are too few to have one."""
    if len(seconds) < ENOUGH:
        return None
    ordered = sorted(seconds)
    return Pace(len(ordered), percentile(ordered, 50), percentile(ordered, TAIL))


def percentile(ordered: Sequence[int], percent: int) -> int:
    """Return a percentile (1 to 100) by nearest rank: the smallest of the values, in their order,
    that so many percent of them do not exceed.  Of two in the middle the median is the lower."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[rank - 1]

"""Where a score over time stands: periods from left to right, scores from 0 up."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.axis import share
from audit_api.drawing.marks import Point

TOP, FOOT = 20.0, 120.0
"""The heights of 100 % and of 0 %."""
LEFT, RIGHT = 34.0, 44.0
"""The room of what stands beside the plot."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot of `count` periods on a chart so wide."""

    width: float
    count: int

    @property
    def right(self) -> float:
        return self.width - RIGHT

    @property
    def step(self) -> float:
        """A period's share of the width."""
        return (self.right - LEFT) / self.count

    def x(self, index: int) -> float:
        """The middle of a period."""
        return LEFT + (self.right - LEFT) * (index + 0.5) / self.count

    def y(self, score: float) -> float:
        return TOP + (FOOT - TOP) * (1 - share(score))

    def at(self, index: int, score: float) -> Point:
        return self.x(index), self.y(score)

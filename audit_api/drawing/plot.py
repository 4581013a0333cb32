"""Where a score over time stands: periods from left to right, scores from 0 up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.axis import TICKS, named, share
from audit_api.drawing.languages import Text
from audit_api.drawing.lettering import Column, Fonts, line
from audit_api.drawing.marks import Point, Shape, Words

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

    def lines(self) -> Iterator[Shape]:
        """A line across the plot for each figure of the axis, the lowest a little stronger."""
        for mark in TICKS:
            y = self.y(mark)
            yield Shape(((LEFT, y), (self.right, y)), colours.LINE, 0.5)
        yield Shape(((LEFT, FOOT), (self.right, FOOT)), colours.QUIET, 0.8)

    def scale(self, title: Text, fonts: Fonts) -> list[Words]:
        """The axis's title and its figures, left of the plot."""
        words = line(title, styles.TINY, Column(0, 120), 0, fonts)
        column = Column(0, 28, "right")
        for mark in TICKS:
            words += line(named(mark), styles.TINY, column, self.y(mark) - 4.5, fonts)
        return words

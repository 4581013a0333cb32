"""An axis of scores: what it names, and where a score stands on it.

Every axis goes from 0 to 100 %, so that charts compare at sight: on one page, from one site to the
next, from one period to another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.figures import FULL
from audit_api.drawing.languages import Labels, Text, joined
from audit_api.drawing.lettering import Column, Fonts, line, titles
from audit_api.drawing.marks import Box, Drawing, Words

TICKS = range(0, FULL + 1, FULL // 5)
"""The scores that an axis names."""

AXIS_HEIGHT = 21.0
"""How high the words of an axis are."""

_LEAST_APART = 20.0
_FIGURE = 32.0


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of scores across a chart, from 0 to 100 %."""

    x: float
    width: float

    def at(self, score: int) -> float:
        """Where a score stands."""
        return self.x + self.width * share(score)

    @property
    def ticks(self) -> range:
        """The scores that it names: a short axis has room for few."""
        return TICKS if self.width >= _LEAST_APART * 5 else range(0, FULL + 1, FULL // 2)

    def words(self, title: Text, fonts: Fonts) -> list[Words]:
        """The axis's title, and below it its figures."""
        whole = Column(self.x, self.width, "centre")
        words = line(joined(title, " · "), styles.TINY, whole, 0, fonts)
        for mark in self.ticks:
            column = Column(self.at(mark) - _FIGURE / 2, _FIGURE, "centre")
            words += line(named(mark), styles.TINY, column, 10, fonts)
        return words

    def lines(self, height: float) -> list[Box]:
        """A thin upright at each figure."""
        return [Box(self.at(mark) - 0.25, 0, 0.5, height, colours.LINE) for mark in self.ticks]


def head(
    axis: Axis,
    labels: Labels,
    first: tuple[Text, Column],
    others: Iterable[tuple[Text, Column]],
    fonts: Fonts,
    width: float,
) -> Drawing:
    """The head of rows along an axis: it, and the titles of the columns before and behind it."""
    drawing = Drawing(width, AXIS_HEIGHT + 2)
    drawing.words += titles([first], AXIS_HEIGHT, fonts)
    drawing.words += axis.words(labels.say("report.score_axis"), fonts)
    drawing.words += titles(others, AXIS_HEIGHT, fonts)
    drawing.rule()
    return drawing


def share(score: float) -> float:
    """How far between 0 and 100 % a score stands, from 0 to 1."""
    return min(max(score, 0), FULL) / FULL


def named(tick: int) -> str:
    """8000 as "80%"."""
    return f"{tick / 100:g}%"

"""An axis of scores: where it starts, what it names, and where a score stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from audit_api.drawing import colours, styles
from audit_api.drawing.figures import FULL
from audit_api.drawing.languages import Labels, Text, joined
from audit_api.drawing.lettering import Column, Fonts, line, titles
from audit_api.drawing.marks import Box, Drawing, Words

_HEAD = 21.0
_FIGURE = 32.0


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of scores across a chart, from `floor` to 100 %."""

    x: float
    width: float
    floor: int = 0

    def at(self, score: int) -> float:
        """Where a score stands."""
        return self.x + self.width * share(score, self.floor)

    def words(self, title: Text, fonts: Fonts) -> list[Words]:
        """The axis's title, and below it its figures."""
        whole = Column(self.x, self.width, "centre")
        words = line(joined(title, " · "), styles.TINY, whole, 0, fonts)
        for mark in ticks(self.floor):
            column = Column(self.at(mark) - _FIGURE / 2, _FIGURE, "centre")
            words += line(named(mark), styles.TINY, column, 10, fonts)
        return words

    def lines(self, height: float) -> list[Box]:
        """A thin upright at each figure."""
        return [
            Box(self.at(mark) - 0.25, 0, 0.5, height, colours.LINE) for mark in ticks(self.floor)
        ]


def head(
    axis: Axis,
    labels: Labels,
    first: tuple[Text, Column],
    others: Iterable[tuple[Text, Column]],
    fonts: Fonts,
    width: float,
) -> Drawing:
    """The head of rows along an axis: it, and the titles of the columns before and behind it."""
    drawing = Drawing(width, _HEAD + 2)
    drawing.words += titles([first], _HEAD, fonts)
    drawing.words += axis.words(labels.say("report.score_axis"), fonts)
    drawing.words += titles(others, _HEAD, fonts)
    drawing.rule()
    return drawing


def share(score: float, floor: int) -> float:
    """How far between `floor` and 100 % a score stands, from 0 to 1."""
    return (min(max(score, floor), FULL) - floor) / (FULL - floor)


def floor_of(scores: Iterable[int | None]) -> int:
    """Where an axis starts: the tick below everything that is shown, at most 80 %."""
    lowest = max(0, min((score for score in scores if score is not None), default=0))
    return min(4 * FULL // 5, lowest // _step(lowest) * _step(lowest))


def ticks(floor: int) -> range:
    """The scores that an axis names, from its floor up to 100 %."""
    return range(floor, FULL + 1, _step(floor))


def named(tick: int) -> str:
    """8000 as "80%"."""
    return f"{tick / 100:g}%"


def _step(lowest: int) -> int:
    return FULL // 10 if lowest >= FULL // 2 else FULL // 5

"""The marks that drawings are made of: plain values.

Distances are points, from a top left corner to the right and down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from audit_api.drawing.colours import LINE, Colour
from audit_api.drawing.languages import Text
from audit_api.drawing.styles import Style

Point: TypeAlias = tuple[float, float]

Place: TypeAlias = tuple[float, float, str]
"""A column: where it begins, how wide it is, and to which side its texts stand."""


class Box(NamedTuple):
    """A filled rectangle; a thin one is a rule."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour
    radius: float = 0

    def moved(self, x: float, y: float) -> Box:
        return Box(self.x + x, self.y + y, self.width, self.height, self.fill, self.radius)


class Shape(NamedTuple):
    """A filled polygon or, with a `stroke` width, an open line; `dash` is (on, off)."""

    points: tuple[Point, ...]
    colour: Colour
    stroke: float = 0
    dash: tuple[float, float] | None = None

    def moved(self, x: float, y: float) -> Shape:
        points = tuple([(px + x, py + y) for px, py in self.points])
        return Shape(points, self.colour, self.stroke, self.dash)


class Words(NamedTuple):
    """A line of text that the fonts can draw as it is; it begins at `x` on the base line `y`.

    `column` is the one that it was set in, by which a row's words are parted into cells.
    """

    x: float
    y: float
    text: str
    style: Style
    column: Place | None = None

    def moved(self, x: float, y: float) -> Words:
        return Words(self.x + x, self.y + y, self.text, self.style, self.column)


@dataclass(slots=True)
class Drawing:
    """Marks in a frame, painted in this order: boxes, shapes, words.

    `alt` says what a picture of figures shows, to whoever does not see it; a drawing whose words
    are read one after the other has none.
    """

    width: float = 0
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    alt: Text = ""

    def add(self, other: Drawing, x: float, y: float) -> None:
        """The marks of another drawing, its corner at that place."""
        self.boxes += [box.moved(x, y) for box in other.boxes]
        self.shapes += [shape.moved(x, y) for shape in other.shapes]
        self.words += [words.moved(x, y) for words in other.words]

    def rule(self) -> None:
        """A thin line along the lower edge."""
        self.boxes.append(Box(0, self.height, self.width, 0.6, LINE))


@dataclass(frozen=True, slots=True)
class Table:
    """A chart that may run over pages: its rows, never parted, and the head that stands above
    them on each page."""

    head: Drawing
    rows: tuple[Drawing, ...]

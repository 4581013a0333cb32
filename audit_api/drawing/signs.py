"""The signs of charts: each tells itself by its shape, not by its colour alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, pi, sin

from audit_api.drawing import colours
from audit_api.drawing.colours import Colour
from audit_api.drawing.marks import Box, Point, Shape

_DASH = (2.5, 2.0)
_HATCH = 3.0
"""How far the uprights of a hatched area stand apart."""
_ANGLES = tuple(2 * pi * step / 16 for step in range(16))


def dot(x: float, y: float) -> list[Shape]:
    """A value that rests on several visits."""
    return [_disc(x, y, 2.7, colours.SITE)]


def ring(x: float, y: float) -> list[Shape]:
    """A value without an interval: it rests on one visit, or on visits that are all alike."""
    return [*dot(x, y), _disc(x, y, 1.5, colours.WHITE)]


def square(x: float, y: float) -> list[Shape]:
    """A value that is expected, and no fact yet: an open square."""
    return [
        Shape(((x - by, y - by), (x + by, y - by), (x + by, y + by), (x - by, y + by)), colour)
        for by, colour in ((2.8, colours.SITE), (1.7, colours.WHITE))
    ]


def diamond(x: float, y: float) -> list[Shape]:
    """The region's value, set off from what lies beneath by a white edge."""
    return [
        Shape(((x, y - size), (x + size, y), (x, y + size), (x - size, y)), colour)
        for size, colour in ((5.2, colours.WHITE), (4.0, colours.REGION))
    ]


def triangle(x: float, y: float) -> list[Shape]:
    """The competitors' value, of several visits."""
    return [_upward(x, y, 4.2, colours.REGION)]


def open_triangle(x: float, y: float) -> list[Shape]:
    """The competitors' value without an interval, as a ring is for one's own."""
    return [*triangle(x, y), _upward(x, y + 0.3, 2.0, colours.WHITE)]


def bolt(x: float, y: float) -> list[Shape]:
    """The organisation's value: an upright bolt."""
    return [Shape(((x, y - 7.5), (x, y + 7.5)), colours.ORGANISATION, 3)]


def whisker(start: float, end: float, y: float) -> list[Shape]:
    """An interval as a line with ends."""
    line = Shape(((start, y), (end, y)), colours.INK, 0.8)
    return [line, *(Shape(((x, y - 2.4), (x, y + 2.4)), colours.INK, 0.8) for x in (start, end))]


def dashes(start: Point, end: Point) -> list[Shape]:
    """A limit, or a break in what can be compared."""
    return [Shape((start, end), colours.QUIET, 0.7, _DASH)]


def filled(box: Box) -> Shape:
    """A rectangle above the shapes before it, where a `Box` would lie below them all."""
    right, foot = box.x + box.width, box.y + box.height
    return Shape(((box.x, box.y), (right, box.y), (right, foot), (box.x, foot)), box.fill)


def hatch(upper: Sequence[Point], lower: Sequence[Point]) -> Iterator[Shape]:
    """An area between two lines, from left to right, that is no fact: thin uprights fill it."""
    for (start, end), (below, beneath) in zip(pairwise(upper), pairwise(lower), strict=True):
        count = max(1, round((end[0] - start[0]) / _HATCH))
        for part in (step / count for step in range(count + 1)):
            points = _between(start, end, part), _between(below, beneath, part)
            yield Shape(points, colours.ORGANISATION, 0.5)


def _between(start: Point, end: Point, part: float) -> Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def flag(x: float, y: float) -> list[Shape]:
    """Where other rules begin: a small triangle that points down."""
    return [Shape(((x - 3, y), (x + 3, y), (x, y + 5)), colours.INK)]


def flags(x: float, y: float) -> list[Shape]:
    """Where several rules meet: two small triangles beside each other."""
    return [*flag(x - 3.5, y), *flag(x + 3.5, y)]


def _disc(x: float, y: float, radius: float, colour: Colour) -> Shape:
    return Shape(tuple([(x + radius * cos(a), y + radius * sin(a)) for a in _ANGLES]), colour)


def _upward(x: float, y: float, size: float, colour: Colour) -> Shape:
    """A triangle that points up, its middle at a place."""
    foot = y + size * 0.7
    return Shape(((x - size, foot), (x, foot - size * 1.6), (x + size, foot)), colour)

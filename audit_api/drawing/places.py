"""Where the names of points stand, so that none lies on another or on a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audit_api.drawing.marks import Point

_CLOSE = 5.0
"""How far a name stands from its point where there is room."""
_FARTHER = tuple(_CLOSE + 6 * step for step in range(1, 12))
_SIDES = ((1, -1), (1, 1), (-1, -1), (-1, 1), (1, 0), (-1, 0), (0, -1), (0, 1))
"""Aslant first: there no interval runs."""


class Area(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Area) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


class Size(NamedTuple):
    """How large a name comes out."""

    width: float
    height: float


class Place(NamedTuple):
    """Where a name stands, which of those offered; `far` asks for a line to its point."""

    choice: int
    area: Area
    far: bool


class Places:
    """The room that is left in a `frame`: `marks` and names may not be covered, `lines` had better
    not be."""

    def __init__(self, frame: Area, marks: Sequence[Area], lines: Sequence[Area]) -> None:
        self._frame = frame
        self._taken = list(marks)
        self._lines = tuple(lines)

    def take(self, point: Point, sizes: Sequence[Size]) -> Place | None:
        """A place for the first of a point's names, which are given from the longest to the
        shortest, that finds one; the shortest may stand off, and on a line at the worst.  None
        where the frame is full."""
        for place in self._offers(point, sizes):
            self._taken.append(place.area)
            return place
        return None

    def _offers(self, point: Point, sizes: Sequence[Size]) -> Iterator[Place]:
        last = len(sizes) - 1
        for choice, size in enumerate(sizes):
            yield from self._free(point, choice, size, (_CLOSE,), self._lines)
        yield from self._free(point, last, sizes[last], _FARTHER, self._lines)
        yield from self._free(point, last, sizes[last], (_CLOSE, *_FARTHER), ())

    def _free(
        self,
        point: Point,
        choice: int,
        size: Size,
        distances: Sequence[float],
        lines: Sequence[Area],
    ) -> Iterator[Place]:
        for distance in distances:
            for side in _SIDES:
                area = _beside(point, size, side, distance)
                met = any(map(area.meets, self._taken)) or any(map(area.meets, lines))
                if self._frame.holds(area) and not met:
                    yield Place(choice, area, distance > _CLOSE)


def _beside(point: Point, size: Size, side: tuple[int, int], distance: float) -> Area:
    """The rectangle at a side of a point; aslant it is nearer, so that its corner is as far."""
    apart = distance * (0.7 if all(side) else 1)
    left = point[0] + side[0] * apart + size.width * (side[0] - 1) / 2
    top = point[1] + side[1] * apart + size.height * (side[1] - 1) / 2
    return Area(left, top, left + size.width, top + size.height)

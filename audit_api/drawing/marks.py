"""The marks that drawings are made of: plain values.

Distances are points, from a top left corner to the right and down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from audit_api.drawing.colours import Colour

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; a thin one is a rule."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon or, with a `stroke` width, an open line; `dash` is (on, off)."""

    points: tuple[Point, ...]
    colour: Colour
    stroke: float = 0
    dash: tuple[float, float] | None = None

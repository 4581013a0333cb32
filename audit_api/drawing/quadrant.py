"""Parts between importance and performance: what matters and is weak is mended first."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.figures import Figure
from audit_api.drawing.languages import Text


@dataclass(frozen=True, slots=True)
class QuadrantPart:
    """A part: `importance` is its share of what is explained, `performance` its mean score, both
    with intervals; `sure` where neither interval touches a line of the cross."""

    title: Text
    importance: Figure
    performance: Figure
    sure: bool


@dataclass(frozen=True, slots=True)
class Quadrants:
    """The parts, and where the lines lie that part what matters more and what is done well."""

    parts: tuple[QuadrantPart, ...]
    importance: int
    performance: int

"""Own sites against those of competitors: two marks with their intervals on one axis."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.figures import FULL, Figure
from audit_api.drawing.languages import Text


@dataclass(frozen=True, slots=True)
class RivalPart:
    """A part: the mean over own sites and that over the competitors', and the probability that
    chance alone makes them differ so; the scale goes from `least` to `most` in hundredths."""

    title: Text
    own: Figure
    competitors: Figure
    p: float | None
    least: int = 0
    most: int = FULL
    unit: str = "%"


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor's site: its mean and where it lies."""

    name: str
    code: str
    region: str
    figure: Figure

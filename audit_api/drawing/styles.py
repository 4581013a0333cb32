"""The text styles of charts; a document adds its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from audit_api.drawing.colours import BAD, GOOD, INK, QUIET, WHITE, Colour

REGULAR = "Regular"
BOLD = "Bold"


@dataclass(frozen=True, slots=True)
class Style:
    """A weight, a size, the distance from one line to the next, and a colour."""

    weight: str
    size: float
    leading: float
    colour: Colour = INK


STRONG = Style(BOLD, 9, 13)
BODY = Style(REGULAR, 9, 13)
MUTED = Style(REGULAR, 9, 13, QUIET)
SMALL = Style(REGULAR, 7.5, 10.5, QUIET)
SMALL_STRONG = Style(BOLD, 7.5, 10.5)
CELL = Style(REGULAR, 7.5, 10.5)
TINY = Style(REGULAR, 6.5, 9, QUIET)
FIGURE = Style(BOLD, 21, 26, GOOD)
FIGURE_LOW = Style(BOLD, 21, 26, BAD)


@cache
def tinted(style: Style, colour: Colour) -> Style:
    """The same style in another colour."""
    return Style(style.weight, style.size, style.leading, colour)


@cache
def second(style: Style) -> Style:
    """How the second language stands beside the first: regular, a little smaller, quiet."""
    colour = WHITE if style.colour == WHITE else QUIET
    return Style(REGULAR, round(style.size * 0.92, 2), round(style.leading * 0.94, 2), colour)

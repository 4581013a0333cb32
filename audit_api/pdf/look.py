"""How a document looks: the paper, its margins, its colours and its text styles (points, A4).

Colours that stand beside each other in a chart differ in lightness, so that greyscale print and
colour-blind readers tell them apart, and none is ever the only sign: a word, a mark or another
shape stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from audit_api.pdf.fonts import BOLD, REGULAR

Colour: TypeAlias = tuple[float, float, float]

PAPER_WIDTH, PAPER_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 42.0, PAPER_WIDTH - 42.0
WIDTH = RIGHT - LEFT
TOP, BOTTOM = 58.0, PAPER_HEIGHT - 56.0


def _colour(hexadecimal: int) -> Colour:
    red, green, blue = hexadecimal.to_bytes(3)
    return red / 255, green / 255, blue / 255


INK = _colour(0x1B2430)
QUIET = _colour(0x56606E)
LINE = _colour(0xD3D9E0)
WASH = _colour(0xF4F6F9)
TRACK = _colour(0xE3E8EE)
WHITE = _colour(0xFFFFFF)
GOOD = _colour(0x0F3B63)
BAD = _colour(0xBF4A12)

# The series of a chart, dark to light: the site itself, its region, its organisation.
SITE_COLOUR = GOOD
REGION_COLOUR = _colour(0xB9620F)
ORGANISATION_COLOUR = _colour(0x9DB3C7)
INTERVAL = _colour(0xD6E1EC)
SERIES = (SITE_COLOUR, REGION_COLOUR, ORGANISATION_COLOUR, INTERVAL)


@dataclass(frozen=True, slots=True)
class Style:
    """A weight, a size, the distance from one line to the next, and a colour."""

    weight: str
    size: float
    leading: float
    colour: Colour = INK


EYEBROW = Style(BOLD, 9, 13, GOOD)
TITLE = Style(BOLD, 21, 28)
SUBTITLE = Style(REGULAR, 10, 14.5, QUIET)
HEADING = Style(BOLD, 12.5, 18, GOOD)
SUBHEADING = Style(BOLD, 10, 14)
STRONG = Style(BOLD, 9, 13)
BODY = Style(REGULAR, 9, 13)
MUTED = Style(REGULAR, 9, 13, QUIET)
ANSWER = Style(REGULAR, 8.5, 12)
ANSWER_STRONG = Style(BOLD, 8.5, 12)
ANSWER_MUTED = Style(REGULAR, 8.5, 12, QUIET)
NOTE = Style(REGULAR, 8.5, 12.5, QUIET)
SMALL = Style(REGULAR, 7.5, 10.5, QUIET)
SMALL_STRONG = Style(BOLD, 7.5, 10.5)
TINY = Style(REGULAR, 6.5, 9, QUIET)
FIGURE = Style(BOLD, 21, 26, GOOD)
FIGURE_LOW = Style(BOLD, 21, 26, BAD)
TILE = Style(BOLD, 13, 18)
VERDICT = Style(BOLD, 9.5, 14, WHITE)
CROSS = Style(BOLD, 10, 13, WHITE)
SMALL_CROSS = Style(BOLD, 7.5, 9, WHITE)


@cache
def second(style: Style) -> Style:
    """How the second language stands beside the first: regular, a little smaller, quiet."""
    colour = WHITE if style.colour == WHITE else QUIET
    return Style(REGULAR, round(style.size * 0.92, 2), round(style.leading * 0.94, 2), colour)

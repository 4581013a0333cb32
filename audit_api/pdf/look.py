"""How a report looks: the paper, its margins, its colours and its text styles (points, A4).

The two signal colours are told apart in greyscale and by colour-blind readers, and neither is
ever the only sign: a word or a mark stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
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
WASH = _colour(0xF2F5F8)
TRACK = _colour(0xE3E8EE)
WHITE = _colour(0xFFFFFF)
GOOD = _colour(0x12436D)
BAD = _colour(0xB5400B)


@dataclass(frozen=True, slots=True)
class Style:
    """A weight, a size, the distance from one line to the next, and a colour."""

    weight: str
    size: float
    leading: float
    colour: Colour = INK


TITLE = Style(BOLD, 20, 26)
SITE = Style(BOLD, 13, 18)
HEADING = Style(BOLD, 12.5, 18, GOOD)
SUBHEADING = Style(BOLD, 10.5, 15)
STRONG = Style(BOLD, 9, 13)
BODY = Style(REGULAR, 9, 13)
MUTED = Style(REGULAR, 9, 13, QUIET)
ANSWER = Style(REGULAR, 8.5, 12)
ANSWER_STRONG = Style(BOLD, 8.5, 12)
ANSWER_MUTED = Style(REGULAR, 8.5, 12, QUIET)
NOTE = Style(REGULAR, 8.5, 12.5, QUIET)
SMALL = Style(REGULAR, 7.5, 10.5, QUIET)
TINY = Style(REGULAR, 6.5, 9, QUIET)
FIGURE = Style(BOLD, 32, 38, GOOD)
VERDICT = Style(BOLD, 10, 14, WHITE)
CROSS = Style(BOLD, 10, 13, WHITE)
SMALL_CROSS = Style(BOLD, 7.5, 9, WHITE)

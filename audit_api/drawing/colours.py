"""The colours of charts and documents.

Those that stand beside each other in a chart differ in lightness, so that greyscale print and
colour-blind readers tell them apart, and none is ever the only sign: a word, a mark or another
shape stands beside it.
"""

from __future__ import annotations

from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""


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
SITE = GOOD
REGION = _colour(0xB9620F)
ORGANISATION = _colour(0x9DB3C7)
INTERVAL = _colour(0xD6E1EC)
SERIES = (SITE, REGION, ORGANISATION, INTERVAL)

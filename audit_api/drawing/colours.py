"""The colours of charts and documents.

Those that stand beside each other in a chart differ in lightness, so that greyscale print and
colour-blind readers tell them apart, and none is ever the only sign: a word, a mark or another
shape stands beside it.
"""

from __future__ import annotations

from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""


def hexadecimal(code: int) -> Colour:
    """The colour of a code such as 0x1B2430."""
    red, green, blue = code.to_bytes(3)
    return red / 255, green / 255, blue / 255


INK = hexadecimal(0x1B2430)
QUIET = hexadecimal(0x56606E)
LINE = hexadecimal(0xD3D9E0)
WASH = hexadecimal(0xF4F6F9)
TRACK = hexadecimal(0xE3E8EE)
WHITE = hexadecimal(0xFFFFFF)
GOOD = hexadecimal(0x0F3B63)
BAD = hexadecimal(0xBF4A12)

# The series of a chart, dark to light: the site itself, its region, its organisation.
SITE = GOOD
REGION = hexadecimal(0xB9620F)
ORGANISATION = hexadecimal(0x9DB3C7)
INTERVAL = hexadecimal(0xD6E1EC)
SERIES = (SITE, REGION, ORGANISATION, INTERVAL)

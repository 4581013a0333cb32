"""The shades of scores: ten steps from dark to light, of one warm hue.

A low score is dark, because it is what a reader has to find; print without colour and colour-blind
eyes keep the order, which is one of lightness alone.  Between the fourth step and the fifth the
figures turn from white to ink: no step lies where neither can be read.
"""

from __future__ import annotations

from audit_api.drawing.colours import INK, WHITE, Colour, hexadecimal
from audit_api.drawing.figures import FULL

SHADES = tuple(
    hexadecimal(code)
    for code in (
        *(0x5E210D, 0x7A2F12, 0x953F19, 0xAF5223),
        *(0xD07740, 0xDD925C, 0xE7AD7E, 0xF0C7A4, 0xF7E0CB, 0xFBF6F0),
    )
)
"""From the lowest tenth of all scores to the highest."""

_DARK = 4


def shade(score: int) -> Colour:
    """The ground of a score, in hundredths of a percent."""
    return SHADES[step(score)]


def ink(score: int) -> Colour:
    """The colour in which its figure is read on that ground."""
    return WHITE if step(score) < _DARK else INK


def step(score: int) -> int:
    """The place of a score's shade among `SHADES`."""
    return min(max(score * len(SHADES) // FULL, 0), len(SHADES) - 1)

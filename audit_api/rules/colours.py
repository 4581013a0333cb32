"""Colours that texts are printed in: written as #RRGGBB, and dark enough to be read on white."""

from __future__ import annotations

import re

PATTERN = r"#[0-9A-Fa-f]{6}"
LEAST_CONTRAST = 4.5
"""What text has to have against its ground (WCAG 2.2, success criterion 1.4.3)."""

_FORM = re.compile(PATTERN)
_WEIGHTS = (0.2126, 0.7152, 0.0722)


def shares(written: str) -> tuple[float, float, float] | None:
    """Red, green and blue, each from 0 to 1; None where no colour is written."""
    if not _FORM.fullmatch(written):
        return None
    red, green, blue = bytes.fromhex(written[1:])
    return red / 255, green / 255, blue / 255


def contrast_to_white(colour: tuple[float, float, float]) -> float:
    """The contrast ratio to white, from 1 (white) to 21 (black) (WCAG 2.2, “contrast ratio”)."""
    linear = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in colour
    )
    luminance = sum(weight * share for weight, share in zip(_WEIGHTS, linear, strict=True))
    return 1.05 / (luminance + 0.05)

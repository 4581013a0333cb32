"""Exact numbers: decimals of at most three places held as whole thousandths, and one rounding."""

from __future__ import annotations

from decimal import Decimal

MAX_NUMBER = 1_000_000_000
"""A number that somebody enters is no farther from zero than this."""


def thousandths(value: object) -> int | None:
    """A number as whole thousandths; None where it is no number or needs a fourth decimal.

    A float stands for the shortest decimal that reads back as itself, which is what its
    author wrote; it never takes part in arithmetic.  True and False are not numbers.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return value * 1000
    scaled = Decimal(repr(value)).scaleb(3)
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        return None
    return int(scaled)


def number(parts: int, scale: int = 1000) -> int | float:
    """The JSON number of so many parts, of which `scale` make one."""
    return parts // scale if parts % scale == 0 else parts / scale


def decimal(parts: int | None, places: int) -> Decimal | None:
    """The exact decimal of whole parts, of which ten to the `places` make one; None of none."""
    return None if parts is None else Decimal(parts).scaleb(-places)


def percentage(part: int, whole: int) -> int | None:
    """A part of a whole in hundredths of a percent; None where there is no whole."""
    return half_up(part * 10_000, whole) if whole > 0 else None


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number to a fraction with a positive denominator; halves go up."""
    return (2 * numerator + denominator) // (2 * denominator)


def percent(hundredths: int | None) -> str:
    """A score as people read it in every language: 8640 is "86.40%", no score a dash."""
    return "–" if hundredths is None else f"{hundredths / 100:.2f}%"

"""From points to percentages: exact fractions all the way, rounded once.

A `Ratio` is a numerator over a positive denominator, 1 being 100 %, never reduced: plain
integers cost a tenth of `fractions.Fraction`, and only comparison and one rounding follow.
None stands for a score of which nothing remains: never 0, never 100.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from audit_api.rules.checklist.questions import Effect, EffectKind

Ratio = tuple[int, int]

NOTHING: Ratio = (0, 1)
FULL: Ratio = (1, 1)
PERCENT = 10_000
"""100 % in hundredths of a percent."""
MAX_SCORE = 99_999
"""No score is farther from zero than 999.99 %: the squares of a thousand million of them add up in
a database's integer."""


def weighted(weights: Iterable[int], parts: Iterable[Ratio | None]) -> Ratio | None:
    """The mean of the parts' ratios by weight.

    Parts of which nothing remains drop out and the weights left are renormalised; None
    where those sum to 0.
    """
    top, bottom, total = 0, 1, 0
    for weight, ratio in zip(weights, parts, strict=True):
        if ratio is not None:
            part, of = ratio
            top = top * of + weight * part * bottom
            bottom *= of
            total += weight
    return (top, bottom * total) if total else None


def demerited(start: int, demerits: int) -> Ratio:
    """A start value less the demerits found, both in thousandths of a point, floored at 0."""
    return max(start - demerits, 0), 100_000


def lower(one: Ratio, other: Ratio) -> Ratio:
    """The lower of two ratios."""
    return one if one[0] * other[1] <= other[0] * one[1] else other


def negative(ratio: Ratio) -> Ratio:
    """What zeroing leaves: nothing, or what was lost beyond nothing."""
    return lower(ratio, NOTHING)


def hundredths(ratio: Ratio) -> int:
    """The one rounding: hundredths of a percent, half up, and no farther from zero than any score
    may be."""
    part, of = ratio
    return max(-MAX_SCORE, min((2 * PERCENT * part + of) // (2 * of), MAX_SCORE))


def fixed(ratio: Ratio | None) -> int | None:
    """A whole audit's score, clamped at 0 from below and rounded."""
    return None if ratio is None else max(hundredths(ratio), 0)


def affected(ratio: Ratio, effect: Effect) -> Ratio:
    """What one critical effect leaves of a whole audit's score; it never raises it."""
    if effect.kind is EffectKind.ZERO_AUDIT:
        return lower(ratio, NOTHING)
    if effect.kind is EffectKind.CAP and effect.cap is not None:
        return lower(ratio, (effect.cap, PERCENT))
    return ratio


def failing(effects: Iterable[Effect]) -> bool:
    """Whether the status fails whatever the score: `fail` says so, a zeroed audit always does."""
    return any(effect.kind in (EffectKind.FAIL, EffectKind.ZERO_AUDIT) for effect in effects)


def band_of(starts: Sequence[int], keys: Sequence[str], score: int | None) -> str | None:
    """The band that a fixed score falls in, from where each starts, lowest first.

    The lowest band takes everything below its start too, so that no score falls in a gap.
    """
    if score is None or not keys:
        return None
    return keys[max(bisect_right(starts, score) - 1, 0)]


def is_valid(answered: int, visible: int, threshold: tuple[int, int]) -> bool:
    """Whether answered ÷ visible reaches the threshold (part, of), compared exactly."""
    part, of = threshold
    return answered * of >= part * visible

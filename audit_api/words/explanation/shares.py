"""Says shares of what was possible: as rounded percentages, or exactly."""

from __future__ import annotations

from fractions import Fraction

from audit_api.rules.exact import percent
from audit_api.rules.scoring.explanation.steps import Share, fixed_share
from audit_api.words import answers
from audit_api.words.checklist import Words


def rounded_percent(share: Share, words: Words) -> str:
    """Return a share as a percentage of two decimals."""
    return percent(fixed_share(share))


def is_rounded(share: Share) -> bool:
    """Whether the percentage of a share is not the share itself."""
    return share is not None and (share * 10_000).denominator > 1


def fraction(share: Fraction, earned: int, possible: int) -> str:
    """Return a share exactly: as points earned/possible, in millionths, where it is just these."""
    if possible and share == Fraction(earned, possible):
        return f"{answers.points(earned)}/{answers.points(possible)}"
    return str(share)

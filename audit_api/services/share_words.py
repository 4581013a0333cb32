"""Says shares of what was possible: as rounded percentages, or exactly."""

from __future__ import annotations

from fractions import Fraction

from audit_api.rules.explanation.steps import Share, fixed_share
from audit_api.services import wording
from audit_api.services.checklist_words import Words


def percent(share: Share, words: Words) -> str:
    """Return a share as a percentage of two decimals."""
    return wording.percent(fixed_share(share), words.locale)


def is_rounded(share: Share) -> bool:
    """Whether the percentage of a share is not the share itself."""
    return share is not None and (share * 10_000).denominator > 1


def fraction(share: Fraction, earned: int, possible: int) -> str:
    """Return a share exactly: as points earned/possible, in millionths, where it is just these."""
    if possible and share == Fraction(earned, possible):
        return f"{wording.points(earned)}/{wording.points(possible)}"
    return str(share)

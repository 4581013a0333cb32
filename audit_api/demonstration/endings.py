"""What became of the reports at headquarters: the queue of the last days, and all older ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from itertools import chain

from audit_api.demonstration.plan import Visit


class Ending(Enum):
    """How far a report came."""

    PHOTO_MISSING = auto()
    PHOTO_WAIVED = auto()
    SUBMITTED = auto()
    OPENED = auto()
    RETURNED = auto()
    REJECTED = auto()
    RESUBMITTED = auto()
    EXCLUDED = auto()
    VOIDED = auto()
    APPROVED = auto()


QUEUE = (
    (Ending.PHOTO_MISSING, 50),
    (Ending.PHOTO_WAIVED, 100),
    (Ending.SUBMITTED, 8),
    (Ending.OPENED, 20),
    (Ending.RETURNED, 25),
)
"""What the latest reports are, counted backwards: one in so many of a month's, and one at least."""
WITHOUT_A_PHOTO = (Ending.PHOTO_MISSING, Ending.PHOTO_WAIVED)
"""Where a photo never reached the store."""
SEEN = (Ending.REJECTED, Ending.RESUBMITTED, Ending.EXCLUDED, Ending.VOIDED)
"""What the next ones are, so that even the smallest demonstration shows each."""
OLDER = (
    (Ending.RESUBMITTED, 0.03),
    (Ending.REJECTED, 0.042),
    (Ending.EXCLUDED, 0.05),
    (Ending.VOIDED, 0.056),
)
"""What becomes of all others, up to which share; the rest is approved."""


def endings(visits: Sequence[Visit], seed: int) -> Mapping[str, Ending]:
    """Return what became of each report that a reviewer saw or will see, by the visit's name."""
    latest_first = [
        visit for visit in reversed(visits) if visit.fate == "made" and visit.site.format == "shop"
    ]
    month = sum(visit.month == 0 for visit in latest_first)
    queue = chain.from_iterable([ending] * max(1, month // part) for ending, part in QUEUE)
    told = dict(zip((visit.name for visit in latest_first), chain(queue, SEEN), strict=False))
    return {visit.name: told.get(visit.name) or _older(visit, seed) for visit in latest_first}


def _older(visit: Visit, seed: int) -> Ending:
    number = visit.chance(seed, "ending").random()
    return next((ending for ending, up_to in OLDER if number < up_to), Ending.APPROVED)

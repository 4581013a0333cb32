"""Folds what changed of totals, a batch at a time, and rests in between."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from audit_api.database import db, reading
from audit_api.services.totals import folding

log = logging.getLogger(__name__)

RIPE_AFTER = timedelta(seconds=2)
"""A change of totals waits so long for others, unless they are enough for a batch: the more are
folded at once, the less each costs, and no reader waits for it."""
TURN = timedelta(seconds=2)
"""How long one process alone folds an organisation's changes."""
SLICE, BREATH = 0.001, 0.0005
"""Seconds that folding goes on at a stretch, and rests: requests need the interpreter, and would
wait five times as long until they are given it."""


class Folds:
    """Folds the changes of all organisations; `between` is called between two batches."""

    def __init__(self, between: Callable[[], object]) -> None:
        self._between = between
        self._is_closing = False

    def close(self) -> None:
        """Begin no other batch."""
        self._is_closing = True

    def fold_ripe(self) -> None:
        """Fold what has waited long enough, where no other process does."""
        ripe = _organisations_to_fold(datetime.now(UTC) - RIPE_AFTER)
        self._fold_all([*filter(_takes_turn, ripe)])

    def fold_every(self) -> None:
        """Fold all that waits."""
        self._fold_all(_organisations_to_fold(datetime.max.replace(tzinfo=UTC)))

    def _fold_all(self, organisation_ids: Sequence[UUID]) -> None:
        """Fold what waits of organisations, a batch of each at a time."""
        while organisation_ids := list(filter(self._is_more_to_fold, organisation_ids)):
            self._between()

    def _is_more_to_fold(self, organisation_id: UUID) -> bool:
        """Fold a batch of an organisation's changes; return whether there may be more."""
        if self._is_closing:
            return False
        try:
            return fold(organisation_id) == folding.BATCH
        except Exception:
            # One organisation's trouble does not keep the others' totals from being folded.
            db.session.rollback()
            log.exception("the totals of organisation %s could not be folded", organisation_id)
            return False


def fold(organisation_id: UUID) -> int:
    """Fold a batch of an organisation's changes; return how many."""
    # What it takes to work it out holds no writer back.
    with reading():
        batch = folding.gather(organisation_id, most=folding.BATCH, breathe=_Breath())
        db.session.rollback()
    folded = bool(batch.change_ids) and folding.fold(batch)
    db.session.commit()
    return len(batch.change_ids) if folded else 0


def _organisations_to_fold(waiting_since: datetime) -> Sequence[UUID]:
    with reading():
        organisation_ids = folding.organisations_to_fold(waiting_since=waiting_since)
        db.session.rollback()
    return organisation_ids


def _takes_turn(organisation_id: UUID) -> bool:
    """Whether no other process folds an organisation's changes just now."""
    now = datetime.now(UTC)
    takes = folding.take_turn(organisation_id, now=now, until=now + TURN)
    db.session.commit()
    return takes


class _Breath:
    """Rests for a moment whenever it is called a while after the last rest."""

    def __init__(self) -> None:
        self._rested = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() > self._rested + SLICE:
            time.sleep(BREATH)
            self._rested = time.monotonic()

"""The pace of the visits with each version of a checklist, remembered by each process.

What is remembered is some minutes old: a few visits hardly move a median, and no submission waits
for a thousand rows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit
from audit_api.rules.lifecycle import COUNTED
from audit_api.rules.signals.pace import Pace, pace_of

MAX_VISITS = 1_000
"""A pace is that of the latest visits: people and sites change."""
_MAX_VERSIONS = 10_000
_LIFE = timedelta(minutes=5)


class _Remembered(NamedTuple):
    pace: Pace | None
    read_at: datetime


_memory: dict[UUID, _Remembered] = {}


def of(version_id: UUID, *, now: datetime) -> Pace | None:
    """Return the pace of the visits that count with a checklist's version, None while it has
    none."""
    known = _memory.get(version_id)
    if known is not None and known.read_at <= now < known.read_at + _LIFE:
        return known.pace
    return _load(version_id, now)


def _load(version_id: UUID, now: datetime) -> Pace | None:
    seconds = db.session.scalars(
        sa.select(sa.NotNullable(Audit.seconds))
        .where(
            Audit.checklist_version_id == version_id,
            Audit.state.in_(COUNTED),
            Audit.seconds.is_not(None),
        )
        .order_by(Audit.received_at.desc())
        .limit(MAX_VISITS)
    ).all()
    if len(_memory) >= _MAX_VERSIONS:
        _memory.clear()
    pace = pace_of(seconds)
    _memory[version_id] = _Remembered(pace, now)
    return pace

"""Which audits a reviewer goes through: what the address asks for, and which of them is next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import request, url_for

from audit_api.console.frame import forms
from audit_api.console.frame.sessions import who
from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.rules.lifecycle import UNDECIDED, AuditAction, AuditState
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services.audits import orders, queue, reviews
from audit_api.services.audits.orders import Order, Place
from audit_api.services.audits.queue import Filter
from audit_api.web import fields

HELD = "held"
"""What is asked for instead of a kind of signal: any that holds an audit."""
_LOOKED_AT = 50
"""How many audits are looked at to find one that nobody else has in review."""


class Wanted(forms.Form):
    """Which audits: what is left out asks for nothing, but for the state: those that wait."""

    region = fields.UUID(load_default=None)
    campaign = fields.UUID(load_default=None)
    state = fields.Text(load_default=None, validate=fields.OneOf(UNDECIDED))
    signal = fields.Text(load_default=None, validate=fields.OneOf((HELD, *SignalKind)))


def asked() -> dict[str, Any]:
    """Return what the address asks for; raise INVALID."""
    return forms.asked(Wanted)


def kept() -> dict[str, str]:
    """Return what the address asks for as it stands there, to be asked of the next page too."""
    return {name: request.args[name] for name in Wanted().fields if request.args.get(name)}


def address() -> str:
    """Return where the queue is, as the address asks for it."""
    asked_for: dict[str, Any] = kept()
    return url_for("console.audits.queue", **asked_for)


def filter_of(asked: dict[str, Any]) -> Filter:
    """Return the audits that are asked for."""
    signal = asked["signal"]
    return Filter(
        region_id=asked["region"],
        campaign_id=asked["campaign"],
        state=asked["state"],
        waiting=None if asked["state"] else True,
        held=True if signal == HELD else None,
        signal=SignalKind(signal) if signal not in (None, HELD) else None,
    )


def following(after: Place | None) -> queue.Line | None:
    """Return the audit of the address's filters that comes after a place, then from the oldest on;
    those that somebody else has in review are left to them."""
    wanted = filter_of(asked())
    found = _listed(wanted, after)
    if after is not None:
        found += [line for line in _listed(wanted, None) if line.audit.id != after.id]
    openers = reviews.openers([line.audit.id for line in found], by=who())
    return next((line for line in found if _is_free(line, openers)), None)


def take(after: Place | None) -> queue.Line | None:
    """Open the following audit for review, and return it; the caller commits.  One that somebody
    else takes at this moment is passed over."""
    found = following(after)
    while found is not None and found.audit.state == AuditState.SUBMITTED:
        audit_id, version, place = found.audit.id, found.audit.version, place_of(found.audit)
        try:
            _open(audit_id, version)
            return found
        except Problem as problem:
            if problem.kind not in (Kind.STALE, Kind.MOVE_NOT_ALLOWED, Kind.NOT_FOUND):
                raise
            db.session.rollback()
            found = following(place)
    return found


def place_of(audit: Any) -> Place:
    """Return where an audit stands in the queue."""
    return orders.place(Order.OLDEST, audit)


def _open(audit_id: UUID, version: int) -> None:
    now = datetime.now(UTC)
    reviews.move(
        audit_id, AuditAction.OPEN, by=who(), version=version, note=None, notes={}, now=now
    )


def _listed(wanted: Filter, after: Place | None) -> list[queue.Line]:
    return queue.listed(wanted, by=who(), order=Order.OLDEST, after=after, limit=_LOOKED_AT)


def _is_free(line: queue.Line, openers: Mapping[UUID, reviews.Opener]) -> bool:
    opener = openers.get(line.audit.id)
    return line.audit.state != AuditState.IN_REVIEW or opener is None or opener.id == who().id

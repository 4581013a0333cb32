"""A selection of audits, approved together: each is decided as it would be alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid, not_found, pointer_to
from audit_api.models import Audit
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction
from audit_api.rules.signals.kinds import TABLE, Signal
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import decisions, signals
from audit_api.services.audits.decisions import Decision

MAX_SELECTED = 500
"""Audits that are approved together: meanwhile whoever changes the totals of their sites waits."""


class Selected(NamedTuple):
    """An audit of a selection, and the version that was seen."""

    id: UUID
    version: int


def approve(
    selection: Sequence[Selected], *, by: Who, include_held: bool, note: str | None, now: datetime
) -> list[Audit | Problem]:
    """Approve those of a selection that still stand as they were seen; return what became of
    each, in order: the audit, or NOT_FOUND, STALE, MOVE_NOT_ALLOWED, or HELD where a signal holds
    it and the held ones are not included.

    Raises FORBIDDEN, or INVALID for an audit that is named twice.
    """
    access.require(by, lifecycle.AUDIT.permission(AuditAction.APPROVE))
    _require_each_once(selection)
    audits = _lock([selected.id for selected in selection], by)
    found = {} if include_held else signals.of_audits(audits)
    outcomes = [_outcome(selected, audits, found) for selected in selection]
    approved = [outcome for outcome in outcomes if isinstance(outcome, Audit)]
    decisions.carry_out(Decision(AuditAction.APPROVE, by, now, note), approved)
    return outcomes


def _require_each_once(selection: Sequence[Selected]) -> None:
    seen: set[UUID] = set()
    faults = []
    for place, selected in enumerate(selection):
        if selected.id in seen:
            faults.append(Fault(pointer_to("audits", place, "id"), "audit_twice"))
        seen.add(selected.id)
    if faults:
        raise invalid(*faults)


def _lock(ids: Sequence[UUID], by: Who) -> Mapping[UUID, Audit]:
    """Return the audits that `by` may see, locked in one order: of two selections at once the
    second waits, and never each for the other."""
    audits = db.session.scalars(
        access.visible_audits(by)
        .where(Audit.id.in_(ids))
        .order_by(Audit.id)
        .with_for_update(of=Audit)
        .execution_options(populate_existing=True)
    )
    return {audit.id: audit for audit in audits}


def _outcome(
    selected: Selected, audits: Mapping[UUID, Audit], found: Mapping[UUID, Sequence[Signal]]
) -> Audit | Problem:
    audit = audits.get(selected.id)
    if audit is None:
        return not_found("audit")
    if audit.version != selected.version:
        return Problem(Kind.STALE)
    if audit.state not in lifecycle.AUDIT.before(AuditAction.APPROVE):
        return lifecycle.not_allowed(audit.state, AuditAction.APPROVE, lifecycle.AUDIT)
    holding = [signal.kind for signal in found.get(audit.id, ()) if TABLE[signal.kind].holds]
    return Problem(Kind.HELD, reasons=holding) if holding else audit

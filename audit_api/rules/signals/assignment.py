"""The signals of an audit beside its assignment: the window, and what became of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit_api.rules.lifecycle import AssignmentState
from audit_api.rules.signals.kinds import Signal, SignalKind


@dataclass(frozen=True, slots=True)
class Plan:
    """An assignment as an audit of it comes: whether it is still the sender's, and how many audits
    of it came before."""

    state: str
    is_senders: bool
    audits: int


def of_window(
    starts_on: date, ends_on: date, *, visited_on: date, received_on: date
) -> tuple[Signal, ...]:
    """Return the signal of a visit that was made, or told, outside its window.  All dates are the
    site's own."""
    visited = {"visited_on": visited_on.isoformat()}
    closed = {"ends_on": ends_on.isoformat()} | visited
    if visited_on < starts_on:
        return (Signal(SignalKind.EARLY, {"starts_on": starts_on.isoformat()} | visited),)
    if visited_on > ends_on:
        return (Signal(SignalKind.LATE, closed),)
    if received_on > ends_on:
        sent = closed | {"received_on": received_on.isoformat()}
        return (Signal(SignalKind.SENT_LATE, sent),)
    return ()


def of_plan(plan: Plan) -> tuple[Signal, ...]:
    """Return the signals of an audit that its assignment does not wait for."""
    found = (
        (plan.state == AssignmentState.CANCELLED, SignalKind.CANCELLED_ASSIGNMENT),
        (plan.state == AssignmentState.DECLINED, SignalKind.DECLINED_ASSIGNMENT),
        (not plan.is_senders, SignalKind.REASSIGNED_VISIT),
        (plan.audits > 0, SignalKind.DUPLICATE_VISIT),
    )
    return tuple(Signal(kind) for stands, kind in found if stands)

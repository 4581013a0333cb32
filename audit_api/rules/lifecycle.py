"""The life of an audit and of an assignment: every move is one row of a table."""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.errors import Kind, Problem


@dataclass(frozen=True, slots=True)
class Move:
    """One row: what is done, in which states it may be, the state after, the permission needed."""

    action: str
    from_states: tuple[str, ...]
    to_state: str
    permission: str


AUDIT_STATES = (
    "awaiting_media",
    "submitted",
    "in_review",
    "approved",
    "returned",
    "rejected",
    "excluded",
    "voided",
)
COUNTED = ("approved",)
"""The states in which an audit is part of scorecards."""

REVIEW_ACTIONS = ("open", "approve", "return", "reject", "exclude", "include", "void")
"""The moves that a person makes on a submitted audit."""

AUDIT_MOVES = (
    Move("settle", ("awaiting_media",), "submitted", "audit.submit"),
    Move("open", ("submitted",), "in_review", "audit.open"),
    Move("approve", ("submitted", "in_review"), "approved", "audit.approve"),
    # For a campaign without review: follows from the settling, so it needs no more than that.
    Move("auto_approve", ("submitted",), "approved", "audit.submit"),
    Move("return", ("submitted", "in_review"), "returned", "audit.return"),
    Move("reject", ("submitted", "in_review"), "rejected", "audit.reject"),
    Move("resubmit", ("returned",), "awaiting_media", "audit.submit"),
    Move("exclude", ("approved",), "excluded", "audit.exclude"),
    Move("include", ("excluded",), "approved", "audit.exclude"),
    Move("void", ("approved", "excluded"), "voided", "audit.void"),
)

ASSIGNMENT_MOVES = (
    Move("accept", ("offered",), "accepted", "assignment.answer"),
    Move("decline", ("offered",), "declined", "assignment.answer"),
    Move("start", ("accepted", "assigned"), "started", "assignment.answer"),
    # Expired too: an audit that comes after its window is stored and flagged, never refused.
    Move(
        "submit",
        ("offered", "accepted", "assigned", "started", "expired"),
        "submitted",
        "audit.submit",
    ),
    Move("close", ("submitted",), "closed", "audit.approve"),
    Move("expire", ("offered", "accepted", "assigned", "started"), "expired", "assignment.write"),
    Move("cancel", ("offered", "accepted", "assigned", "started"), "cancelled", "assignment.write"),
)

VISITED = ("submitted", "closed")
"""The states of a visit that was made."""

REASSIGNABLE = ("offered", "accepted", "declined", "assigned", "started", "expired")
"""The states in which a visit may be given to another auditor: not once an audit has come, for a
return of it must reach the phone that sent it."""

OPEN_ASSIGNMENTS = next(row.from_states for row in ASSIGNMENT_MOVES if row.action == "submit")
"""The states that an arriving audit moves on; a cancelled one stays cancelled, and is flagged."""


def move(table: tuple[Move, ...], state: str, action: str) -> Move:
    """The row for doing `action` in `state`.

    Raises `errors.Problem` of kind MOVE_NOT_ALLOWED, naming the actions accepted in `state`.
    """
    for row in table:
        if row.action == action and state in row.from_states:
            return row
    raise Problem(Kind.MOVE_NOT_ALLOWED, state=state, action=action, accepted=actions(table, state))


def permission(table: tuple[Move, ...], action: str) -> str:
    """The permission that an action of the table needs."""
    return next(row.permission for row in table if row.action == action)


def actions(table: tuple[Move, ...], state: str) -> list[str]:
    """What may be done in a state, in the table's order."""
    return [row.action for row in table if state in row.from_states]


def counts(state: str) -> bool:
    """Whether an audit in this state is part of scorecards."""
    return state in COUNTED

"""The life of an assignment."""

from __future__ import annotations

from enum import StrEnum

from audit_api.rules.lifecycle.audits import counts
from audit_api.rules.lifecycle.moves import Life, Move
from audit_api.rules.permissions import Permission


class AssignmentState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ASSIGNED = "assigned"
    STARTED = "started"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class AssignmentAction(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    START = "start"
    REASSIGN = "reassign"
    SUBMIT = "submit"
    CLOSE = "close"
    REOPEN = "reopen"
    EXPIRE = "expire"
    CANCEL = "cancel"


_BEFORE_THE_VISIT = (
    AssignmentState.OFFERED,
    AssignmentState.ACCEPTED,
    AssignmentState.ASSIGNED,
    AssignmentState.STARTED,
)

ASSIGNMENT = Life(
    Move(
        AssignmentAction.ACCEPT,
        (AssignmentState.OFFERED,),
        AssignmentState.ACCEPTED,
        Permission.ASSIGNMENT_ANSWER,
    ),
    Move(
        AssignmentAction.DECLINE,
        (AssignmentState.OFFERED,),
        AssignmentState.DECLINED,
        Permission.ASSIGNMENT_ANSWER,
    ),
    Move(
        AssignmentAction.START,
        (AssignmentState.ACCEPTED, AssignmentState.ASSIGNED),
        AssignmentState.STARTED,
        Permission.ASSIGNMENT_ANSWER,
    ),
    # Expired too: an audit that comes after its window is stored and flagged, never refused.
    Move(
        AssignmentAction.SUBMIT,
        (*_BEFORE_THE_VISIT, AssignmentState.EXPIRED),
        AssignmentState.SUBMITTED,
        Permission.AUDIT_SUBMIT,
    ),
    Move(
        AssignmentAction.CLOSE,
        (AssignmentState.SUBMITTED,),
        AssignmentState.CLOSED,
        Permission.AUDIT_APPROVE,
    ),
    # With the approval that closed it, which was taken back.
    Move(
        AssignmentAction.REOPEN,
        (AssignmentState.CLOSED,),
        AssignmentState.SUBMITTED,
        Permission.AUDIT_TAKE_BACK,
    ),
    Move(
        AssignmentAction.EXPIRE,
        _BEFORE_THE_VISIT,
        AssignmentState.EXPIRED,
        Permission.ASSIGNMENT_WRITE,
    ),
    Move(
        AssignmentAction.CANCEL,
        _BEFORE_THE_VISIT,
        AssignmentState.CANCELLED,
        Permission.ASSIGNMENT_WRITE,
    ),
)

REASSIGNMENT = Life(
    Move(
        AssignmentAction.REASSIGN,
        (*_BEFORE_THE_VISIT, AssignmentState.DECLINED, AssignmentState.EXPIRED),
        AssignmentState.ASSIGNED,
        Permission.ASSIGNMENT_WRITE,
    )
)
"""To give a visit to another auditor is a change of it, and no move that a call can name.  It may
not be done once an audit has come: a return of it must reach the phone that sent it."""

AWAITS_AUDIT = ASSIGNMENT.before(AssignmentAction.SUBMIT)
"""The states that an arriving audit moves on; a cancelled visit stays cancelled, and is flagged."""

SHOWN_ON_PHONE = (*_BEFORE_THE_VISIT, AssignmentState.SUBMITTED)
"""The states in which an auditor hears of what changes around a visit: until it is decided."""

GIVEN_UP = (AssignmentState.DECLINED, AssignmentState.EXPIRED, AssignmentState.CANCELLED)
"""The states of a visit that nobody will make as it was planned."""

VISITED = (AssignmentState.SUBMITTED, AssignmentState.CLOSED)
"""The states of a visit that was made."""


def visited_state(audit_state: str) -> AssignmentState:
    """Return the state of an assignment once its audit has come, in the state that this has."""
    submitted = ASSIGNMENT.after(AssignmentAction.SUBMIT)
    if counts(audit_state):
        return ASSIGNMENT.move(submitted, AssignmentAction.CLOSE)
    return submitted

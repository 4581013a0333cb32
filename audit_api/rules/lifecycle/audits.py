"""The life of an audit, and when it may be approved without a reviewer."""

from __future__ import annotations

from enum import StrEnum

from audit_api.rules.lifecycle.moves import Life, Move
from audit_api.rules.permissions import Permission


class AuditState(StrEnum):
    AWAITING_MEDIA = "awaiting_media"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    EXCLUDED = "excluded"
    VOIDED = "voided"


class AuditAction(StrEnum):
    SETTLE = "settle"
    OPEN = "open"
    APPROVE = "approve"
    AUTO_APPROVE = "auto_approve"
    RETURN = "return"
    REJECT = "reject"
    RESUBMIT = "resubmit"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    VOID = "void"


class ReviewRule(StrEnum):
    """Who approves a campaign's audits: always a reviewer, or none where nothing speaks for it."""

    ALWAYS = "always"
    NONE = "none"


AUDIT = Life(
    Move(
        AuditAction.SETTLE,
        (AuditState.AWAITING_MEDIA,),
        AuditState.SUBMITTED,
        Permission.AUDIT_SUBMIT,
    ),
    Move(AuditAction.OPEN, (AuditState.SUBMITTED,), AuditState.IN_REVIEW, Permission.AUDIT_OPEN),
    Move(
        AuditAction.APPROVE,
        (AuditState.SUBMITTED, AuditState.IN_REVIEW),
        AuditState.APPROVED,
        Permission.AUDIT_APPROVE,
    ),
    # For a campaign without review: follows from what was sent, so it needs no more than that.
    Move(
        AuditAction.AUTO_APPROVE,
        (AuditState.SUBMITTED,),
        AuditState.APPROVED,
        Permission.AUDIT_SUBMIT,
    ),
    Move(
        AuditAction.RETURN,
        (AuditState.SUBMITTED, AuditState.IN_REVIEW),
        AuditState.RETURNED,
        Permission.AUDIT_RETURN,
    ),
    Move(
        AuditAction.REJECT,
        (AuditState.SUBMITTED, AuditState.IN_REVIEW),
        AuditState.REJECTED,
        Permission.AUDIT_REJECT,
    ),
    Move(
        AuditAction.RESUBMIT,
        (AuditState.RETURNED,),
        AuditState.AWAITING_MEDIA,
        Permission.AUDIT_SUBMIT,
    ),
    Move(
        AuditAction.EXCLUDE, (AuditState.APPROVED,), AuditState.EXCLUDED, Permission.AUDIT_EXCLUDE
    ),
    Move(
        AuditAction.INCLUDE, (AuditState.EXCLUDED,), AuditState.APPROVED, Permission.AUDIT_EXCLUDE
    ),
    Move(
        AuditAction.VOID,
        (AuditState.APPROVED, AuditState.EXCLUDED),
        AuditState.VOIDED,
        Permission.AUDIT_VOID,
    ),
)

REVIEW_ACTIONS = (
    AuditAction.OPEN,
    AuditAction.APPROVE,
    AuditAction.RETURN,
    AuditAction.REJECT,
    AuditAction.EXCLUDE,
    AuditAction.INCLUDE,
    AuditAction.VOID,
)
"""The moves that a person makes on a submitted audit."""

COUNTED = (AuditState.APPROVED,)
"""The states in which an audit is part of scorecards."""


def counts(state: str) -> bool:
    """Whether an audit in this state is part of scorecards."""
    return state in COUNTED


def is_approved_unseen(review: str, *, held: bool, revision: int) -> bool:
    """Whether an audit whose photos can all be seen is approved without a reviewer: its campaign
    asks for none, no signal holds it, and no reviewer has returned it."""
    return review == ReviewRule.NONE and not held and revision == 1


def arrival_state(review: str, *, photos: int, held: bool) -> AuditState:
    """Return the state of an audit that arrives for the first time and declares so many photos."""
    if photos:
        return AuditState.AWAITING_MEDIA
    submitted = AUDIT.move(AuditState.AWAITING_MEDIA, AuditAction.SETTLE)
    if is_approved_unseen(review, held=held, revision=1):
        return AUDIT.move(submitted, AuditAction.AUTO_APPROVE)
    return submitted

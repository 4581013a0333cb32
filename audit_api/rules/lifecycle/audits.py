"""The life of an audit: its moves, which of them want a reason, when no reviewer is needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from audit_api.errors import Kind, Problem
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
    WAIVE = "waive"
    OPEN = "open"
    APPROVE = "approve"
    AUTO_APPROVE = "auto_approve"
    RETURN = "return"
    REJECT = "reject"
    RESUBMIT = "resubmit"
    EXCLUDE = "exclude"
    INCLUDE = "include"
    VOID = "void"
    TAKE_BACK = "take_back"


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
    # A phone can be lost: the office does without photos, or an answer, that never came.
    Move(
        AuditAction.WAIVE,
        (AuditState.AWAITING_MEDIA, AuditState.RETURNED),
        AuditState.SUBMITTED,
        Permission.AUDIT_WAIVE,
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
        (AuditState.AWAITING_MEDIA, AuditState.SUBMITTED, AuditState.IN_REVIEW),
        AuditState.RETURNED,
        Permission.AUDIT_RETURN,
    ),
    Move(
        AuditAction.REJECT,
        (
            AuditState.AWAITING_MEDIA,
            AuditState.SUBMITTED,
            AuditState.IN_REVIEW,
            AuditState.RETURNED,
        ),
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
    # For a while only (`require_recent`): what was published for long is excluded or voided.
    Move(
        AuditAction.TAKE_BACK,
        (AuditState.APPROVED,),
        AuditState.IN_REVIEW,
        Permission.AUDIT_TAKE_BACK,
    ),
)

REVIEW_ACTIONS = (
    AuditAction.WAIVE,
    AuditAction.OPEN,
    AuditAction.APPROVE,
    AuditAction.RETURN,
    AuditAction.REJECT,
    AuditAction.EXCLUDE,
    AuditAction.INCLUDE,
    AuditAction.VOID,
    AuditAction.TAKE_BACK,
)
"""The moves that a person makes on an audit that was sent."""

WITH_REASON = (
    AuditAction.WAIVE,
    AuditAction.REJECT,
    AuditAction.EXCLUDE,
    AuditAction.VOID,
    AuditAction.TAKE_BACK,
)
"""The moves that say why: they go against what an auditor sent, or a reviewer decided.  A return
says why too, in a note or in notes by question."""

TAKEN_BACK_WITHIN = timedelta(hours=72)
"""How long an approval can be taken back: over a weekend, and before scorecards are sent out."""

DECIDED = (
    AuditState.APPROVED,
    AuditState.REJECTED,
    AuditState.EXCLUDED,
    AuditState.VOIDED,
)
"""The states in which nothing more is expected of the auditor: the visit is closed."""

UNDECIDED = tuple(state for state in AuditState if state not in DECIDED)
"""The states of an audit on its way: it is still sent, or under review."""

COUNTED = (AuditState.APPROVED,)
"""The states in which an audit is part of scorecards."""


def require_recent(action: AuditAction, since: datetime, now: datetime) -> None:
    """Raise TOO_LATE for an approval of `since` that was in force for too long to be taken back."""
    if action == AuditAction.TAKE_BACK and now - since > TAKEN_BACK_WITHIN:
        hours = int(TAKEN_BACK_WITHIN / timedelta(hours=1))
        raise Problem(Kind.TOO_LATE, since=since.isoformat(timespec="seconds"), hours=hours)


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

"""Reviews: every move that the office makes in an audit's life."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid, not_found, pointer_to
from audit_api.models import Audit, Review, User
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import decisions
from audit_api.services.audits.decisions import Decision
from audit_api.services.checklists import compiled

_DECISION = ("revision", "action", "note", "notes", "at")
_OF_THE_OFFICE = (
    AuditAction.EXCLUDE,
    AuditAction.INCLUDE,
    AuditAction.VOID,
    AuditAction.TAKE_BACK,
)
"""Decisions whose reasons are the office's own: the auditor's work was accepted before."""


def move(
    audit_id: UUID,
    action: AuditAction,
    *,
    by: Who,
    version: int,
    note: str | None,
    notes: Mapping[str, str],
    now: datetime,
) -> Audit:
    """Make one move of the transition table, for the audit as it was read at `version`.

    Raises FORBIDDEN, NOT_FOUND, STALE, MOVE_NOT_ALLOWED, TOO_LATE, or INVALID for notes on
    questions that the checklist does not have and for a move that must say why and does not.
    """
    audit = _lock(audit_id, by)
    access.require(by, lifecycle.AUDIT.permission(action))
    if audit is None:
        raise not_found("audit")
    if audit.version != version:
        raise Problem(Kind.STALE)
    lifecycle.AUDIT.require(audit.state, action)
    lifecycle.require_recent(action, audit.state_since, now)
    _check_notes(audit, action, note, notes, by)
    decisions.carry_out(Decision(action, by, now, note, notes), [audit])
    return audit


def of_audit(audit_id: UUID, *, by: Who) -> list[dict[str, Any]]:
    """Return the decisions on an audit that was found, oldest first.

    An auditor learns no reviewer, and no reason of what was decided after the approval.
    """
    rows = db.session.execute(
        sa.select(Review, User.name)
        .join(User, User.id == Review.reviewer_id, isouter=True)
        .where(Review.audit_id == audit_id)
        .order_by(Review.id)
    )
    if by.may(Permission.AUDIT_IDENTIFY):
        return [
            _decision(review) | {"reviewer_id": review.reviewer_id, "reviewer_name": name}
            for review, name in rows
        ]
    return [
        _decision(review) | ({"note": None} if review.action in _OF_THE_OFFICE else {})
        for review, _ in rows
    ]


class Opener(NamedTuple):
    """Who has an audit in review; an integration has neither id nor name."""

    id: UUID | None
    name: str | None


def openers(audit_ids: Collection[UUID], *, by: Who) -> dict[UUID, Opener]:
    """Return who last opened each of these audits, where somebody did."""
    access.require(by, Permission.AUDIT_IDENTIFY)
    rows = db.session.execute(
        sa.select(Review.audit_id, Review.reviewer_id, User.name)
        .join(User, User.id == Review.reviewer_id, isouter=True)
        .where(Review.audit_id.in_(audit_ids), Review.action == AuditAction.OPEN)
        .order_by(Review.id)
    )
    return {audit_id: Opener(reviewer_id, name) for audit_id, reviewer_id, name in rows}


def _decision(review: Review) -> dict[str, Any]:
    return {member: getattr(review, member) for member in _DECISION}


def _check_notes(
    audit: Audit, action: AuditAction, note: str | None, notes: Mapping[str, str], by: Who
) -> None:
    says_why = bool((note or "").strip())
    if action == AuditAction.RETURN and not says_why and not notes:
        raise invalid(Fault("/note", "return_needs_note"))
    if action in lifecycle.WITH_REASON and not says_why:
        raise invalid(Fault("/note", "needs_reason", {"action": action}))
    questions = compiled.by_id(by.organisation_id, audit.checklist_version_id).scorer.questions
    faults = [
        Fault(pointer_to("notes", key), "unknown_question", {"question": key})
        for key in notes
        if key not in questions
    ]
    if faults:
        raise invalid(*faults)


def _lock(audit_id: UUID, by: Who) -> Audit | None:
    return db.session.scalar(
        access.visible_audits(by)
        .where(Audit.id == audit_id)
        .with_for_update(of=Audit)
        .execution_options(populate_existing=True)
    )

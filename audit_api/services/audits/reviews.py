"""Reviews: every move of an audit's life after it was submitted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid, not_found, pointer_to
from audit_api.models import Audit, Review
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction, AuditState
from audit_api.rules.permissions import Role
from audit_api.services import access, activity, standing
from audit_api.services.access import Who
from audit_api.services.checklists import compiled
from audit_api.services.totals import of_sites
from audit_api.services.visits import assignments, feeds


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

    Raises FORBIDDEN, NOT_FOUND, STALE, MOVE_NOT_ALLOWED, or INVALID for notes on questions that
    the checklist does not have and for a return that says nothing.
    """
    audit = _lock(audit_id, by)
    access.require(by, lifecycle.AUDIT.permission(action))
    if audit is None:
        raise not_found("audit")
    if audit.version != version:
        raise Problem(Kind.STALE)
    to_state = lifecycle.AUDIT.move(audit.state, action)
    _check_notes(audit, action, note, notes, by)
    _apply(audit, to_state)
    db.session.add(
        Review(
            audit_id=audit.id,
            revision=audit.revision,
            action=action,
            reviewer_id=by.id if by.role in (Role.REVIEWER, Role.HQ) else None,
            note=note,
            notes=dict(notes),
            at=now,
        )
    )
    activity.record(
        by, lifecycle.AUDIT.permission(action), audit.id, now=now, revision=audit.revision
    )
    db.session.flush()
    return audit


def of_audit(audit_id: UUID) -> list[Review]:
    """Return the decisions on an audit that was found, oldest first."""
    return list(
        db.session.scalars(sa.select(Review).where(Review.audit_id == audit_id).order_by(Review.id))
    )


def _apply(audit: Audit, to_state: AuditState) -> None:
    assignments.lock(audit.assignment_id)
    counted = lifecycle.counts(audit.state)
    audit.state = to_state
    audit.version += 1
    _update_assignment(audit)
    if lifecycle.counts(to_state) == counted:
        return
    score = standing.of(audit).score
    if counted:
        of_sites.take_back(audit, score)
    else:
        of_sites.add(audit, score)


def _update_assignment(audit: Audit) -> None:
    if audit.state in (AuditState.APPROVED, AuditState.REJECTED):
        assignments.close(audit.assignment_id)
    if audit.state in (AuditState.APPROVED, AuditState.REJECTED, AuditState.RETURNED):
        feeds.announce(audit.auditor_id, [audit.assignment_id])


def _check_notes(
    audit: Audit, action: AuditAction, note: str | None, notes: Mapping[str, str], by: Who
) -> None:
    if action == AuditAction.RETURN and not note and not notes:
        raise invalid(Fault("/note", "return_needs_note"))
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

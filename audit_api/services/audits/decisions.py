"""What a decision of the office brings about: states, photos, visits, feeds, totals, its record.

Any number of audits at once, one kind of row after the other, in the order of locks that all
writers keep: audits (the caller has locked them), assignments, users, totals.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit_api.database import db
from audit_api.models import Audit, Review
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction, AuditState
from audit_api.rules.permissions import Role
from audit_api.services import activity, standing
from audit_api.services.access import Who
from audit_api.services.audits import photos, signals
from audit_api.services.totals import of_sites
from audit_api.services.visits import assignments, feeds

_TOLD = (
    AuditAction.WAIVE,
    AuditAction.APPROVE,
    AuditAction.INCLUDE,
    AuditAction.REJECT,
    AuditAction.RETURN,
    AuditAction.TAKE_BACK,
)
"""What the auditor's phone hears of."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One move of an audit's life, made by a person of the office at a moment, and why."""

    action: AuditAction
    by: Who
    now: datetime
    note: str | None = None
    notes: Mapping[str, str] | None = None


def carry_out(decision: Decision, audits: Sequence[Audit]) -> None:
    """Make the decision on locked audits, each in a state that allows it."""
    assignment_ids = sorted({audit.assignment_id for audit in audits})
    assignments.lock(*assignment_ids)
    begins: list[Audit] = []
    ends: list[Audit] = []
    for audit in audits:
        counted = lifecycle.counts(audit.state)
        _move(audit, decision)
        if lifecycle.counts(audit.state) != counted:
            (ends if counted else begins).append(audit)
    db.session.flush()
    _change_visits(decision.action, assignment_ids, audits)
    _change_totals(begins, 1)
    _change_totals(ends, -1)


def _move(audit: Audit, decision: Decision) -> None:
    by, action = decision.by, decision.action
    audit.state = lifecycle.AUDIT.move(audit.state, action)
    audit.state_since = decision.now
    audit.version += 1
    waived = _waive(audit) if action == AuditAction.WAIVE else []
    db.session.add(
        Review(
            audit_id=audit.id,
            revision=audit.revision,
            action=action,
            reviewer_id=by.id if by.role in (Role.REVIEWER, Role.HQ) else None,
            note=decision.note,
            notes=dict(decision.notes or {}),
            at=decision.now,
        )
    )
    activity.record(
        by,
        lifecycle.AUDIT.permission(action),
        audit.id,
        now=decision.now,
        action=action,
        revision=audit.revision,
        **({"note": decision.note} if decision.note else {}),
        **({"photos": [str(id_) for id_ in waived]} if waived else {}),
    )


def _waive(audit: Audit) -> list[UUID]:
    """Do without the photos that have not come; the signal of it keeps the audit from being
    approved unseen, whatever still comes."""
    waived = photos.waive(audit)
    signals.note_photos(audit.id, audit.revision, audit.organisation_id)
    return waived


def _change_visits(
    action: AuditAction, assignment_ids: Collection[UUID], audits: Sequence[Audit]
) -> None:
    if lifecycle.AUDIT.after(action) in (AuditState.APPROVED, AuditState.REJECTED):
        assignments.close(*assignment_ids)
    if action == AuditAction.TAKE_BACK:
        assignments.reopen(*assignment_ids)
    if action in _TOLD:
        for auditor_id, of_auditor in sorted(_by_auditor(audits).items()):
            feeds.announce(auditor_id, of_auditor)


def _by_auditor(audits: Sequence[Audit]) -> Mapping[UUID, Collection[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for audit in audits:
        found.setdefault(audit.auditor_id, []).append(audit.assignment_id)
    return found


def _change_totals(audits: Sequence[Audit], sign: int) -> None:
    if not audits:
        return
    scores = standing.scores([audit.id for audit in audits])
    of_sites.change([of_sites.counted_revision(audit, scores[audit.id]) for audit in audits], sign)

"""Approval without a reviewer, where a campaign asks for none and nothing holds the audit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.database.statements import Statement, parameter
from audit_api.models import Audit, AuditSignal, Campaign, Photo, Review
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction, AuditState, PhotoState
from audit_api.rules.signals.kinds import HOLDING
from audit_api.services import access, activity, standing
from audit_api.services.totals import of_sites
from audit_api.services.visits import assignments, feeds


def lock(audit_id: UUID) -> Audit | None:
    """Return an audit as it stands now, its row locked to the end of the transaction."""
    return db.session.scalar(
        sa.select(Audit)
        .where(Audit.id == audit_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def approve_unseen(audit: Audit, *, now: datetime) -> bool:
    """Approve a locked audit that nobody needs to see: every photo of it can be shown, and the
    rules of review say so.  Return whether it was approved; its auditor's feed is told then."""
    if audit.state != AuditState.SUBMITTED or not _rules_say_so(audit):
        return False
    assignments.lock(audit.assignment_id)
    audit.state = lifecycle.AUDIT.move(audit.state, AuditAction.AUTO_APPROVE)
    audit.state_since = now
    audit.version += 1
    assignments.close(audit.assignment_id)
    activity.record_now(
        audit.organisation_id,
        access.SYSTEM_ID,
        lifecycle.AUDIT.permission(AuditAction.AUTO_APPROVE),
        audit.id,
        now=now,
        action=AuditAction.AUTO_APPROVE,
        revision=audit.revision,
    )
    feeds.announce(audit.auditor_id, [audit.assignment_id])
    of_sites.add(audit, standing.scores([audit.id])[audit.id])
    return True


def _rules_say_so(audit: Audit) -> bool:
    """Whether nobody needs to see an audit, and nothing of it is still to come.  What the office
    has decided something of, it goes on deciding."""
    ((review, is_held, was_seen, has_photo_to_come),) = _FACTS.rows(
        audit=audit.id, campaign=audit.campaign_id, revision=audit.revision
    )
    unseen = lifecycle.is_approved_unseen(review, held=is_held, revision=audit.revision)
    return unseen and not was_seen and not has_photo_to_come


_FACTS = Statement(
    sa.select(
        Campaign.review,
        sa.exists().where(
            AuditSignal.audit_id == parameter("audit"), AuditSignal.kind.in_(HOLDING)
        ),
        sa.exists().where(Review.audit_id == parameter("audit")),
        sa.exists().where(
            Photo.audit_id == parameter("audit"),
            Photo.last_revision == parameter("revision"),
            Photo.state != PhotoState.READY,
        ),
    ).where(Campaign.id == parameter("campaign"))
)

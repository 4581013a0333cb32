"""Approval without a reviewer, where a campaign asks for none and nothing holds the audit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Campaign, Photo, Review
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction, AuditState, PhotoState
from audit_api.services import access, activity, standing
from audit_api.services.audits import signals
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
    if audit.state != AuditState.SUBMITTED or not _rules_say_so(audit) or _has_photo_to_come(audit):
        return False
    assignments.lock(audit.assignment_id)
    audit.state = lifecycle.AUDIT.move(audit.state, AuditAction.AUTO_APPROVE)
    audit.state_since = now
    audit.version += 1
    assignments.close(audit.assignment_id)
    activity.record(
        access.system_who(audit.organisation_id),
        lifecycle.AUDIT.permission(AuditAction.AUTO_APPROVE),
        audit.id,
        now=now,
        action=AuditAction.AUTO_APPROVE,
        revision=audit.revision,
    )
    feeds.announce(audit.auditor_id, [audit.assignment_id])
    of_sites.add(audit, standing.of(audit).score)
    return True


def _has_photo_to_come(audit: Audit) -> bool:
    waiting = sa.exists().where(
        Photo.audit_id == audit.id,
        Photo.last_revision == audit.revision,
        Photo.state != PhotoState.READY,
    )
    return bool(db.session.scalar(sa.select(waiting)))


def _rules_say_so(audit: Audit) -> bool:
    review = db.session.scalars(
        sa.select(Campaign.review).where(Campaign.id == audit.campaign_id)
    ).one()
    # Most campaigns have a reviewer: what else could hold their audits is not looked for.
    if not lifecycle.is_approved_unseen(review, held=False, revision=audit.revision):
        return False
    return not signals.hold(audit.id) and not _was_seen(audit)


def _was_seen(audit: Audit) -> bool:
    """Whether the office has decided something of it: it goes on deciding."""
    decided = sa.exists().where(Review.audit_id == audit.id)
    return bool(db.session.scalar(sa.select(decided)))

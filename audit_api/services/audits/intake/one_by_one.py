"""The intake one audit after the other, in the house's own services: any database takes it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, new_id, upsert
from audit_api.models import Activity, Assignment, Audit, Campaign, Photo, Revision, Site
from audit_api.rules import lifecycle
from audit_api.rules.permissions import Permission
from audit_api.rules.totals import month_of
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits.intake.rows import audit_row, photo_rows, revision_row
from audit_api.services.audits.submission import Submission
from audit_api.services.totals import of_sites, of_visits
from audit_api.services.totals.of_visits import Cell
from audit_api.services.visits import feeds


def store(submissions: Sequence[Submission], *, by: Who) -> dict[UUID, str]:
    """Store new audits of `by` as `intake.store` promises; return the state of each stored."""
    return {sent.id: state for sent in submissions if (state := _store_one(sent, by))}


def _store_one(sent: Submission, by: Who) -> str | None:
    planned = db.session.execute(
        access.held_assignments(by)
        .join(Campaign, Campaign.id == Assignment.campaign_id)
        .join(Site, Site.id == Assignment.site_id)
        .where(
            Assignment.id == sent.assignment_id,
            Assignment.site_id == sent.site.id,
            Site.version == sent.site.version,
        )
        .with_only_columns(Assignment.organisation_id, Assignment.campaign_id, Campaign.review)
    ).one_or_none()
    if planned is None:
        return None
    state = lifecycle.arrival_state(planned.review, photos=len(sent.photos), trusted=sent.trusted)
    audit = audit_row(sent, by) | {
        "organisation_id": planned.organisation_id,
        "campaign_id": planned.campaign_id,
        "state": state,
    }
    inserted = db.session.scalar(
        upsert(Audit)
        .values(audit)
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(Audit.id)
    )
    if inserted is None:
        return None
    _store_parts(sent, by)
    moved = _move_assignment(sent, state, by)
    if lifecycle.counts(state):
        of_sites.change(_counted(sent, planned.organisation_id, planned.campaign_id), 1)
    if moved is not None:
        of_visits.mark_made(moved)
    return state


def _store_parts(sent: Submission, by: Who) -> None:
    db.session.execute(sa.insert(Revision), [revision_row(sent, "current")])
    if sent.photos:
        db.session.execute(sa.insert(Photo), photo_rows(sent))
    db.session.execute(
        sa.insert(Activity),
        [
            {
                "id": new_id(),
                "organisation_id": by.organisation_id,
                "actor_id": by.id,
                "verb": Permission.AUDIT_SUBMIT,
                "subject_id": sent.id,
                "details": {"revision": sent.revision},
                "at": sent.received_at,
            }
        ],
    )


def _move_assignment(sent: Submission, state: str, by: Who) -> Cell | None:
    """Move the assignment on, if it is still open and the auditor's; return where it is counted."""
    moved = db.session.execute(
        sa.update(Assignment)
        .where(
            Assignment.id == sent.assignment_id,
            Assignment.auditor_id == by.id,
            Assignment.state.in_(lifecycle.AWAITS_AUDIT),
        )
        .values(state=lifecycle.visited_state(state), version=Assignment.version + 1)
        .returning(Assignment.ends_on, Assignment.campaign_id)
    ).one_or_none()
    if moved is None:
        return None
    feeds.announce(by.id, [sent.assignment_id])
    return Cell(by.organisation_id, sent.site.id, month_of(moved.ends_on), moved.campaign_id)


def _counted(
    sent: Submission, organisation_id: UUID, campaign_id: UUID
) -> of_sites.CountedRevision:
    return of_sites.CountedRevision(
        organisation_id,
        sent.site.id,
        campaign_id,
        sent.id,
        sent.digest,
        month_of(sent.business_date),
        sent.version.scoring_key,
        sent.score,
    )

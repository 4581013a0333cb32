"""Stores arriving audits: each exactly once, with all that belongs to it, or not at all.

Two forms of one promise.  `store` says it in the house's own services, under SQLite's one
writer; `intake_statement.store` says the same to PostgreSQL in a single statement.  Both
insert against the unique id first and do the rest only for rows that were really inserted.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db, new_id, upsert
from audit_api.models import Activity, Assignment, Audit, Campaign, Photo, Revision, Site
from audit_api.rules import lifecycle
from audit_api.rules.totals import month_of
from audit_api.services import access, feeds, intake_statement, totals, visit_totals
from audit_api.services.access import Who
from audit_api.services.submission import Submission
from audit_api.services.visit_totals import Cell

States = dict[UUID, str]


def store(submissions: Sequence[Submission], *, by: Who) -> States:
    """Store new audits of `by`; return the state of each that was stored by this call.

    Left out, with nothing changed, is an audit whose id is taken, whose assignment was never the
    auditor's at that site, or whose site's facts have changed since they were read.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        return intake_statement.store(submissions, by=by)
    return store_each(submissions, by=by)


def store_each(submissions: Sequence[Submission], *, by: Who) -> States:
    """Store new audits as `store` promises, one after the other; any database understands it."""
    return {sent.id: state for sent in submissions if (state := _store_one(sent, by))}


def first_state(sent: Submission, review: str) -> str:
    """Return the state that an arriving audit has: only a trusted one is ever approved unseen."""
    if sent.photos:
        return "awaiting_media"
    return "approved" if review == "none" and sent.trusted else "submitted"


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
    state = first_state(sent, planned.review)
    audit = _audit_row(sent, by) | {
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
        totals.change(_counted(sent, planned.organisation_id, planned.campaign_id), 1)
    if moved is not None:
        visit_totals.made(moved)
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
                "verb": "audit.submit",
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
            Assignment.state.in_(lifecycle.OPEN_ASSIGNMENTS),
        )
        .values(
            state="closed" if lifecycle.counts(state) else "submitted",
            version=Assignment.version + 1,
        )
        .returning(Assignment.ends_on, Assignment.campaign_id)
    ).one_or_none()
    if moved is None:
        return None
    feeds.announce(by.id, [sent.assignment_id])
    return Cell(by.organisation_id, sent.site.id, month_of(moved.ends_on), moved.campaign_id)


def _counted(sent: Submission, organisation_id: UUID, campaign_id: UUID) -> totals.Counted:
    return totals.Counted(
        organisation_id,
        sent.site.id,
        campaign_id,
        sent.id,
        sent.digest,
        month_of(sent.business_date),
        sent.version.scoring_key,
        sent.score,
    )


def _audit_row(sent: Submission, by: Who) -> dict[str, object]:
    return {
        "id": sent.id,
        "assignment_id": sent.assignment_id,
        "site_id": sent.site.id,
        "auditor_id": by.id,
        "version": 1,
        "received_at": sent.received_at,
        **standing_columns(sent),
    }


def standing_columns(sent: Submission) -> dict[str, object]:
    """Return the columns of an audit that are those of its standing revision."""
    return {
        "revision": sent.revision,
        "checklist_version_id": sent.version.id,
        "content_digest": sent.digest,
        "scoring_key": sent.version.scoring_key,
        "conducted_at": sent.conducted_at,
        "conducted_offset": sent.conducted_offset,
        "business_date": sent.business_date,
        "raw_score": sent.score.raw,
        "final_score": sent.score.final,
        "passed": sent.score.passed,
        "band": sent.score.band,
        "earned": sent.score.earned,
        "possible": sent.score.possible,
    }


def revision_row(sent: Submission, standing: str) -> dict[str, object]:
    return {
        "audit_id": sent.id,
        "content_digest": sent.digest,
        "number": sent.revision,
        "standing": standing,
        "received_at": sent.received_at,
        "sent_at": sent.sent_at,
        "content": sent.content,
        "score": orjson.dumps(sent.score.as_json()).decode(),
        "site_attributes": orjson.dumps(sent.site_attributes).decode(),
    }


def photo_rows(sent: Submission) -> list[dict[str, object]]:
    return [
        {
            "audit_id": sent.id,
            "id": photo.id,
            "question": photo.question,
            "sha256": photo.sha256,
            "size": photo.size,
            "media_type": photo.media_type,
            "taken_at": photo.taken_at,
            "latitude": photo.latitude,
            "longitude": photo.longitude,
            "last_revision": sent.revision,
            "state": "declared",
        }
        for photo in sent.photos
    ]

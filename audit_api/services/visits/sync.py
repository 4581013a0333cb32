"""What a phone pulls: everything that changed for its auditor since the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import (
    Assignment,
    Audit,
    Campaign,
    Checklist,
    ChecklistVersion,
    FeedEntry,
    Photo,
    Review,
    Site,
    User,
)
from audit_api.rules.lifecycle import AuditAction, AuditState, PhotoState
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who

PAGE = 200


class PhotoOfVisit(NamedTuple):
    """A photo that a phone has to hear of: what its manifest says of the file, the reason where it
    cannot be read, and the name under which it is waited for."""

    audit_id: UUID
    revision: int
    id: UUID
    question: str
    sha256: str
    size: int
    media_type: str
    reason: str | None
    file: str


PhotosByVisit = dict[UUID, list[PhotoOfVisit]]


@dataclass(frozen=True, slots=True)
class Changes:
    """One page of the feed.  `reset`: the cursor was not of this feed, so all is told again."""

    cursor: int
    more: bool
    reset: bool
    removed: list[UUID]
    assignments: list[dict[str, Any]]


def position(*, by: Who) -> int:
    """Return the number of the newest entry in the feed of `by`: an idle poll costs this alone."""
    access.require(by, Permission.SYNC_READ)
    return db.session.scalar(sa.select(User.feed_seq).where(User.id == by.id)) or 0


def changes(cursor: int, newest: int, *, by: Who) -> Changes:
    """Return the entries after `cursor`, oldest change first, each thing once, as it is now."""
    access.require(by, Permission.SYNC_READ)
    reset = cursor > newest
    entries = db.session.execute(
        sa.select(FeedEntry.assignment_id, FeedEntry.seq, FeedEntry.removed)
        .where(FeedEntry.user_id == by.id, FeedEntry.seq > (0 if reset else cursor))
        .order_by(FeedEntry.seq)
        .limit(PAGE + 1)
    ).all()
    page, more = entries[:PAGE], len(entries) > PAGE
    assignments = _assignments([entry.assignment_id for entry in page if not entry.removed], by)
    own_ids = {assignment["id"] for assignment in assignments}
    return Changes(
        cursor=page[-1].seq if more else newest,
        more=more,
        reset=reset,
        # The assignment of an entry may be another auditor's by now.
        removed=[entry.assignment_id for entry in page if entry.assignment_id not in own_ids],
        assignments=assignments,
    )


def _assignments(ids: Sequence[UUID], by: Who) -> list[dict[str, Any]]:
    if not ids:
        return []
    rows = db.session.execute(
        sa.select(Assignment, Campaign, Site, ChecklistVersion, Checklist.key)
        .join(Campaign, Campaign.id == Assignment.campaign_id)
        .join(Site, Site.id == Assignment.site_id)
        .join(ChecklistVersion, ChecklistVersion.id == Campaign.checklist_version_id)
        .join(Checklist, Checklist.id == ChecklistVersion.checklist_id)
        .where(Assignment.id.in_(ids), Assignment.auditor_id == by.id)
    )
    returns = _returns(ids, by)
    unreadable, wanted = _photos(ids, by)
    assignments = {
        row.Assignment.id: {
            "id": row.Assignment.id,
            "state": row.Assignment.state,
            "starts_on": row.Assignment.starts_on,
            "ends_on": row.Assignment.ends_on,
            "campaign": row.Campaign,
            "site": row.Site,
            "checklist": {
                "digest": row.ChecklistVersion.digest,
                "key": row.key,
                "number": row.ChecklistVersion.number,
                "title": row.ChecklistVersion.title,
            },
            "returned": returns.get(row.Assignment.id, []),
            "unreadable_photos": unreadable.get(row.Assignment.id, []),
            "wanted": wanted.get(row.Assignment.id, []),
        }
        for row in rows
    }
    return [assignments[id_] for id_ in ids if id_ in assignments]


def _returns(ids: Sequence[UUID], by: Who) -> dict[UUID, list[dict[str, Any]]]:
    # The reviewer's words, never the reviewer.
    rows = db.session.execute(
        sa.select(
            Audit.id, Audit.assignment_id, Audit.revision, Audit.version, Review.note, Review.notes
        )
        .join(
            Review,
            sa.and_(
                Review.audit_id == Audit.id,
                Review.revision == Audit.revision,
                Review.action == AuditAction.RETURN,
            ),
        )
        .where(
            Audit.assignment_id.in_(ids),
            Audit.auditor_id == by.id,
            Audit.state == AuditState.RETURNED,
        )
        .order_by(Review.id)
    )
    audits: dict[UUID, dict[UUID, dict[str, Any]]] = {}
    for row in rows:
        audits.setdefault(row.assignment_id, {})[row.id] = {
            "audit_id": row.id,
            "revision": row.revision,
            "version": row.version,
            "note": row.note,
            "notes": row.notes,
        }
    return {assignment_id: list(by_audit.values()) for assignment_id, by_audit in audits.items()}


def _photos(ids: Sequence[UUID], by: Who) -> tuple[PhotosByVisit, PhotosByVisit]:
    """Return of these visits' audits the photos that came to nothing, which a receipt may have been
    too early to say, and those that are waited for: a phone may have forgotten them."""
    rows = db.session.execute(
        sa.select(
            Audit.assignment_id,
            Photo.state,
            *(Audit.id, Audit.revision),
            *(Photo.id, Photo.question, Photo.sha256, Photo.size, Photo.media_type, Photo.reason),
            Photo.file,
        )
        .join(Photo, sa.and_(Photo.audit_id == Audit.id, Photo.last_revision == Audit.revision))
        .where(
            Audit.assignment_id.in_(ids),
            Audit.auditor_id == by.id,
            sa.or_(
                Photo.state == PhotoState.UNREADABLE,
                sa.and_(
                    Photo.state == PhotoState.DECLARED, Audit.state == AuditState.AWAITING_MEDIA
                ),
            ),
        )
        .order_by(Audit.id, Photo.question, Photo.id)
    )
    unreadable: PhotosByVisit = {}
    wanted: PhotosByVisit = {}
    for assignment_id, state, *photo in rows:
        found = unreadable if state == PhotoState.UNREADABLE else wanted
        found.setdefault(assignment_id, []).append(PhotoOfVisit._make(photo))
    return unreadable, wanted

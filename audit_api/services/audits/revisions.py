"""Later revisions: the answer to a return.  The first that comes stands, every other is kept."""

from __future__ import annotations

from datetime import datetime

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.models import Assignment, Audit, Photo, Revision
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AssignmentState, AuditAction
from audit_api.rules.permissions import Permission
from audit_api.services import activity
from audit_api.services.access import Who
from audit_api.services.audits import photos, signals
from audit_api.services.audits.intake import rows
from audit_api.services.audits.submission import Submission
from audit_api.services.sites import facts
from audit_api.services.totals import of_visits
from audit_api.services.visits import assignments, feeds

_MUTABLE_COLUMNS = ("question", "taken_at", "latitude", "longitude", "last_revision")
"""What a later revision may change of a photo."""


def take(audit: Audit, submission: Submission, *, by: Who, if_match: int | None) -> Revision:
    """Take `submission` as the next revision of the locked `audit`, or keep it as a lost one.

    A copy is lost to the revision that stands under its number or a later one.  Raises
    PRECONDITION_REQUIRED, REVISION_UNEXPECTED, REVISION_NOT_ASKED, STALE, INVALID or SiteChanged;
    of what is refused nothing is kept, so that the same content can still be taken later.
    """
    if if_match is None:
        raise Problem(Kind.PRECONDITION_REQUIRED)
    if submission.revision > audit.revision + 1:
        raise Problem(Kind.REVISION_UNEXPECTED, current=audit.revision, sent=submission.revision)
    if submission.assignment_id != audit.assignment_id or submission.site.id != audit.site_id:
        raise invalid(
            Fault("/assignment_id", "assignment_of_audit", {"accepted": audit.assignment_id})
        )
    if submission.revision <= audit.revision:
        return _keep(submission, "lost")
    _require_asked(audit, if_match)
    facts.require_current(by.organisation_id, submission.site)
    return _make_current(audit, _first_told(submission), by)


def _require_asked(audit: Audit, if_match: int) -> None:
    """Raise REVISION_NOT_ASKED unless the audit was returned, STALE for another state of it."""
    if audit.state not in lifecycle.AUDIT.before(AuditAction.RESUBMIT):
        since = audit.state_since.isoformat(timespec="seconds")
        raise Problem(Kind.REVISION_NOT_ASKED, state=audit.state, since=since)
    if if_match != audit.version:
        raise Problem(Kind.STALE)


def _make_current(audit: Audit, submission: Submission, by: Who) -> Revision:
    assignments.lock(audit.assignment_id)
    visit = db.session.get_one(Assignment, audit.assignment_id, populate_existing=True)
    _declare(audit, submission)
    db.session.execute(
        sa.update(Revision)
        .where(Revision.audit_id == audit.id, Revision.standing == "current")
        .values(standing="superseded")
    )
    revision = _keep(submission, "current")
    with of_visits.following(visit):
        _date_anew(visit, audit, submission)
        for name, value in rows.standing_columns(submission).items():
            setattr(audit, name, value)
        signals.replace(audit, submission)
        audit.state = lifecycle.AUDIT.move(audit.state, AuditAction.RESUBMIT)
        if not photos.outstanding(audit):
            audit.state = lifecycle.AUDIT.move(audit.state, AuditAction.SETTLE)
            signals.note_photos(audit.id, audit.revision, audit.organisation_id)
        audit.state_since = submission.received_at
        audit.version += 1
        activity.record(
            by,
            Permission.AUDIT_SUBMIT,
            audit.id,
            now=submission.received_at,
            action=AuditAction.RESUBMIT,
            revision=submission.revision,
        )
        feeds.announce(audit.auditor_id, [audit.assignment_id])
        db.session.flush()
    return revision


def _first_told(submission: Submission) -> Submission:
    """Return it with its moment judged by the sending that told the same moment first: a visit that
    is sent again does not move because the phone's clock was set right meanwhile."""
    sent = db.session.execute(
        sa.select(Revision.content, Revision.sent_at, Revision.received_at)
        .where(Revision.audit_id == submission.id, Revision.standing != "lost")
        .order_by(Revision.number)
    )
    for content, sent_at, received_at in sent:
        told = datetime.fromisoformat(orjson.loads(content)["conducted_at"])
        if told == submission.conducted_at:
            return submission.first_told(sent_at, received_at)
    return submission


def _date_anew(visit: Assignment, audit: Audit, submission: Submission) -> None:
    """Let the visit that `audit` made be of the day that its new revision tells; one that the
    office has closed, with another audit of it, stays where it counts."""
    if visit.state == AssignmentState.SUBMITTED and visit.visited_on == audit.business_date:
        visit.visited_on = submission.business_date
        visit.visited_with = submission.version.checklist.key


def _keep(submission: Submission, standing: str) -> Revision:
    revision = Revision(**rows.revision_row(submission, standing))
    db.session.add(revision)
    db.session.flush()
    return revision


def _declare(audit: Audit, submission: Submission) -> None:
    photos_by_id = {
        photo.id: photo
        for photo in db.session.scalars(sa.select(Photo).where(Photo.audit_id == audit.id))
    }
    faults = [
        Fault(
            f"/photos/{place}/sha256", "photo_differs", {"accepted": photos_by_id[photo.id].sha256}
        )
        for place, photo in enumerate(submission.photos)
        if photo.id in photos_by_id and photos_by_id[photo.id].sha256 != photo.sha256
    ]
    if faults:
        raise invalid(*faults)
    for row in rows.photo_rows(submission):
        photo = photos_by_id.get(row["id"])  # type: ignore[call-overload]
        if photo is None:
            db.session.add(Photo(**row))
            continue
        for name in _MUTABLE_COLUMNS:
            setattr(photo, name, row[name])
    db.session.flush()

"""Later revisions: the answer to a return.  The first that comes stands, every other is kept."""

from __future__ import annotations

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.models import Audit, Photo, Revision
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction
from audit_api.rules.permissions import Permission
from audit_api.services import activity
from audit_api.services.access import Who
from audit_api.services.audits import photos
from audit_api.services.audits.intake import rows
from audit_api.services.audits.submission import Submission
from audit_api.services.sites import facts
from audit_api.services.visits import feeds

_TOLD_AGAIN = ("question", "taken_at", "latitude", "longitude", "last_revision")
"""What a later revision may say anew of a photo that is carried on."""


def take(audit: Audit, sent: Submission, *, by: Who, if_match: int | None) -> Revision:
    """Take `sent` as the next revision of the locked `audit`, or keep it as a lost one.

    Raises PRECONDITION_REQUIRED, REVISION_UNEXPECTED, MOVE_NOT_ALLOWED, INVALID or SiteChanged.
    """
    if if_match is None:
        raise Problem(Kind.PRECONDITION_REQUIRED)
    if sent.revision > audit.revision + 1:
        raise Problem(Kind.REVISION_UNEXPECTED, current=audit.revision, sent=sent.revision)
    if sent.assignment_id != audit.assignment_id or sent.site.id != audit.site_id:
        raise invalid(
            Fault("/assignment_id", "assignment_of_audit", {"accepted": audit.assignment_id})
        )
    if sent.revision <= audit.revision or if_match != audit.version:
        return _keep(sent, "lost")
    lifecycle.AUDIT.require(audit.state, AuditAction.RESUBMIT)
    facts.require_current(by.organisation_id, sent.site)
    return _stand(audit, sent, by)


def _stand(audit: Audit, sent: Submission, by: Who) -> Revision:
    _declare(audit, sent)
    db.session.execute(
        sa.update(Revision)
        .where(Revision.audit_id == audit.id, Revision.standing == "current")
        .values(standing="superseded")
    )
    revision = _keep(sent, "current")
    for name, value in rows.standing_columns(sent).items():
        setattr(audit, name, value)
    audit.state = lifecycle.AUDIT.move(audit.state, AuditAction.RESUBMIT)
    if not photos.outstanding(audit):
        audit.state = lifecycle.AUDIT.move(audit.state, AuditAction.SETTLE)
    audit.version += 1
    activity.record(
        by, Permission.AUDIT_SUBMIT, audit.id, now=sent.received_at, revision=sent.revision
    )
    feeds.announce(audit.auditor_id, [audit.assignment_id])
    db.session.flush()
    return revision


def _keep(sent: Submission, standing: str) -> Revision:
    revision = Revision(**rows.revision_row(sent, standing))
    db.session.add(revision)
    db.session.flush()
    return revision


def _declare(audit: Audit, sent: Submission) -> None:
    known = {
        photo.id: photo
        for photo in db.session.scalars(sa.select(Photo).where(Photo.audit_id == audit.id))
    }
    faults = [
        Fault(f"/photos/{place}/sha256", "photo_differs", {"accepted": known[photo.id].sha256})
        for place, photo in enumerate(sent.photos)
        if photo.id in known and known[photo.id].sha256 != photo.sha256
    ]
    if faults:
        raise invalid(*faults)
    for row in rows.photo_rows(sent):
        photo = known.get(row["id"])  # type: ignore[call-overload]
        if photo is None:
            db.session.add(Photo(**row))
            continue
        for name in _TOLD_AGAIN:
            setattr(photo, name, row[name])
    db.session.flush()

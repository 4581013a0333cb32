"""Arrivals: an audit sent once, twice, in pieces, from two phones; repeating always converges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from audit_api.database import db
from audit_api.errors import Kind, Problem, invalid, not_found
from audit_api.models import Audit, Revision
from audit_api.rules.permissions import Permission
from audit_api.services import access, standing
from audit_api.services.access import Who
from audit_api.services.audits import (
    approval,
    intake,
    photos,
    receipts,
    revisions,
    settling,
    uploads,
)
from audit_api.services.audits.receipts import Receipt
from audit_api.services.audits.submission import Submission, assignment_faults
from audit_api.services.sites import facts
from audit_api.services.sites.facts import SiteChanged
from audit_api.storage.local import Received


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one submission: `created` by this call, or stored before it.

    `parts`: of outstanding photos, the offsets of the parts that the store holds.
    """

    receipt: Receipt
    created: bool
    parts: Mapping[UUID, frozenset[int]] = field(default_factory=dict)

    @property
    def lost(self) -> bool:
        return self.receipt.standing == "lost"


def submit_new(batch: Sequence[Submission], *, by: Who) -> dict[UUID, Arrival]:
    """Store those of many audits that are new, in one statement; return what became of them.

    Whatever is left out (a repeat, a later revision, a refusal) is for `submit_again`.
    """
    access.require(by, Permission.AUDIT_SUBMIT)
    by_id: dict[UUID, Submission] = {}
    for submission in batch:
        by_id.setdefault(submission.id, submission)
    first = [submission for submission in by_id.values() if submission.revision == 1]
    states = intake.store(first) if first else {}
    return {id_: Arrival(receipts.of_new(by_id[id_], state), True) for id_, state in states.items()}


def submit_together(batch: Sequence[Submission]) -> dict[UUID, Arrival]:
    """Store those of several auditors' first revisions that are new, in one statement; return what
    became of them.  Each was let in when it was read, and no two are of one audit.

    Whatever is left out (besides what `submit_new` leaves out, audits whose assignment or whose
    auditor somebody holds just now) is for `submit_new`.
    """
    by_id = {submission.id: submission for submission in batch}
    states = intake.store_what_is_free(batch)
    return {id_: Arrival(receipts.of_new(by_id[id_], state), True) for id_, state in states.items()}


def submit_again(submission: Submission, *, by: Who, if_match: int | None) -> Arrival:
    """Find what is stored of an audit that `submit_new` did not store, or take its next revision.

    It locks the audit, so it needs a transaction of its own: the one of `submit_new` has locks that
    come after those of audits, whether or not it stored anything.

    Raises NOT_FOUND (another's audit), CONTENT_DIFFERS, REVISION_UNEXPECTED,
    PRECONDITION_REQUIRED, INVALID (assignment), or SiteChanged.
    """
    access.require(by, Permission.AUDIT_SUBMIT)
    audit = approval.lock(submission.id)
    if audit is None:
        raise _refusal(submission, by)
    if audit.auditor_id != by.id:
        raise not_found("audit")
    stored_revision = db.session.get(Revision, (submission.id, submission.digest))
    if stored_revision is not None:
        return Arrival(receipts.of_stored(audit, stored_revision), created=False)
    if submission.revision == 1:
        raise Problem(Kind.CONTENT_DIFFERS)
    revision = revisions.take(audit, submission, by=by, if_match=if_match)
    return Arrival(receipts.of_stored(audit, revision), created=True)


def meet(
    audit_id: UUID, digest: str, manifest: Sequence[Mapping[str, Any]], *, by: Who
) -> Arrival | None:
    """Return what is stored of a revision that `by` sends again, told by the digest of its content
    without a look at its answers; None where it is none."""
    access.require(by, Permission.AUDIT_SUBMIT)
    receipt = receipts.of_known(audit_id, digest, manifest, by=by)
    return Arrival(receipt, created=False) if receipt else None


def find(audit_id: UUID, *, by: Who) -> Arrival:
    """Return how the standing revision of an audit that `by` made is held; raise NOT_FOUND for
    another's."""
    access.require(by, Permission.AUDIT_SUBMIT)
    audit = db.session.scalar(
        access.visible_audits(by).where(Audit.id == audit_id, Audit.auditor_id == by.id)
    )
    if audit is None:
        raise not_found("audit")
    return Arrival(receipts.of_stored(audit, standing.of(audit).revision), created=False)


def settle(receipt: Receipt, found: uploads.Found, *, by: Who, now: datetime) -> Arrival:
    """Note the photos of a receipt that the store has confirmed, and those of which another body
    came, in one statement; the last one submits the audit."""
    access.require(by, Permission.AUDIT_SUBMIT)
    settled = settling.settle(receipt.audit_id, found, auditor_id=by.id, now=now)
    if settled is None:
        raise not_found("audit")
    if settled.content_digest != receipt.content_digest:
        # The phone told an earlier revision again; what it waits for is the one that stands.
        return replace(find(receipt.audit_id, by=by), parts=found.parts)
    after = receipt.settled(settled.state, settled.version, settled.photos)
    return Arrival(after, created=False, parts=found.parts)


def settle_upload(upload: Received, *, now: datetime) -> bool:
    """Note a photo that was put just now into a folder of ours, as its audit's next PUT would, for
    the auditor who was given leave to put it.  Return whether anything was noted: a part of a photo
    is not, nor what comes from somebody who may not send it any more."""
    named = photos.named_by(upload.key)
    if named is None:
        return False
    audit_id, photo_id, file = named
    sender = access.active_auditor(audit_id)
    if sender is None or not sender.may(Permission.AUDIT_SUBMIT):
        return False
    held = uploads.seen(upload.body, upload.media_type, file)
    found = uploads.Found({photo_id: held})
    return settling.settle(audit_id, found, auditor_id=sender.id, now=now) is not None


def _refusal(submission: Submission, by: Who) -> Exception:
    if submission.revision != 1:
        return Problem(Kind.REVISION_UNEXPECTED, current=0, sent=submission.revision)
    references = {"assignment_id": submission.assignment_id, "site_id": submission.site.id}
    if faults := assignment_faults(references, by=by):
        return invalid(*faults)
    facts.forget(by.organisation_id, submission.site.id)
    return SiteChanged()

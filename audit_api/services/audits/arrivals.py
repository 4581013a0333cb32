"""Arrivals: an audit sent once, twice, in pieces, from two phones; repeating always converges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Kind, Problem, invalid, not_found
from audit_api.models import Audit, Campaign, Revision
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditState
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity, standing
from audit_api.services.access import Who
from audit_api.services.audits import intake, photos, receipts, revisions, submission
from audit_api.services.audits.receipts import Receipt
from audit_api.services.audits.submission import Submission
from audit_api.services.sites import facts
from audit_api.services.sites.facts import SiteChanged
from audit_api.services.standing import Standing
from audit_api.services.totals import of_sites
from audit_api.services.visits import assignments, feeds


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one submission: `created` by this call or met again."""

    receipt: Receipt
    created: bool

    @property
    def lost(self) -> bool:
        return self.receipt.standing == "lost"


def submit(sent: Submission, *, by: Who, if_match: int | None) -> Arrival:
    """Store one audit, or find what is stored of it.

    Raises NOT_FOUND (another's audit), CONTENT_DIFFERS, REVISION_UNEXPECTED,
    PRECONDITION_REQUIRED, INVALID (assignment), or SiteChanged.
    """
    access.require(by, Permission.AUDIT_SUBMIT)
    stored = intake.store([sent], by=by) if sent.revision == 1 else {}
    if sent.id in stored:
        return _created(sent, stored[sent.id])
    return _arrival(sent, by, if_match)


def submit_new(batch: Sequence[Submission], *, by: Who) -> dict[UUID, Arrival]:
    """Store those of many audits that are new, in one statement; return what became of them.

    Whatever is left out (a repeat, a later revision, a refusal) is for `submit`, in a transaction
    of its own: this one already holds locks that come after those of audits.
    """
    access.require(by, Permission.AUDIT_SUBMIT)
    first: dict[UUID, Submission] = {}
    for sent in batch:
        first.setdefault(sent.id, sent)
    stored = intake.store([sent for sent in first.values() if sent.revision == 1], by=by)
    return {id_: _created(first[id_], state) for id_, state in stored.items()}


def settle(audit_id: UUID, confirmed: set[UUID], *, by: Who, now: datetime) -> Arrival:
    """Note the photos that the store has confirmed; with the last, the audit is submitted."""
    access.require(by, Permission.AUDIT_SUBMIT)
    audit = _locked(audit_id)
    if audit is None or audit.auditor_id != by.id:
        raise not_found("audit")
    photos.mark_stored(audit, confirmed, now=now)
    stands = standing.of(audit)
    if audit.state == AuditState.AWAITING_MEDIA and not photos.outstanding(audit):
        _complete(audit, stands, by=by, now=now)
    db.session.flush()
    return Arrival(receipts.of_stored(audit, stands.revision), created=False)


def _created(sent: Submission, state: str) -> Arrival:
    return Arrival(receipts.of_new(sent, state), created=True)


def _arrival(sent: Submission, by: Who, if_match: int | None) -> Arrival:
    audit = _locked(sent.id)
    if audit is None:
        raise _refusal(sent, by)
    if audit.auditor_id != by.id:
        raise not_found("audit")
    known = db.session.get(Revision, (sent.id, sent.digest))
    if known is not None:
        return Arrival(receipts.of_stored(audit, known), created=False)
    if sent.revision == 1:
        raise Problem(Kind.CONTENT_DIFFERS)
    revision = revisions.take(audit, sent, by=by, if_match=if_match)
    return Arrival(receipts.of_stored(audit, revision), created=True)


def _refusal(sent: Submission, by: Who) -> Exception:
    if sent.revision != 1:
        return Problem(Kind.REVISION_UNEXPECTED, current=0, sent=sent.revision)
    references = {"assignment_id": sent.assignment_id, "site_id": sent.site.id}
    if faults := submission.assignment_faults(references, by=by):
        return invalid(*faults)
    facts.forget(by.organisation_id, sent.site.id)
    return SiteChanged()


def _complete(audit: Audit, stands: Standing, *, by: Who, now: datetime) -> None:
    review = db.session.scalars(
        sa.select(Campaign.review).where(Campaign.id == audit.campaign_id)
    ).one()
    audit.state = lifecycle.settled_state(
        audit.state, review, trusted=stands.trusted, revision=audit.revision
    )
    audit.version += 1
    counts = lifecycle.counts(audit.state)
    if counts:
        assignments.close(audit.assignment_id)
    activity.record(by, Permission.AUDIT_SUBMIT, audit.id, now=now, settled=audit.revision)
    feeds.announce(audit.auditor_id, [audit.assignment_id])
    if counts:
        of_sites.add(audit, stands.score)


def _locked(audit_id: UUID) -> Audit | None:
    return db.session.scalar(
        sa.select(Audit)
        .where(Audit.id == audit_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )

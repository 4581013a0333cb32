"""Settling, one step after the other, by the rules themselves: for any database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import Audit, Photo
from audit_api.rules.lifecycle import (
    AUDIT,
    PHOTO,
    AuditAction,
    AuditState,
    PhotoAction,
    PhotoState,
)
from audit_api.rules.permissions import Permission
from audit_api.services import activity
from audit_api.services.audits import photos, signals, verified
from audit_api.services.audits.photos import Held
from audit_api.services.audits.receipts import StoredPhoto
from audit_api.services.audits.settling.settled import Settled
from audit_api.services.audits.uploads import Found
from audit_api.services.visits import assignments, feeds


class _Audit(NamedTuple):
    id: UUID
    organisation_id: UUID
    auditor_id: UUID
    assignment_id: UUID
    state: str
    version: int
    revision: int
    content_digest: str


class _Photo(NamedTuple):
    stored: StoredPhoto
    last_revision: int


_AUDIT = Statement(
    sa.select(*(getattr(Audit, name) for name in _Audit._fields))
    .where(Audit.id == parameter("audit"), Audit.auditor_id == parameter("auditor"))
    .with_for_update()
)
_PHOTOS = Statement(
    sa.select(*(getattr(Photo, name) for name in StoredPhoto._fields), Photo.last_revision)
    .where(Photo.audit_id == parameter("audit"))
    .order_by(Photo.id)
)
_THIS = sa.and_(Photo.audit_id == parameter("audit"), Photo.id == parameter("photo"))
_MARK_STORED = Statement(
    sa.update(Photo)
    .where(_THIS)
    .values(
        state=parameter("to_state"),
        file=parameter("found_as"),
        media_type=parameter("seen_as"),
        reason=parameter("why"),
        stored_at=parameter("now"),
    )
    .returning(Photo.id)
)
_RENAME = Statement(
    sa.update(Photo).where(_THIS).values(file=parameter("next_file")).returning(Photo.id)
)
_MOVE = Statement(
    sa.update(Audit)
    .where(Audit.id == parameter("audit"))
    .values(state=parameter("to_state"), state_since=parameter("now"), version=Audit.version + 1)
    .returning(Audit.version)
)


def settle(audit_id: UUID, found: Found, *, auditor_id: UUID, now: datetime) -> Settled | None:
    """Settle photos as `settling.settle` promises."""
    rows = _AUDIT.rows(audit=audit_id, auditor=auditor_id)
    if not rows:
        return None
    audit = _Audit._make(rows[0])
    noted = [
        _Photo(_note(audit, StoredPhoto._make(photo), found, now), last_revision)
        for *photo, last_revision in _PHOTOS.rows(audit=audit.id)
    ]
    if audit.state == AuditState.AWAITING_MEDIA and not _is_waited_for(noted, audit.revision):
        audit = _submit(audit, now)
    stored = tuple(photo.stored for photo in noted)
    return Settled(audit.state, audit.version, audit.content_digest, stored)


def _note(audit: _Audit, photo: StoredPhoto, found: Found, now: datetime) -> StoredPhoto:
    if photo.state not in PHOTO.before(PhotoAction.CONFIRM):
        return photo
    held = found.held.get(photo.id)
    if held is not None and held.file in (photo.file, verified.FILE):
        return _mark_stored(audit, photo, held, now)
    if found.wrong.get(photo.id) == photo.file:
        return _turn_away(audit, photo)
    return photo


def _mark_stored(audit: _Audit, photo: StoredPhoto, held: Held, now: datetime) -> StoredPhoto:
    state = PHOTO.after(PhotoAction.REFUSE if held.reason else PhotoAction.CONFIRM)
    _MARK_STORED.rows(
        audit=audit.id,
        photo=photo.id,
        to_state=state,
        found_as=held.file,
        seen_as=held.media_type,
        why=held.reason,
        now=now,
    )
    if not held.reason:
        photos.request_copies(audit.organisation_id, audit.id, photo.id, now=now)
    return photo._replace(
        state=state, file=held.file, media_type=held.media_type, reason=held.reason
    )


def _turn_away(audit: _Audit, photo: StoredPhoto) -> StoredPhoto:
    """Give up the name under which another body lies than was declared: the right one is to come
    under the next, where nothing wrong is in its way and nothing of it will be deleted."""
    file = photos.next_file(photo.file)
    _RENAME.rows(audit=audit.id, photo=photo.id, next_file=file)
    return photo._replace(file=file)


def _is_waited_for(noted: Iterable[_Photo], revision: int) -> bool:
    """Whether any photo of the standing revision is still to come."""
    return any(
        photo.stored.state == PhotoState.DECLARED and photo.last_revision == revision
        for photo in noted
    )


def _submit(audit: _Audit, now: datetime) -> _Audit:
    """Move on an audit whose last photo came.  That one has no display copy yet, so that nobody can
    approve the audit unseen here."""
    assignments.lock(audit.assignment_id)
    state = AUDIT.move(audit.state, AuditAction.SETTLE)
    ((version,),) = _MOVE.rows(audit=audit.id, to_state=state, now=now)
    signals.note_photos(audit.id, audit.revision, audit.organisation_id)
    activity.record_now(
        audit.organisation_id,
        audit.auditor_id,
        Permission.AUDIT_SUBMIT,
        audit.id,
        now=now,
        action=AuditAction.SETTLE,
        revision=audit.revision,
    )
    feeds.announce(audit.auditor_id, [audit.assignment_id])
    return audit._replace(state=state, version=version)

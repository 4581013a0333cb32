"""Photos of audits: keys, tickets, confirmation by the store, links to display copies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import not_found
from audit_api.images.formats import ACCEPTED_TYPES, MAX_FILE_BYTES
from audit_api.models import Audit, Photo
from audit_api.rules.checklist.questions import QuestionType
from audit_api.rules.lifecycle import PHOTO, PhotoAction, PhotoState
from audit_api.rules.permissions import Permission
from audit_api.services import access, jobs
from audit_api.services.access import Who
from audit_api.services.audits.receipts import Receipt, ReceivedPhoto
from audit_api.services.checklists import compiled
from audit_api.storage.store import PhotoStore, Ticket

__all__ = ["ACCEPTED_TYPES", "MAX_FILE_BYTES", "PhotoView", "Upload"]

PREPARE = "photo.prepare"
"""The kind of job that makes a photo's display copy and thumbnail."""
_AT_ONCE = 8


class Declared(Protocol):
    """What a manifest says of a photo's file."""

    @property
    def id(self) -> UUID: ...

    @property
    def sha256(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def media_type(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """Leave to upload one photo that is not held yet."""

    photo_id: UUID
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo as people may see it: links to the display copy and the thumbnail, where ready.

    Digest, size and type are those of the file on the auditor's phone: a manifest of a next
    revision can be written from them.
    """

    id: UUID
    question: str
    state: str
    sha256: str | None
    size: int | None
    media_type: str | None
    width: int | None
    height: int | None
    taken_at: datetime | None
    display_url: str | None
    thumbnail_url: str | None


def key(organisation_id: UUID, audit_id: UUID, photo_id: UUID, form: str) -> str:
    """Return where the store keeps a photo's `original`, `display` or `thumbnail`."""
    return f"{organisation_id}/audits/{audit_id}/photos/{photo_id}/{form}"


def uploads(receipt: Receipt, *, by: Who, store: PhotoStore, now: datetime) -> list[Upload]:
    """Return a ticket for each photo of the receipt that the store does not hold."""
    return [
        Upload(photo.id, ticket(receipt.audit_id, photo, by=by, store=store, now=now))
        for photo in receipt.outstanding
    ]


def ticket(audit_id: UUID, photo: Declared, *, by: Who, store: PhotoStore, now: datetime) -> Ticket:
    """Return leave to put the file of a photo that `by` declared, and no other."""
    return store.ticket(
        key(by.organisation_id, audit_id, photo.id, "original"),
        size=photo.size,
        media_type=photo.media_type,
        sha256=photo.sha256,
        now=now,
    )


def confirm(receipt: Receipt, *, by: Who, store: PhotoStore) -> set[UUID]:
    """Ask the store which outstanding photos it holds as declared; no transaction may be open.

    A body that is not the declared one is deleted, so that the right one can still come.
    """

    def is_held(photo: ReceivedPhoto) -> bool:
        store_key = key(by.organisation_id, receipt.audit_id, photo.id, "original")
        body = store.stat(store_key)
        if body is None:
            return False
        if (body.size, body.sha256) != (photo.size, photo.sha256):
            store.delete(store_key)
            return False
        return True

    photos: Sequence[ReceivedPhoto] = receipt.outstanding
    if len(photos) == 1:
        return {photo.id for photo in photos if is_held(photo)}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(is_held, photos)
        return {photo.id for photo, held in zip(photos, answers, strict=True) if held}


def mark_stored(audit: Audit, photo_ids: Collection[UUID], *, now: datetime) -> None:
    """Note that the store holds these photos, and have their display copies made."""
    if not photo_ids:
        return
    new_ids = db.session.execute(
        sa.update(Photo)
        .where(
            Photo.audit_id == audit.id,
            Photo.id.in_(photo_ids),
            Photo.state.in_(PHOTO.before(PhotoAction.CONFIRM)),
        )
        .values(state=PHOTO.after(PhotoAction.CONFIRM), stored_at=now)
        .returning(Photo.id)
    ).scalars()
    for photo_id in new_ids.all():
        jobs.request(
            PREPARE,
            f"{PREPARE}:{audit.id}:{photo_id}",
            {"audit_id": str(audit.id), "photo_id": str(photo_id)},
            organisation_id=audit.organisation_id,
            now=now,
        )


def waive(audit: Audit) -> list[UUID]:
    """Do without the photos of the standing revision that have not come; return which they are."""
    waived = db.session.scalars(
        sa.update(Photo)
        .where(
            Photo.audit_id == audit.id,
            Photo.last_revision == audit.revision,
            Photo.state.in_(PHOTO.before(PhotoAction.WAIVE)),
        )
        .values(state=PHOTO.after(PhotoAction.WAIVE))
        .returning(Photo.id)
    )
    return sorted(waived)


def outstanding(audit: Audit) -> int:
    """Return how many photos of the standing revision are waited for."""
    return (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Photo)
            .where(
                Photo.audit_id == audit.id,
                Photo.state == PhotoState.DECLARED,
                Photo.last_revision == audit.revision,
            )
        )
        or 0
    )


def of_audit(audit_id: UUID, *, by: Who, store: PhotoStore, now: datetime) -> list[PhotoView]:
    """Return the photos of an audit's standing revision; raise NOT_FOUND for a foreign audit."""
    access.require(by, Permission.AUDIT_READ)
    audit = db.session.scalar(access.visible_audits(by).where(Audit.id == audit_id))
    if audit is None:
        raise not_found("audit")
    return [_view(photo, audit, by, store, now) for photo in shown(audit, by=by)]


def shown(audit: Audit, *, by: Who) -> list[Photo]:
    """Return the photos of an audit's standing revision that `by` may see, by question.

    A signature is shown only to those who may know whose it is; what was waived, only to those
    who know what became of the visit.
    """
    rows = db.session.scalars(
        sa.select(Photo)
        .where(Photo.audit_id == audit.id, Photo.last_revision == audit.revision)
        .order_by(Photo.question, Photo.id)
    ).all()
    if access.knows_auditor(by, audit):
        return list(rows)
    questions = compiled.by_id(audit.organisation_id, audit.checklist_version_id).scorer.questions
    return [
        row
        for row in rows
        if row.state != PhotoState.WAIVED
        and questions[row.question].type is not QuestionType.SIGNATURE
    ]


def _view(photo: Photo, audit: Audit, by: Who, store: PhotoStore, now: datetime) -> PhotoView:
    def link(form: str) -> str | None:
        if photo.state != PhotoState.READY:
            return None
        return store.link(key(audit.organisation_id, audit.id, photo.id, form), now=now)

    # The minute of a photo could tell a site who stood there, and so could the file itself.
    known = access.knows_auditor(by, audit)
    return PhotoView(
        id=photo.id,
        question=photo.question,
        state=photo.state,
        sha256=photo.sha256 if known else None,
        size=photo.size if known else None,
        media_type=photo.media_type if known else None,
        width=photo.width,
        height=photo.height,
        taken_at=photo.taken_at if known else None,
        display_url=link("display"),
        thumbnail_url=link("thumbnail"),
    )

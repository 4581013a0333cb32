"""Photos of audits: what may be sent, what the store holds, links to display copies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import not_found
from audit_api.images.formats import ACCEPTED_TYPES, MAX_FILE_BYTES, MAX_PIXELS
from audit_api.models import Audit, Photo
from audit_api.models.photo import FIRST_FILE
from audit_api.rules.checklist.questions import TRACES
from audit_api.rules.lifecycle import PHOTO, PhotoAction, PhotoState, UnreadableReason
from audit_api.rules.permissions import Permission
from audit_api.services import access, jobs
from audit_api.services.access import Who
from audit_api.services.audits.parts import PART_BYTES
from audit_api.services.audits.submission import MAX_PHOTOS
from audit_api.services.checklists import compiled
from audit_api.storage.links import CopyLinks
from audit_api.storage.store import PhotoStore

__all__ = ["ACCEPTED_TYPES", "MAX_FILE_BYTES", "Held", "PhotoView"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a phone may send: bytes of a photo and of its parts, photos of an audit, pixels by
    media type."""

    max_bytes: int
    part_bytes: int
    max_photos: int
    max_pixels: Mapping[str, int]


LIMITS = Limits(MAX_FILE_BYTES, PART_BYTES, MAX_PHOTOS, MAX_PIXELS)

PREPARE = "photo.prepare"
"""The kind of job that makes a photo's display copy and thumbnail."""


@dataclass(frozen=True, slots=True)
class Held:
    """A photo that the store holds as declared: what it is by its first bytes, `reason` where they
    show already that it cannot be read, and `file`, under which name it was found."""

    media_type: str
    reason: UnreadableReason | None = None
    file: str = FIRST_FILE


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo as people may see it: links to the display copy and the thumbnail, where ready.

    `reason` says why a photo is unreadable; `damaged`: its copies show a part of it.  Digest, size
    and type are those of the file on the auditor's phone: a manifest of a next revision can be
    written from them.
    """

    id: UUID
    question: str
    state: str
    reason: str | None
    damaged: bool | None
    sha256: str | None
    size: int | None
    media_type: str | None
    width: int | None
    height: int | None
    taken_at: datetime | None
    display_url: str | None
    thumbnail_url: str | None


def key(organisation_id: UUID, audit_id: UUID, photo_id: UUID, form: str) -> str:
    """Return where the store keeps a form of a photo: its `Photo.file`, `display`, `thumbnail`."""
    return f"{organisation_id}/audits/{audit_id}/photos/{photo_id}/{form}"


def named_by(store_key: str) -> tuple[UUID, UUID, str] | None:
    """Return the audit, the photo and the form that `key` made a key of; None for any other key,
    as of a part of a photo."""
    match store_key.split("/"):
        case [_, "audits", audit_id, "photos", photo_id, form]:
            return UUID(audit_id), UUID(photo_id), form
    return None


def next_file(file: str) -> str:
    """Return the name after `file`, for a photo whose own name another body has taken."""
    _, _, number = file.partition("-")
    return f"{FIRST_FILE}-{int(number or 1) + 1}"


def request_copies(organisation_id: UUID, audit_id: UUID, photo_id: UUID, *, now: datetime) -> None:
    """Ask for a photo's display copy and thumbnail."""
    jobs.request(
        PREPARE,
        f"{PREPARE}:{audit_id}:{photo_id}",
        {"audit_id": str(audit_id), "photo_id": str(photo_id)},
        organisation_id=organisation_id,
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


def of_audit(
    audit_id: UUID, *, by: Who, store: PhotoStore, copies: CopyLinks, now: datetime
) -> list[PhotoView]:
    """Return the photos of an audit's standing revision; raise NOT_FOUND for a foreign audit.

    Their links lead to the store, but to `copies` for whoever may not know the auditor.
    """
    access.require(by, Permission.AUDIT_READ)
    audit = db.session.scalar(access.visible_audits(by).where(Audit.id == audit_id))
    if audit is None:
        raise not_found("audit")
    # The minute of a photo could tell a site who stood there, and so could the file itself.
    known = access.knows_auditor(by, audit)
    links = store if known else copies

    def link(photo: Photo, form: str) -> str | None:
        if photo.state != PhotoState.READY:
            return None
        return links.link(key(audit.organisation_id, audit.id, photo.id, form), now=now)

    return [
        PhotoView(
            id=photo.id,
            question=photo.question,
            state=photo.state,
            reason=photo.reason,
            damaged=photo.damaged,
            sha256=photo.sha256 if known else None,
            size=photo.size if known else None,
            media_type=photo.media_type if known else None,
            width=photo.width,
            height=photo.height,
            taken_at=photo.taken_at if known else None,
            display_url=link(photo, "display"),
            thumbnail_url=link(photo, "thumbnail"),
        )
        for photo in shown(audit, by=by)
    ]


def shown(audit: Audit, *, by: Who) -> list[Photo]:
    """Return the photos of an audit's standing revision that `by` may see, by question.

    A signature is shown only to those who may know whose it is; what was waived, and what came
    of it after the decision, only to those who know what became of the visit.
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
        if row.stored_at is not None
        and row.stored_at <= audit.state_since
        and questions[row.question].type not in TRACES
    ]


def counted(audit_ids: Collection[UUID], *, by: Who) -> dict[UUID, dict[str, int]]:
    """Return how many photos of audits that were found `by` may see (`shown`), by audit and
    question.  `by` knows the auditors of all of them, or of none."""
    select = (
        sa.select(Photo.audit_id, Photo.question, sa.func.count())
        .join(Audit, Audit.id == Photo.audit_id)
        .where(Photo.audit_id.in_(audit_ids), Photo.last_revision == Audit.revision)
        .group_by(Photo.audit_id, Photo.question)
    )
    if not access.knows_auditors(by):
        select = select.where(Photo.stored_at <= Audit.state_since)
    counts: dict[UUID, dict[str, int]] = {}
    for audit_id, question, number in db.session.execute(select):
        counts.setdefault(audit_id, {})[question] = number
    return counts

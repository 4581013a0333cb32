"""Makes what may be shown of a photo: a display copy and a thumbnail, once the store holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, reading
from audit_api.database.statements import Statement, parameter
from audit_api.images.prepared import PreparedPhoto, Unreadable
from audit_api.models import Audit, Photo
from audit_api.rules.lifecycle import PHOTO, PhotoAction, UnreadableReason
from audit_api.services.audits import approval, photos, signals
from audit_api.services.jobs import Task, Tools, Work
from audit_api.services.visits import feeds


@dataclass(frozen=True, slots=True)
class PhotoToPrepare:
    """A stored photo that has no display copy yet."""

    organisation_id: UUID
    audit_id: UUID
    photo_id: UUID
    file: str


def work(task: Task, tools: Tools) -> None:
    """Prepare the photo that a job names."""
    # Reading and decoding take long: no transaction stays open meanwhile.
    with reading():
        photo = photo_to_prepare(task.request)
        db.session.rollback()
    if photo is not None:
        note(photo, prepare(photo, tools), now=datetime.now(UTC))


JOBS: Mapping[str, Work] = {photos.PREPARE: work}
"""The kinds of jobs that are done here."""


_TO_PREPARE = Statement(
    sa.select(Audit.organisation_id, Photo.audit_id, Photo.id, Photo.file)
    .join(Audit, Audit.id == Photo.audit_id)
    .where(
        Photo.audit_id == parameter("audit"),
        Photo.id == parameter("photo"),
        Photo.state.in_(PHOTO.before(PhotoAction.PREPARE)),
    )
)


def photo_to_prepare(details: Mapping[str, Any]) -> PhotoToPrepare | None:
    """Return the photo that a job asks for, None where nothing is left to do."""
    rows = _TO_PREPARE.rows(audit=UUID(details["audit_id"]), photo=UUID(details["photo_id"]))
    return PhotoToPrepare(*rows[0]) if rows else None


def prepare(photo: PhotoToPrepare, tools: Tools) -> PreparedPhoto | UnreadableReason:
    """Read, decode and put the copies, with no transaction open; say why a photo is unreadable."""

    def key(form: str) -> str:
        return photos.key(photo.organisation_id, photo.audit_id, photo.photo_id, form)

    with tools.store.open(key(photo.file)) as file:
        data = file.read(photos.MAX_FILE_BYTES + 1)
    try:
        prepared_photo = tools.decoder.prepare(data)
    except Unreadable as unreadable:
        return unreadable.reason
    copies = {key("display"): prepared_photo.display, key("thumbnail"): prepared_photo.thumbnail}
    tools.store.put_all(copies, prepared_photo.media_type)
    return prepared_photo


def note(
    photo: PhotoToPrepare, outcome: PreparedPhoto | UnreadableReason, *, now: datetime
) -> None:
    """Note what became of a photo: ready, with what its file says of itself, or unreadable.  The
    last that can be shown lets its audit be approved, where no reviewer is asked for."""
    audit = approval.lock(photo.audit_id)
    assert audit is not None
    whose = {"audit": photo.audit_id, "photo": photo.photo_id}
    if isinstance(outcome, UnreadableReason):
        _REFUSED.run([whose | {"state": PHOTO.after(PhotoAction.REFUSE), "reason": outcome}])
    else:
        _READY.run([whose | _made_ready(outcome)])
    signals.note_photos(audit.id, audit.revision, audit.organisation_id)
    if isinstance(outcome, UnreadableReason):
        # The phone learns at its next sync what the receipt could not say yet.
        feeds.announce(audit.auditor_id, [audit.assignment_id])
    approval.approve_unseen(audit, now=now)


def _made_ready(prepared_photo: PreparedPhoto) -> dict[str, Any]:
    latitude, longitude = prepared_photo.place or (None, None)
    return {
        "state": PHOTO.after(PhotoAction.PREPARE),
        "damaged": prepared_photo.damaged,
        "width": prepared_photo.width,
        "height": prepared_photo.height,
        "fingerprint": f"{prepared_photo.fingerprint:016x}",
        "exif_taken_at": prepared_photo.taken_at,
        "exif_latitude": latitude,
        "exif_longitude": longitude,
    }


_THIS = sa.and_(Photo.audit_id == parameter("audit"), Photo.id == parameter("photo"))
_REFUSED = Statement(sa.update(Photo).where(_THIS), columns=("state", "reason"))
_READY = Statement(
    sa.update(Photo).where(_THIS),
    columns=(
        *("state", "damaged", "width", "height", "fingerprint"),
        *("exif_taken_at", "exif_latitude", "exif_longitude"),
    ),
)

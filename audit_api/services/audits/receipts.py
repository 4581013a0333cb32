"""Receipts: what the server says it has stored, signed, so that a phone may let go of its copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, Photo, Revision
from audit_api.models.photo import FIRST_FILE
from audit_api.rules.lifecycle import PHOTO, PhotoAction, PhotoState
from audit_api.services.audits.parts import Part, parts_of
from audit_api.services.audits.submission import Submission
from audit_api.services.keys import Keys

_READABLE: Mapping[str, bool] = {PhotoState.READY: True, PhotoState.UNREADABLE: False}


@dataclass(frozen=True, slots=True)
class ReceivedPhoto:
    """A photo of the manifest; `stored` once the store has confirmed its size and digest, `waived`
    where the office does without it: it may still come, and nobody waits for it.

    `parts` are those in which it may come; `file` names its body in the store; `readable` is None
    until somebody has looked, and `reason` says why it is not.
    """

    id: UUID
    sha256: str
    size: int
    media_type: str
    stored: bool
    parts: tuple[Part, ...]
    file: str
    waived: bool = False
    readable: bool | None = None
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the members that are signed."""
        return {
            "id": str(self.id),
            "sha256": self.sha256,
            "stored": self.stored,
            "waived": self.waived,
            "readable": self.readable,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is stored of one revision.  `standing` is `current`, `superseded` or `lost`."""

    audit_id: UUID
    revision: int
    content_digest: str
    standing: str
    state: str
    version: int
    received_at: datetime
    photos: tuple[ReceivedPhoto, ...]

    @property
    def complete(self) -> bool:
        """Whether the phone may delete its copy: all that it declared is held."""
        return all(photo.stored for photo in self.photos)

    @property
    def outstanding(self) -> tuple[ReceivedPhoto, ...]:
        return tuple(photo for photo in self.photos if not photo.stored)

    def as_json(self) -> dict[str, Any]:
        """Return the members that are signed."""
        return {
            "audit_id": str(self.audit_id),
            "revision": self.revision,
            "content_digest": self.content_digest,
            "standing": self.standing,
            "state": self.state,
            "received_at": self.received_at.isoformat(),
            "complete": self.complete,
            "photos": [photo.as_json() for photo in self.photos],
        }

    def signed(self, keys: Keys) -> tuple[dict[str, Any], str]:
        """Return the members and the compact JWS over them."""
        members = self.as_json()
        return members, keys.sign(orjson.dumps(members))


def of_new(submission: Submission, state: str) -> Receipt:
    """Return the receipt of an audit that was stored just now: none of its photos is here yet."""
    return Receipt(
        audit_id=submission.id,
        revision=submission.revision,
        content_digest=submission.digest,
        standing="current",
        state=state,
        version=1,
        received_at=submission.received_at,
        photos=tuple(
            ReceivedPhoto(
                photo.id,
                photo.sha256,
                photo.size,
                photo.media_type,
                stored=False,
                parts=parts_of(photo.size, photo.parts),
                file=FIRST_FILE,
            )
            for photo in submission.photos
        ),
    )


def of_stored(audit: Audit, revision: Revision) -> Receipt:
    """Return the receipt of a revision that was stored before, as things stand now."""
    manifest = {
        UUID(photo["id"]): photo.get("parts", ())
        for photo in orjson.loads(revision.content).get("photos", ())
    }
    photos_by_id = {
        photo.id: photo
        for photo in db.session.scalars(sa.select(Photo).where(Photo.audit_id == audit.id))
    }
    return Receipt(
        audit_id=audit.id,
        revision=revision.number,
        content_digest=revision.content_digest,
        standing=revision.standing,
        state=audit.state,
        version=audit.version,
        received_at=revision.received_at,
        photos=tuple(
            _received_photo(photos_by_id[id_], digests)
            for id_, digests in manifest.items()
            if id_ in photos_by_id
        ),
    )


def _received_photo(photo: Photo, digests: Sequence[str]) -> ReceivedPhoto:
    return ReceivedPhoto(
        photo.id,
        photo.sha256,
        photo.size,
        photo.media_type,
        stored=photo.state not in PHOTO.before(PhotoAction.CONFIRM),
        parts=parts_of(photo.size, digests),
        file=photo.file,
        waived=photo.state == PhotoState.WAIVED,
        readable=_READABLE.get(photo.state),
        reason=photo.reason,
    )

"""Receipts: what the server says it has stored, signed, so that a phone may let go of its copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.models import Audit, Photo, Revision
from audit_api.models.photo import FIRST_FILE
from audit_api.rules.lifecycle import PHOTO, PhotoAction, PhotoState
from audit_api.services.access import Who
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


class StoredPhoto(NamedTuple):
    """What the database has of a photo that a receipt tells."""

    id: UUID
    sha256: str
    size: int
    media_type: str
    state: str
    file: str
    reason: str | None

    def received(self, parts: tuple[Part, ...]) -> ReceivedPhoto:
        """Return it as a receipt has it."""
        return ReceivedPhoto(
            self.id,
            self.sha256,
            self.size,
            self.media_type,
            stored=self.state not in PHOTO.before(PhotoAction.CONFIRM),
            parts=parts,
            file=self.file,
            waived=self.state == PhotoState.WAIVED,
            readable=_READABLE.get(self.state),
            reason=self.reason,
        )


_PHOTO_COLUMNS = [getattr(Photo, name) for name in StoredPhoto._fields]
_PHOTOS = Statement(sa.select(*_PHOTO_COLUMNS).where(Photo.audit_id == parameter("audit")))
_OF_REVISION = (
    Revision.number,
    Revision.standing,
    Revision.received_at,
    Audit.state,
    Audit.version,
)
_KNOWN = Statement(
    sa.select(*_OF_REVISION, *_PHOTO_COLUMNS)
    .select_from(Audit)
    .join(Revision, Revision.audit_id == Audit.id)
    .outerjoin(Photo, Photo.audit_id == Audit.id)
    .where(
        Audit.id == parameter("audit"),
        Audit.auditor_id == parameter("auditor"),
        Revision.content_digest == parameter("digest"),
    )
)


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

    def settled(self, state: str, version: int, stored: Iterable[StoredPhoto]) -> Receipt:
        """Return it as things stand once photos have come."""
        by_id = {photo.id: photo for photo in stored}
        photos = tuple(by_id[photo.id].received(photo.parts) for photo in self.photos)
        return replace(self, state=state, version=version, photos=photos)

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


def of_known(
    audit_id: UUID, digest: str, photos: Iterable[Mapping[str, Any]], *, by: Who
) -> Receipt | None:
    """Return the receipt of a revision that `by` sent before, as things stand now; None where no
    audit of theirs has it.  `photos` is the manifest that the digest covers."""
    rows = _KNOWN.rows(audit=audit_id, digest=digest, auditor=by.id)
    if not rows:
        return None
    number, standing, received_at, state, version, *_ = rows[0]
    stored = [StoredPhoto._make(row[len(_OF_REVISION) :]) for row in rows]
    manifest = {photo["id"]: photo.get("parts", ()) for photo in photos}
    return Receipt(
        audit_id=audit_id,
        revision=number,
        content_digest=digest,
        standing=standing,
        state=state,
        version=version,
        received_at=received_at,
        photos=_received(manifest, stored),
    )


def of_stored(audit: Audit, revision: Revision) -> Receipt:
    """Return the receipt of a revision that was stored before, as things stand now."""
    manifest = {
        UUID(photo["id"]): photo.get("parts", ())
        for photo in orjson.loads(revision.content).get("photos", ())
    }
    stored = [StoredPhoto._make(row) for row in _PHOTOS.rows(audit=audit.id)]
    return Receipt(
        audit_id=audit.id,
        revision=revision.number,
        content_digest=revision.content_digest,
        standing=revision.standing,
        state=audit.state,
        version=audit.version,
        received_at=revision.received_at,
        photos=_received(manifest, stored),
    )


def _received(
    manifest: Mapping[UUID, Sequence[str]], stored: Iterable[StoredPhoto]
) -> tuple[ReceivedPhoto, ...]:
    """Return the photos of a manifest, in its order, as they are held: of a revision that was lost
    some were never declared."""
    photos_by_id = {photo.id: photo for photo in stored}
    return tuple(
        photos_by_id[id_].received(parts_of(photos_by_id[id_].size, digests))
        for id_, digests in manifest.items()
        if id_ in photos_by_id
    )

"""Uploads: tickets for what the store does not hold, and what it says that it holds.

A photo that was told as stored is never deleted: nothing is deleted but what lies under a name that
its row has given up for good (ADR 32).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from audit_api.errors import Problem
from audit_api.images.formats import first_look
from audit_api.images.prepared import Unreadable
from audit_api.models.photo import FIRST_FILE
from audit_api.services.access import Who
from audit_api.services.audits import parts, verified
from audit_api.services.audits.parts import Part
from audit_api.services.audits.photos import Held, key
from audit_api.services.audits.receipts import Receipt, ReceivedPhoto
from audit_api.storage.local import Received
from audit_api.storage.store import PhotoStore, StoredObject, Ticket

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

    @property
    def file(self) -> str: ...


@dataclass(frozen=True, slots=True)
class PartUpload:
    """Leave to upload one part of a photo."""

    part: Part
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Upload:
    """Leave to upload one photo that is not held yet: whole, or the parts that are missing."""

    photo_id: UUID
    ticket: Ticket
    parts: tuple[PartUpload, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What the store has of a receipt's outstanding photos: those that are whole, of others the
    offsets of the parts that came, and the names under which another body lies than the declared.
    """

    held: Mapping[UUID, Held]
    parts: Mapping[UUID, frozenset[int]] = field(default_factory=dict)
    wrong: Mapping[UUID, str] = field(default_factory=dict)


def tickets(
    receipt: Receipt,
    came: Mapping[UUID, frozenset[int]],
    *,
    by: Who,
    store: PhotoStore,
    now: datetime,
) -> list[Upload]:
    """Return a ticket for each photo of the receipt that the store does not hold, and for each of
    its parts that never `came`."""

    def part_ticket(store_key: str, photo: ReceivedPhoto, part: Part) -> Ticket:
        return store.ticket(
            store_key, size=part.size, media_type=photo.media_type, sha256=part.sha256, now=now
        )

    def upload(photo: ReceivedPhoto) -> Upload:
        photo_key = key(by.organisation_id, receipt.audit_id, photo.id, FIRST_FILE)
        missing = [part for part in photo.parts if part.offset not in came.get(photo.id, ())]
        return Upload(
            photo.id,
            ticket(receipt.audit_id, photo, by=by, store=store, now=now),
            tuple(
                PartUpload(part, part_ticket(part.key(photo_key), photo, part)) for part in missing
            ),
        )

    return [upload(photo) for photo in receipt.outstanding]


def ticket(audit_id: UUID, photo: Declared, *, by: Who, store: PhotoStore, now: datetime) -> Ticket:
    """Return leave to put the file of a photo that `by` declared, and no other."""
    return store.ticket(
        key(by.organisation_id, audit_id, photo.id, photo.file),
        size=photo.size,
        media_type=photo.media_type,
        sha256=photo.sha256,
        now=now,
    )


def confirm(receipt: Receipt, *, by: Who, store: PhotoStore) -> Found:
    """Ask the store what it has of the outstanding photos; no transaction may be open."""

    def look(photo: ReceivedPhoto) -> _Look:
        return _look(photo, _place(receipt.audit_id, photo.id, by), store)

    photos: Sequence[ReceivedPhoto] = receipt.outstanding
    if len(photos) == 1:
        looks = [look(photos[0])]
    else:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            looks = list(pool.map(look, photos))
    pairs = list(zip(photos, looks, strict=True))
    return Found(
        held={photo.id: look.held for photo, look in pairs if look.held},
        parts={photo.id: look.came for photo, look in pairs if not look.held},
        wrong={photo.id: photo.file for photo, look in pairs if look.wrong and not look.held},
    )


def seen(body: StoredObject, declared_type: str, file: str) -> Held:
    """Return what a file is that the store vouches for: another picture than was declared is taken
    as what it is."""
    try:
        return Held(first_look(body.head, body.size), file=file)
    except Unreadable as unreadable:
        return Held(declared_type, unreadable.reason, file)


def tidy(before: Receipt, after: Receipt, *, by: Who, store: PhotoStore) -> None:
    """Delete what the photos of a receipt have left behind, once the change is committed: bodies
    under names that were given up, and the parts of what is stored.  A store that is away keeps
    them."""
    photos = {photo.id: photo for photo in after.photos}
    with suppress(Problem):
        for earlier in before.outstanding:
            photo = photos.get(earlier.id, earlier)
            place = _place(after.audit_id, photo.id, by)
            if photo.file != earlier.file:
                store.delete(place(earlier.file))
            if photo.stored:
                parts.forget(photo.parts, place(FIRST_FILE), store)


def tidy_upload(upload: Received, *, store: PhotoStore) -> None:
    """Delete what came in parts of a photo that was put as a whole, as `tidy` does."""
    folder, _, _ = upload.key.rpartition("/")
    # Whether parts were declared, and with which digests, is not asked: all are under these names.
    unread = parts.parts_of(upload.body.size, [""] * parts.count(upload.body.size))
    with suppress(Problem):
        parts.forget(unread, f"{folder}/{FIRST_FILE}", store)


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found of one photo: as it is held, else the offsets of the parts that `came`;
    `wrong`: another body than was declared lies under its name."""

    held: Held | None = None
    came: frozenset[int] = frozenset()
    wrong: bool = False


_Place = Callable[[str], str]
"""Where the store keeps a form of one photo."""


def _place(audit_id: UUID, photo_id: UUID, by: Who) -> _Place:
    return partial(key, by.organisation_id, audit_id, photo_id)


def _look(photo: ReceivedPhoto, place: _Place, store: PhotoStore) -> _Look:
    body = store.stat(place(photo.file))
    if body is None:
        return _look_for_parts(photo, place, store)
    if (body.size, body.sha256) != (photo.size, photo.sha256):
        return replace(_look_for_parts(photo, place, store), wrong=True)
    if body.checked:
        return _Look(seen(body, photo.media_type, photo.file))
    # A store that checks nothing may replace this body by another as soon as it was seen.
    return _Look(_verified(photo, [place(photo.file)], place, store))


def _look_for_parts(photo: ReceivedPhoto, place: _Place, store: PhotoStore) -> _Look:
    first = place(FIRST_FILE)
    came = parts.arrived(photo.parts, first, store)
    if not photo.parts or len(came) < len(photo.parts):
        return _Look(came=came)
    if held := _verified(photo, [part.key(first) for part in photo.parts], place, store):
        return _Look(held)
    # Of a manifest that contradicts itself the photo can still be put whole.
    parts.forget(photo.parts, first, store)
    return _Look()


def _verified(
    photo: ReceivedPhoto, sources: Sequence[str], place: _Place, store: PhotoStore
) -> Held | None:
    """Return the photo as the server has written it from `sources`; None where they are not it."""
    target, digest = place(verified.FILE), photo.sha256
    body = verified.write(sources, target, store, sha256=digest, media_type=photo.media_type)
    return seen(body, photo.media_type, verified.FILE) if body else None

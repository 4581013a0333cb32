"""Uploads: tickets for what the store does not hold, and what it says that it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from audit_api.images.formats import first_look
from audit_api.images.prepared import Unreadable
from audit_api.services.access import Who
from audit_api.services.audits import parts
from audit_api.services.audits.parts import Part
from audit_api.services.audits.photos import Held, key
from audit_api.services.audits.receipts import Receipt, ReceivedPhoto
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
    """What the store has of a receipt's outstanding photos: those that are whole, and of others
    the offsets of the parts that came."""

    held: Mapping[UUID, Held]
    parts: Mapping[UUID, frozenset[int]]


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
        photo_key = key(by.organisation_id, receipt.audit_id, photo.id, "original")
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
        key(by.organisation_id, audit_id, photo.id, "original"),
        size=photo.size,
        media_type=photo.media_type,
        sha256=photo.sha256,
        now=now,
    )


def confirm(receipt: Receipt, *, by: Who, store: PhotoStore) -> Found:
    """Ask the store what it has of the outstanding photos; no transaction may be open.

    A body that is not the declared one is deleted, so that the right one can still come.
    """

    def find(photo: ReceivedPhoto) -> Held | frozenset[int]:
        return _find(photo, key(by.organisation_id, receipt.audit_id, photo.id, "original"), store)

    photos: Sequence[ReceivedPhoto] = receipt.outstanding
    if len(photos) == 1:
        found = [find(photos[0])]
    else:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = list(pool.map(find, photos))
    pairs = [(photo.id, what) for photo, what in zip(photos, found, strict=True)]
    return Found(
        held={id_: what for id_, what in pairs if isinstance(what, Held)},
        parts={id_: what for id_, what in pairs if not isinstance(what, Held)},
    )


def _find(photo: ReceivedPhoto, store_key: str, store: PhotoStore) -> Held | frozenset[int]:
    """Return the photo as the store holds it, made of its parts if need be, or what came of it."""
    body = store.stat(store_key)
    if body is not None and (body.size, body.sha256) == (photo.size, photo.sha256):
        # A server that died while it made the photo, or a phone that gave up on parts.
        parts.forget(photo.parts, store_key, store)
        return _seen(body, photo.media_type)
    if body is not None:
        store.delete(store_key)
    came = parts.arrived(photo.parts, store_key, store)
    if not photo.parts or len(came) < len(photo.parts):
        return came
    joined = parts.join(
        photo.parts, store_key, store, sha256=photo.sha256, media_type=photo.media_type
    )
    return _find(photo, store_key, store) if joined else frozenset()


def _seen(body: StoredObject, declared_type: str) -> Held:
    """Return what a file is: another picture than was declared is taken as what it is."""
    try:
        return Held(first_look(body.head, body.size))
    except Unreadable as unreadable:
        return Held(declared_type, unreadable.reason)

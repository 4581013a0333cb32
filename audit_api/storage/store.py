"""The photo store as the rest of the house sees it: tickets to upload with, and what is stored.

Two stores keep this promise: `s3.S3Store` and `local.LocalStore`; one suite tests both.
Digests are lower-case hexadecimal SHA-256.  Every method may raise
`Problem(Kind.UNAVAILABLE)` when the store is away, slow, or answers what cannot be believed.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO, Protocol

from audit_api.errors import Kind, Problem

TICKET_LIFETIME = timedelta(minutes=15)
LINK_LIFETIME = timedelta(minutes=5)
RETRY_AFTER = 30
CHUNK = 1 << 18
LEAST_PART = 5 << 20
"""What S3 asks of every part of an object but the last, in bytes."""
HEAD_BYTES = 1 << 16
"""How much of an object's beginning is read with its size: enough to tell what it is."""

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=-]{0,199}(?:/[A-Za-z0-9][A-Za-z0-9._=-]{0,199})*")
_MAX_KEY_LENGTH = 240
"""A file system's names have 255 bytes, of which the local store needs a few (ADR 35)."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to upload one body once: `method` to `url`, with exactly these `headers`.

    A browser sets `Content-Length` itself, to the same figure.
    """

    method: str
    url: str
    headers: dict[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What the store really holds under a key: its size in bytes, its digest, its first bytes.

    `head` has at most `HEAD_BYTES`; the digest alone says which object it is.  `checked`: the
    store itself compared the body with its digest when it came, and took no other under this key.
    """

    size: int
    sha256: str
    head: bytes = field(default=b"", compare=False, repr=False)
    checked: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an object that is put together: the `number`th, from 1 on, `start` bytes after the
    beginning.  Every piece but the last has `LEAST_PART` bytes at least."""

    number: int
    start: int
    data: bytes = field(repr=False)


class PhotoStore(Protocol):
    """Photos, their display copies and exported files, by key.

    Keys are made by the server (`org/…/photos/<id>/original`); `ValueError` for any other.
    """

    def ticket(self, key: str, *, size: int, media_type: str, sha256: str, now: datetime) -> Ticket:
        """Return leave to upload once, within `TICKET_LIFETIME`, the body so described.

        The store refuses another length, type or declared digest, and a second body.  A body
        that differs from its declared digest is refused, or told apart by `stat`.
        """

    def stat(self, key: str) -> StoredObject | None:
        """Return the confirmed size and digest, and the head; None when nothing is stored there.

        The digest is the store's own word only where the store checked it; otherwise the whole
        object is read and hashed.  Either way it is asked once.
        """

    def open(self, key: str) -> AbstractContextManager[BinaryIO]:
        """Open for reading once, forwards.  Raises `Problem(Kind.NOT_FOUND)` when missing."""

    def put(self, key: str, data: bytes, media_type: str) -> None:
        """Store the server's own bytes: whole or not at all, over whatever was there."""

    def put_all(self, bodies: Mapping[str, bytes], media_type: str) -> None:
        """Store, by key, several bodies of the server's own of one type, each as `put` does; all
        of them last when this returns."""
        for key, data in bodies.items():
            self.put(key, data, media_type)

    def begin(self, key: str, media_type: str) -> str:
        """Begin to put an object together; return the name of this attempt, under which any process
        may go on with it."""

    def put_part(self, key: str, attempt: str, part: Part) -> str:
        """Store a part, over the one of its number; return its tag.  It lasts when this returns.
        Raises `Problem(Kind.NOT_FOUND)` where the attempt is no more: abandoned, or ended by a rule
        of the store's own."""

    def complete(self, key: str, attempt: str, tags: Sequence[str]) -> None:
        """Make an object of the parts, by the tags that they were given: whole or not at all.  A
        second time it is an object already.  Raises as `put_part`."""

    def abandon(self, key: str, attempt: str) -> None:
        """Forget an attempt and its parts, or that it was already forgotten."""

    def link(self, key: str, *, now: datetime) -> str:
        """Return a URL that shows the object to whoever holds it, for `LINK_LIFETIME`."""

    def delete(self, key: str) -> None:
        """Forget the object.  A missing one is already forgotten."""

    def check(self) -> None:
        """Return when the store is ready to work."""

    def close(self) -> None:
        """End what the store does in the background; nobody uses it any more."""


def unavailable() -> Problem:
    """The one answer for a store that is away, slow, or not to be believed."""
    return Problem(Kind.UNAVAILABLE, retry_after=RETRY_AFTER, what="photo store")


def checked_key(key: str) -> str:
    """Return `key` if the server can have made it; `ValueError` otherwise (`..`, empty parts…)."""
    if len(key) > _MAX_KEY_LENGTH or not _KEY.fullmatch(key):
        raise ValueError(f"unsafe key {key!r}; accepted: parts of A-Z a-z 0-9 . _ = - between /")
    return key


def upload_headers(*, size: int, media_type: str, sha256: str) -> dict[str, str]:
    """Return the headers that a ticket signs and an upload must carry, the same for both stores."""
    return {
        "Content-Length": str(size),
        "Content-Type": media_type,
        "If-None-Match": "*",
        "x-amz-checksum-sha256": base64.b64encode(bytes.fromhex(sha256)).decode(),
    }

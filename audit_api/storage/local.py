"""Photos in a folder of this machine, behind the same tickets and conditions as S3.

Below the folder, `incoming/` holds what is being written, and `objects/` the bodies, each whole or
not at all: `7/photos/9/original` is `objects/d3/7~photos~9~original`.  Beside one that is no JPEG,
the text of a link `…~original~~type` is its media type.  What belongs to one photo is in one of the
256 folders, and hardly ever is one to be made: each new folder is synced, and a deep tree has many
(ADR 35).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, BinaryIO
from zlib import crc32

from audit_api import files
from audit_api.errors import Kind, Problem, not_found
from audit_api.files import Draft
from audit_api.storage import tokens
from audit_api.storage.local_parts import Parts
from audit_api.storage.store import (
    CHUNK,
    HEAD_BYTES,
    LINK_LIFETIME,
    TICKET_LIFETIME,
    Part,
    StoredObject,
    Ticket,
    checked_key,
    unavailable,
    upload_headers,
)

_MAX_DRAFT_AGE = timedelta(days=1)
_UNSAID_TYPE = "image/jpeg"
"""The media type of a body that has none beside it: nearly all are of it, and a file fewer costs
less than the body's own writing."""


@dataclass(frozen=True, slots=True)
class Received:
    """One upload that came: the key that its ticket named, the type that it declared, and what lies
    there now."""

    key: str
    media_type: str
    body: StoredObject


class LocalStore:
    """A `PhotoStore` in `folder`.  Its URLs are under `base_url` and signed with `secret`.

    The application serves them: `PUT /storage/uploads/<token>` calls `receive`,
    `GET /storage/files/<token>` calls `locate`.
    """

    def __init__(self, folder: Path, *, base_url: str, secret: bytes) -> None:
        self._folder = folder
        self._base_url = base_url.rstrip("/")
        self._secret = secret
        self._ready: set[Path] = set()
        self._parts = Parts(folder / "incoming")

    def ticket(self, key: str, *, size: int, media_type: str, sha256: str, now: datetime) -> Ticket:
        expires_at = now + TICKET_LIFETIME
        statement = {
            "purpose": "upload",
            "key": checked_key(key),
            "size": size,
            "type": media_type,
            "sha256": sha256,
            "until": expires_at.timestamp(),
        }
        url = f"{self._base_url}/storage/uploads/{tokens.sign(statement, self._secret)}"
        headers = upload_headers(size=size, media_type=media_type, sha256=sha256)
        return Ticket("PUT", url, headers, expires_at)

    def receive(
        self, token: str, stream: IO[bytes], headers: Mapping[str, str], now: datetime
    ) -> Received:
        """Store the body of one upload, read from `stream` up to the ticket's length; return it as
        `stat` would.

        Raises `Problem`: LINK_INVALID for a forged or expired ticket and for headers that are not
        the ticket's, UPLOAD_EXISTS for a second body, UPLOAD_DIFFERS for one that is short or
        is not the one declared.
        """
        ticket = tokens.verify(token, self._secret, purpose="upload", now=now)
        ticket_headers = upload_headers(
            size=ticket["size"], media_type=ticket["type"], sha256=ticket["sha256"]
        )
        request_headers = {name.lower(): value for name, value in headers.items()}
        if any(
            request_headers.get(name.lower()) != value for name, value in ticket_headers.items()
        ):
            raise Problem(Kind.LINK_INVALID)
        with _disk():
            self._create(ticket, stream)
        key, size, digest = ticket["key"], ticket["size"], ticket["sha256"]
        with self._open_body(key) as body:
            head = body.read(HEAD_BYTES)
        return Received(key, ticket["type"], StoredObject(size, digest, head, checked=True))

    def locate(self, token: str, now: datetime) -> tuple[Path, str]:
        """Return the file that a link shows and its media type.

        Raises `Problem`: LINK_INVALID for a forged or expired link, NOT_FOUND for a missing file.
        """
        key = tokens.verify(token, self._secret, purpose="file", now=now)["key"]
        with _disk():
            body = self._body(key)
            if not body.is_file():
                raise not_found("photo")
            return body, _media_type(body)

    def stat(self, key: str) -> StoredObject | None:
        with _disk():
            try:
                with self._body(key).open("rb") as body:
                    head = body.read(HEAD_BYTES)
                    body.seek(0)
                    digest = hashlib.file_digest(body, "sha256")
                    return StoredObject(body.tell(), digest.hexdigest(), head, checked=True)
            except FileNotFoundError:
                return None

    @contextmanager
    def open(self, key: str) -> Iterator[BinaryIO]:
        with self._open_body(key) as body:
            yield body

    def put(self, key: str, data: bytes, media_type: str) -> None:
        self.put_all({key: data}, media_type)

    def put_all(self, bodies: Mapping[str, bytes], media_type: str) -> None:
        with _disk():
            for key, data in bodies.items():
                with self._draft() as draft:
                    draft.body.write(data)
                    self._publish(draft.replace, self._body(key), media_type)
            for folder in {self._body(key).parent for key in bodies}:
                files.sync(folder)

    def begin(self, key: str, media_type: str) -> str:
        with _disk():
            self._make_ready(self._folder / "incoming")
            return f"{self._parts.begin()}:{media_type}"

    def put_part(self, key: str, attempt: str, part: Part) -> str:
        with _disk():
            return self._parts.put(attempt.partition(":")[0], part)

    def complete(self, key: str, attempt: str, tags: Sequence[str]) -> None:
        name, _, media_type = attempt.partition(":")
        body = self._body(key)

        def publish(file: Path) -> None:
            self._publish(lambda path: os.replace(file, path), body, media_type)

        with _disk():
            self._parts.complete(name, tags, publish)
            if not body.exists():
                raise not_found("upload")
            files.sync(body.parent)

    def abandon(self, key: str, attempt: str) -> None:
        with _disk():
            self._parts.abandon(attempt.partition(":")[0])

    def link(self, key: str, *, now: datetime) -> str:
        until = (now + LINK_LIFETIME).timestamp()
        statement = {"purpose": "file", "key": checked_key(key), "until": until}
        return f"{self._base_url}/storage/files/{tokens.sign(statement, self._secret)}"

    def delete(self, key: str) -> None:
        with _disk():
            body = self._body(key)
            for path in (body, _type(body)):
                path.unlink(missing_ok=True)
            if body.parent.is_dir():
                files.sync(body.parent)

    def check(self) -> None:
        with _disk(), self._draft() as draft:
            draft.body.write(b"ready")

    def close(self) -> None:
        """Nothing is done in the background."""

    def sweep(self, now: datetime) -> None:
        """Remove what writers that were killed a day ago or longer left unfinished."""
        oldest = (now - _MAX_DRAFT_AGE).timestamp()
        for path in (self._folder / "incoming").glob("*"):
            # A writer's that ends just now, or what cannot be removed: that is for the next start.
            with suppress(OSError):
                if path.lstat().st_mtime < oldest:
                    path.unlink()

    def _create(self, ticket: Mapping[str, Any], stream: IO[bytes]) -> None:
        body = self._body(ticket["key"])
        if body.exists():
            raise Problem(Kind.UPLOAD_EXISTS)
        with self._draft() as draft:
            if _copy(stream, draft.body, ticket["size"]) != ticket["sha256"]:
                raise Problem(Kind.UPLOAD_DIFFERS)
            try:
                self._publish(draft.create, body, ticket["type"])
            except FileExistsError as error:
                raise Problem(Kind.UPLOAD_EXISTS) from error
            files.sync(body.parent)

    def _publish(self, give_name: Callable[[Path], None], body: Path, media_type: str) -> None:
        """Give a draft its name, and the type before it.  Both last once their folder is synced."""
        self._make_ready(body.parent)
        if media_type == _UNSAID_TYPE:
            _type(body).unlink(missing_ok=True)
        else:
            files.note(_type(body), media_type, aside=self._folder / "incoming")
        give_name(body)

    @contextmanager
    def _draft(self) -> Iterator[Draft]:
        """Open a new file under `incoming/`, which is gone afterwards unless it was published."""
        incoming = self._folder / "incoming"
        self._make_ready(incoming)
        with files.draft(incoming) as draft:
            yield draft

    def _make_ready(self, folder: Path) -> None:
        """Make a folder unless it is there.  Each process syncs its name once: one that is there
        may have been made by another process that has not come to it yet."""
        if folder in self._ready and folder.is_dir():
            return
        files.make_folder(folder)
        files.sync(folder.parent)
        self._ready.add(folder)

    def _open_body(self, key: str) -> BinaryIO:
        with _disk():
            try:
                return self._body(key).open("rb")
            except FileNotFoundError as error:
                raise not_found("photo") from error

    def _body(self, key: str) -> Path:
        photo, _, _ = checked_key(key).rpartition("/")
        shard = f"{crc32(photo.encode()) & 0xFF:02x}"
        # No key has a `~`, so no two share a name, and none leads out of its folder.
        return self._folder / "objects" / shard / key.replace("/", "~")


def _type(body: Path) -> Path:
    """Return the place of a body's media type, which no key can have: its parts are not empty."""
    return body.with_name(f"{body.name}~~type")


def _media_type(body: Path) -> str:
    try:
        return os.readlink(_type(body))
    except FileNotFoundError:
        return _UNSAID_TYPE


@contextmanager
def _disk() -> Iterator[None]:
    """Turn a disk that is full, gone or read-only into the one problem."""
    try:
        yield
    except OSError as error:
        raise unavailable() from error


def _copy(stream: IO[bytes], draft: IO[bytes], size: int) -> str:
    """Copy exactly `size` bytes (a socket has no end to read up to) and return their digest."""
    digest = hashlib.sha256()
    while size > 0:
        chunk = _read(stream, min(size, CHUNK))
        digest.update(chunk)
        draft.write(chunk)
        size -= len(chunk)
    return digest.hexdigest()


def _read(stream: IO[bytes], size: int) -> bytes:
    try:
        chunk = stream.read(size)
    except OSError as error:
        # The phone's connection broke, not our disk.
        raise Problem(Kind.UPLOAD_DIFFERS) from error
    if not chunk:
        raise Problem(Kind.UPLOAD_DIFFERS)
    return chunk

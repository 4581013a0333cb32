"""Photos in a folder of this machine, behind the same tickets and conditions as S3.

Below the folder: `objects/<key>` holds the bodies, `types/<key>` their media types, and
`incoming/` what is being written.  A body appears under its key whole or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any, BinaryIO

from audit_api import files
from audit_api.errors import Kind, Problem, not_found
from audit_api.files import Draft
from audit_api.storage import tokens
from audit_api.storage.store import (
    CHUNK,
    HEAD_BYTES,
    LINK_LIFETIME,
    TICKET_LIFETIME,
    StoredObject,
    Ticket,
    checked_key,
    unavailable,
    upload_headers,
)

_MAX_DRAFT_AGE = timedelta(days=1)


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
            if not self._body(key).is_file():
                raise not_found("photo")
            return self._body(key), self._type(key).read_text("utf-8")

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
        with _disk():
            self._write(self._type(key), media_type.encode())
            self._write(self._body(key), data)

    def link(self, key: str, *, now: datetime) -> str:
        until = (now + LINK_LIFETIME).timestamp()
        statement = {"purpose": "file", "key": checked_key(key), "until": until}
        return f"{self._base_url}/storage/files/{tokens.sign(statement, self._secret)}"

    def delete(self, key: str) -> None:
        with _disk():
            for path in (self._body(key), self._type(key)):
                path.unlink(missing_ok=True)
                if path.parent.is_dir():
                    files.sync(path.parent)

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
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def _create(self, ticket: Mapping[str, Any], stream: IO[bytes]) -> None:
        body = self._body(ticket["key"])
        if body.exists():
            raise Problem(Kind.UPLOAD_EXISTS)
        with self._draft() as draft:
            if _copy(stream, draft.body, ticket["size"]) != ticket["sha256"]:
                raise Problem(Kind.UPLOAD_DIFFERS)
            self._write(self._type(ticket["key"]), ticket["type"].encode())
            files.make_folder(body.parent)
            try:
                draft.create(body)
            except FileExistsError as error:
                raise Problem(Kind.UPLOAD_EXISTS) from error

    def _write(self, path: Path, data: bytes) -> None:
        with self._draft() as draft:
            draft.body.write(data)
            files.make_folder(path.parent)
            draft.replace(path)

    @contextmanager
    def _draft(self) -> Iterator[Draft]:
        """Open a new file under `incoming/`, which is gone afterwards unless it was published."""
        incoming = self._folder / "incoming"
        files.make_folder(incoming)
        with files.draft(incoming) as draft:
            yield draft

    def _open_body(self, key: str) -> BinaryIO:
        with _disk():
            try:
                return self._body(key).open("rb")
            except FileNotFoundError as error:
                raise not_found("photo") from error

    def _body(self, key: str) -> Path:
        return self._folder / "objects" / checked_key(key)

    def _type(self, key: str) -> Path:
        return self._folder / "types" / checked_key(key)


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

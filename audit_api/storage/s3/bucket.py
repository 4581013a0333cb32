"""Photos in an S3 bucket.

The store's credentials need s3:ListBucket beside Get, Put and DeleteObject: without it S3
answers 403 for a missing object, which is here a store that cannot be believed.
"""

from __future__ import annotations

import hashlib
import io
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, BinaryIO, cast

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from audit_api.errors import Kind, Problem, not_found
from audit_api.storage.bounds import Body, Line
from audit_api.storage.s3.connection import Connection, S3Settings, connect
from audit_api.storage.s3.parts import Parts
from audit_api.storage.signature import presign
from audit_api.storage.store import (
    CHUNK,
    HEAD_BYTES,
    LINK_LIFETIME,
    TICKET_LIFETIME,
    Part,
    PhotoStore,
    StoredObject,
    Ticket,
    checked_key,
    unavailable,
    upload_headers,
)

_FAILURES = (BotoCoreError, ClientError, ResponseParserError, OSError)


class S3Store(PhotoStore):
    """Photos in one bucket.  Safe to share between threads; connects when first used."""

    def __init__(self, settings: S3Settings) -> None:
        self._settings = settings
        self._connecting = threading.Lock()
        self._connected: Connection | None = None
        self._line = Line(lambda: self._look(self._ask), seconds=settings.call_timeout)
        self._parts = Parts(self._call, _is_upload_gone)

    def ticket(self, key: str, *, size: int, media_type: str, sha256: str, now: datetime) -> Ticket:
        headers = upload_headers(size=size, media_type=media_type, sha256=sha256)
        with _network():
            connection = self._connection()
            url = presign(
                "PUT",
                connection.public,
                checked_key(key),
                credentials=connection.credentials(),
                now=now,
                lifetime=TICKET_LIFETIME,
                headers=headers,
            )
        return Ticket("PUT", url, headers, now + TICKET_LIFETIME)

    def stat(self, key: str) -> StoredObject | None:
        try:
            answer = self._get(key)
        except Problem as problem:
            if problem.kind is Kind.NOT_FOUND:
                return None
            raise
        # A part alone would come without the digest of the whole: the rest is left on its way.
        with io.BufferedReader(self._body(answer), HEAD_BYTES) as body:
            return _seen(body, answer)

    @contextmanager
    def open(self, key: str) -> Iterator[BinaryIO]:
        with io.BufferedReader(self._body(self._get(key)), CHUNK) as body:
            yield body

    def put(self, key: str, data: bytes, media_type: str) -> None:
        digest = hashlib.sha256(data).hexdigest()
        headers = upload_headers(size=len(data), media_type=media_type, sha256=digest)
        with _network():
            answer = self._call(
                "put_object",
                bulk=len(data),
                Key=checked_key(key),
                Body=data,
                ContentType=media_type,
                ChecksumSHA256=headers["x-amz-checksum-sha256"],
            )
        if "ETag" not in answer:
            raise unavailable()

    def begin(self, key: str, media_type: str) -> str:
        with _network():
            return self._parts.begin(key, media_type)

    def put_part(self, key: str, attempt: str, part: Part) -> str:
        with _network():
            return self._parts.put(key, attempt, part)

    def complete(self, key: str, attempt: str, tags: Sequence[str]) -> None:
        with _network():
            self._parts.complete(key, attempt, tags, lambda: self._is_there(key))

    def abandon(self, key: str, attempt: str) -> None:
        with _network():
            self._parts.abandon(key, attempt)

    def link(self, key: str, *, now: datetime) -> str:
        with _network():
            connection = self._connection()
            return presign(
                "GET",
                connection.public,
                checked_key(key),
                credentials=connection.credentials(),
                now=now,
                lifetime=LINK_LIFETIME,
            )

    def delete(self, key: str) -> None:
        with _network():
            answer = self._call("delete_object", Key=checked_key(key))
        if answer["ResponseMetadata"]["HTTPStatusCode"] != 204:
            raise unavailable()

    def check(self) -> None:
        with _network():
            self._look(self._call)

    def close(self) -> None:
        self._line.close()

    def _is_there(self, key: str) -> bool:
        try:
            return "ETag" in self._call("head_object", Key=checked_key(key))
        except ClientError as error:
            # No body says more of a missing object than its status.
            if error.response["Error"]["Code"] == "404":
                return False
            raise

    def _look(self, ask: Callable[..., Mapping[str, Any]]) -> None:
        listing = ask("list_objects_v2", MaxKeys=1)
        # It proves more than HeadBucket, whose empty answer any server may give.
        if listing.get("Name") != self._settings.bucket:
            raise unavailable()

    def _get(self, key: str) -> dict[str, Any]:
        """Return the answer to a GET, its body on its way; raise NOT_FOUND."""
        with _network():
            try:
                answer = self._call("get_object", Key=checked_key(key))
            except ClientError as error:
                if _is_missing(error):
                    raise not_found("photo") from error
                raise
        # A captive portal's page has no entity tag; without a length nobody could tell its end.
        if "ETag" not in answer or "ContentLength" not in answer:
            answer["Body"].close()
            raise unavailable()
        return answer

    def _body(self, answer: Mapping[str, Any]) -> Body:
        body = answer["Body"]
        read = _network()(body.read)
        return Body(read, body.close, self._line, self._seconds(answer["ContentLength"]))

    def _seconds(self, size: int) -> float:
        return self._settings.call_timeout + size / self._settings.least_rate

    def _call(self, operation: str, *, bulk: int = 0, **arguments: Any) -> dict[str, Any]:
        """Make a call that carries `bulk` bytes, within its time."""
        self._connection()  # made before: that takes no time of the store's
        return self._line.call(
            self._seconds(bulk), lambda: self._ask(operation, **arguments), _leave
        )

    def _ask(self, operation: str, **arguments: Any) -> dict[str, Any]:
        call = getattr(self._connection().client, operation)
        return cast(dict[str, Any], call(Bucket=self._settings.bucket, **arguments))

    def _connection(self) -> Connection:
        with self._connecting:
            if self._connected is None:
                self._connected = connect(self._settings)
            return self._connected


def _leave(answer: Mapping[str, Any]) -> None:
    """Let go of an answer that nobody waits for any more."""
    if body := answer.get("Body"):
        body.close()


@contextmanager
def _network() -> Iterator[None]:
    """Turn every way in which a store can be away, or not to be believed, into the one problem."""
    try:
        yield
    except _FAILURES as error:
        raise unavailable() from error


def _is_missing(error: Any) -> bool:
    return str(error.response["Error"]["Code"]) == "NoSuchKey"


def _is_upload_gone(error: Exception) -> bool:
    return isinstance(error, ClientError) and error.response["Error"]["Code"] == "NoSuchUpload"


def _seen(body: BinaryIO, answer: Mapping[str, Any]) -> StoredObject:
    """Return what an answer says of its body, which is read to the end only to hash it."""
    head = body.read(HEAD_BYTES)
    checked = _store_digest(answer)
    if checked is not None:
        return StoredObject(answer["ContentLength"], checked, head, checked=True)
    digest, size = hashlib.sha256(head), len(head)
    while chunk := body.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return StoredObject(size, digest.hexdigest(), head)


def _store_digest(head: Mapping[str, Any]) -> str | None:
    """Return the digest of the whole that the store itself checked, where it did."""
    if head.get("ChecksumType") == "COMPOSITE":
        return None
    try:
        digest = b64decode(head.get("ChecksumSHA256", ""), validate=True)
    except ValueError:
        return None
    return digest.hex() if len(digest) == hashlib.sha256().digest_size else None

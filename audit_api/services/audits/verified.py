"""Photos as the server itself writes them: under a name that no ticket names, from bytes that it
has compared with the declared digest, and never deleted.

So whatever is written under that name, however often and however late, is the declared photo.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from audit_api.errors import Kind, Problem
from audit_api.storage.store import HEAD_BYTES, PhotoStore, StoredObject, unavailable

FILE = "verified"
"""The name of such a file beside what phones put."""

MAX_AT_ONCE = 2
"""Photos that a process writes at one time: each is in memory as a whole."""
MAX_WAIT = 10.0
"""Seconds that the next one waits for its turn."""

_turns = threading.BoundedSemaphore(MAX_AT_ONCE)


def write(
    sources: Sequence[str], target: str, store: PhotoStore, *, sha256: str, media_type: str
) -> StoredObject | None:
    """Put what lies under `sources`, one after the other, under `target`; None, and nothing is put,
    where one of them is gone or they are not the bytes of that digest."""
    with _turn():
        try:
            data = b"".join(_read(source, store) for source in sources)
        except Problem as problem:
            if problem.kind is Kind.NOT_FOUND:
                return None
            raise
        if hashlib.sha256(data).hexdigest() != sha256:
            return None
        store.put(target, data, media_type)
    return StoredObject(len(data), sha256, data[:HEAD_BYTES])


def _read(key: str, store: PhotoStore) -> bytes:
    with store.open(key) as body:
        return body.read()


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=MAX_WAIT):
        raise unavailable()
    try:
        yield
    finally:
        _turns.release()

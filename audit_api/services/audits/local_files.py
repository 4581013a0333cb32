"""The local store's half of tickets and links, where the photos lie in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO

from audit_api.errors import not_found
from audit_api.storage.local import LocalStore, Received
from audit_api.storage.store import PhotoStore

__all__ = ["Received", "locate", "receive"]


def receive(
    store: PhotoStore, token: str, stream: IO[bytes], headers: Mapping[str, str], *, now: datetime
) -> Received:
    """Take the one body that the ticket `token` describes; raise as `LocalStore.receive` does."""
    return _local(store).receive(token, stream, headers, now)


def locate(store: PhotoStore, token: str, *, now: datetime) -> tuple[Path, str]:
    """Return the file that the link `token` names, and its media type."""
    return _local(store).locate(token, now)


def _local(store: PhotoStore) -> LocalStore:
    if not isinstance(store, LocalStore):
        raise not_found("page")
    return store

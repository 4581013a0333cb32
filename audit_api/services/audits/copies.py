"""Display copies and thumbnails, shown by the application to whoever holds a link to one."""

from __future__ import annotations

from datetime import datetime

from audit_api.images.prepared import DISPLAY_TYPE
from audit_api.storage.links import CopyLinks
from audit_api.storage.store import PhotoStore

__all__ = ["DISPLAY_TYPE", "read"]


def read(token: str, *, copies: CopyLinks, store: PhotoStore, now: datetime) -> bytes:
    """Return the copy that a link names, a `DISPLAY_TYPE`; raise LINK_INVALID, or NOT_FOUND."""
    with store.open(copies.key(token, now=now)) as file:
        return file.read()

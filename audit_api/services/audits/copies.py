"""Display copies and thumbnails, shown by the application to whoever holds a link to one, or may
see the audit."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from audit_api.errors import not_found
from audit_api.images.prepared import DISPLAY_TYPE
from audit_api.rules.lifecycle import PhotoState
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import audits, photos
from audit_api.storage.links import CopyLinks
from audit_api.storage.store import PhotoStore

__all__ = ["DISPLAY_TYPE", "Copy", "find", "opened", "read"]


class Copy(StrEnum):
    """What is made of a photo to look at: as large as a screen, or small."""

    DISPLAY = "display"
    THUMBNAIL = "thumbnail"


def read(token: str, *, copies: CopyLinks, store: PhotoStore, now: datetime) -> bytes:
    """Return the copy that a link names, a `DISPLAY_TYPE`; raise LINK_INVALID, or NOT_FOUND."""
    return opened(copies.key(token, now=now), store)


def find(audit_id: UUID, photo_id: UUID, copy: Copy, *, by: Who) -> str:
    """Return where the store keeps a copy of a photo of an audit's standing revision; raise
    NOT_FOUND where `by` may not see it, or it is not made."""
    access.require(by, Permission.AUDIT_READ)
    audit = audits.find(audit_id, by=by)
    for photo in photos.shown(audit, by=by):
        if photo.id == photo_id and photo.state == PhotoState.READY:
            return photos.key(audit.organisation_id, audit.id, photo.id, copy)
    raise not_found("photo")


def opened(key: str, store: PhotoStore) -> bytes:
    """Return what lies in the store under a key."""
    with store.open(key) as file:
        return file.read()

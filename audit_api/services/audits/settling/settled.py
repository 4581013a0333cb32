"""How things stand with an audit once photos have come."""

from __future__ import annotations

from typing import NamedTuple

from audit_api.services.audits.receipts import StoredPhoto


class Settled(NamedTuple):
    """An audit's state and version, the digest of the revision that stands, and all its photos."""

    state: str
    version: int
    content_digest: str
    photos: tuple[StoredPhoto, ...]

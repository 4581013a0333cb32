"""Lots: what is shown of many is drawn by what nobody can foresee or steer, and stays drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID


def lot(audit_id: UUID, question: str = "") -> bytes:
    """Return the lot of a visit, or of one of its answers; the least is drawn first."""
    return hashlib.sha256(f"{audit_id}/{question}".encode()).digest()


def drawn(audit_ids: Iterable[UUID], most: int) -> list[UUID]:
    """Return so many visits, the first to be drawn first."""
    return sorted(audit_ids, key=lot)[:most]

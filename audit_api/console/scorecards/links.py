"""The ways out of this room."""

from __future__ import annotations

from uuid import UUID


def visit(audit_id: UUID) -> str:
    """Return where a visit is shown."""
    return f"/console/visits/{audit_id}"

"""PostgreSQL's form of settling: one statement and one journey, however many photos came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from audit_api.database import execute_prepared, new_id
from audit_api.rules.lifecycle import PHOTO, PhotoAction
from audit_api.services.audits import photos
from audit_api.services.audits.intake.postgresql import array
from audit_api.services.audits.receipts import StoredPhoto
from audit_api.services.audits.settling import statement
from audit_api.services.audits.settling.settled import Settled
from audit_api.services.audits.uploads import Found


def settle(audit_id: UUID, found: Found, *, auditor_id: UUID, now: datetime) -> Settled | None:
    """Settle photos as `settling.settle` promises."""
    values = parameters(audit_id, found, auditor_id=auditor_id, now=now)
    rows = execute_prepared(statement.TEXT, values)
    while rows and not rows[0][0]:
        # It waited for whoever changed the audit, and did nothing.
        rows = execute_prepared(statement.TEXT, values)
    if not rows:
        return None
    _, state, version, digest, *_ = rows[0]
    return Settled(state, version, digest, tuple(StoredPhoto._make(row[4:]) for row in rows))


def parameters(audit_id: UUID, found: Found, *, auditor_id: UUID, now: datetime) -> list[str]:
    """Return the values of `statement.PARAMETERS`, in PostgreSQL's text."""
    held = [
        (
            photo_id,
            PHOTO.after(PhotoAction.REFUSE if each.reason else PhotoAction.CONFIRM),
            each.file,
            each.media_type,
            each.reason,
            new_id(),
        )
        for photo_id, each in found.held.items()
    ]
    wrong = [(photo_id, file, photos.next_file(file)) for photo_id, file in found.wrong.items()]
    return [
        str(audit_id),
        str(auditor_id),
        str(now),
        str(new_id()),
        *_arrays(len(statement.HELD), held),
        *_arrays(len(statement.WRONG), wrong),
    ]


def _arrays(width: int, rows: Sequence[tuple[object, ...]]) -> list[str]:
    return [array(column) for column in zip(*rows, strict=True)] if rows else ["{}"] * width

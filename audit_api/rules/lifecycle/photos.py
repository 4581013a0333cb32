"""The life of a declared photo."""

from __future__ import annotations

from enum import StrEnum

from audit_api.rules.lifecycle.moves import Life, Move
from audit_api.rules.permissions import Permission


class PhotoState(StrEnum):
    DECLARED = "declared"
    WAIVED = "waived"
    STORED = "stored"
    READY = "ready"
    UNREADABLE = "unreadable"


class PhotoAction(StrEnum):
    CONFIRM = "confirm"
    WAIVE = "waive"
    PREPARE = "prepare"
    REFUSE = "refuse"


# What becomes of a photo follows from the sending of its audit, unless the office does without it.
PHOTO = Life(
    # Whatever was waived may still come: evidence is never turned away.
    Move(
        PhotoAction.CONFIRM,
        (PhotoState.DECLARED, PhotoState.WAIVED),
        PhotoState.STORED,
        Permission.AUDIT_SUBMIT,
    ),
    Move(PhotoAction.WAIVE, (PhotoState.DECLARED,), PhotoState.WAIVED, Permission.AUDIT_WAIVE),
    Move(PhotoAction.PREPARE, (PhotoState.STORED,), PhotoState.READY, Permission.AUDIT_SUBMIT),
    Move(PhotoAction.REFUSE, (PhotoState.STORED,), PhotoState.UNREADABLE, Permission.AUDIT_SUBMIT),
)

"""The life of a declared photo, and why one may end unreadable."""

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


class UnreadableReason(StrEnum):
    """Why no picture can be shown of a file: what a phone should send instead hangs on it."""

    NO_PICTURE = "no_picture"
    TYPE_NOT_ACCEPTED = "type_not_accepted"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    DAMAGED = "damaged"
    TOO_COSTLY = "too_costly"


# What becomes of a photo follows from the sending of its audit, unless the office does without it.
# The first bytes may tell already at the confirmation that no picture will come of it.
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
    Move(
        PhotoAction.REFUSE,
        (PhotoState.DECLARED, PhotoState.WAIVED, PhotoState.STORED),
        PhotoState.UNREADABLE,
        Permission.AUDIT_SUBMIT,
    ),
)

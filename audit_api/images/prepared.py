"""What becomes of a photo: a display copy and a thumbnail, or the reason why there are none.

Imports no image library, so that a server may know these values without one in its memory.
"""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.rules.lifecycle import UnreadableReason

DISPLAY_TYPE = "image/jpeg"
DISPLAY_SIDE = 1600


class Unreadable(Exception):
    """A file of which no picture comes: `reason` says why.  The server is well, and others too."""

    def __init__(self, reason: UnreadableReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A photo made fit to be shown: upright, sRGB, without any metadata.

    `display` fits 1600×1600 pixels unless less was asked for, `thumbnail` 320×320; `width` and
    `height` are the upright original's.  `taken_at` is what the file says, `2026-05-04T12:30:00`
    with `+08:00` where the offset is recorded.  `place` is latitude and longitude in degrees.
    `fingerprint` is the photo's 64-bit difference hash: few bits differ between near-duplicates.
    `damaged`: the file was broken, and this is the picture that could still be had from it.
    """

    display: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_at: str | None
    place: tuple[float, float] | None
    fingerprint: int
    damaged: bool = False
    media_type: str = DISPLAY_TYPE

"""How large the picture is that a file's first bytes announce, read without any image library."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

NO_PICTURE = (0, 0)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_END, _SCAN, _FILL = 0xD9, 0xDA, 0xFF

Size = tuple[int, int]


def picture_size(head: bytes, media_type: str, *, whole: bool) -> Size | None:
    """Return width and height in pixels; `NO_PICTURE` where there is surely no picture behind
    this head, None where it tells neither.  `whole`: nothing follows it."""
    read = _READERS.get(media_type)
    if read is None:
        return None
    try:
        return read(head)
    except (IndexError, struct.error):
        return NO_PICTURE if whole else None


def _jpeg(head: bytes) -> Size | None:
    """Walk over the segments up to the frame (ITU-T T.81, annex B)."""
    place = 2
    while True:
        if head[place] != _FILL:
            return None  # Bytes between segments: a decoder may find its way over them.
        marker = head[place + 1]
        if marker in (_SCAN, _END):
            return NO_PICTURE
        if marker == _FILL:
            place += 1
        elif marker in _WITHOUT_LENGTH:
            place += 2
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", head, place + 5)
            return width, height
        else:
            place += 2 + int(struct.unpack_from(">H", head, place + 2)[0])


def _png(head: bytes) -> Size:
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def _webp(head: bytes) -> Size | None:
    """Read the first chunk (RFC 9649): lossy, lossless, or extended with a canvas."""
    kind = head[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", head, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))
        return width, height
    return None


_READERS: Mapping[str, Callable[[bytes], Size | None]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
}

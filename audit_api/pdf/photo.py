"""Photos made ready to embed: the JPEG's own bytes, never decoded, without what they carry beside
the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from audit_api.errors import Kind, Problem

_FRAMES = {0xC0, 0xC1, 0xC2}
_SCAN = 0xDA
_COLOURS = (1, 3, 4)
# JFIF and Adobe's colour transform say how to read the picture; every other application segment
# (EXIF, XMP, IPTC) and every comment may tell who took it and where.
_KEPT_EXTRAS = {0xE0, 0xEE}
_EXTRAS = {*range(0xE0, 0xF0), 0xFE}


class Unreadable(Exception):
    """These bytes are not a JPEG that can be embedded."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG to embed; `width` and `height` in pixels, made of so many `colours`."""

    jpeg: bytes
    width: int
    height: int
    colours: int


def opened(open_photo: Callable[[str], bytes], key: str) -> Photo | None:
    """The photo of that key, or `None` where it is lost or unreadable: one photo must not cost
    the whole report.

    A store that is away is another matter: its `Problem` (unavailable) passes through, so that
    the report is made again later and not filed for ever without its evidence.
    """
    try:
        return plain(open_photo(key))
    except Problem as problem:
        if problem.kind is Kind.UNAVAILABLE:
            raise
    except Exception:  # whatever else a store may raise, the photo is not to be had
        pass
    return None


def plain(jpeg: bytes) -> Photo:
    """The picture alone out of a JPEG's segments (ITU-T T.81, annex B).

    Raises `Unreadable`.
    """
    if not jpeg.startswith(b"\xff\xd8") or b"\xff\xd9" not in jpeg[-64:]:
        raise Unreadable
    kept, shape, position = [jpeg[:2]], None, 2
    while position + 4 <= len(jpeg) and jpeg[position] == 0xFF:
        marker = jpeg[position + 1]
        if marker == _SCAN:
            if shape is None:
                break
            return Photo(b"".join((*kept, jpeg[position:])), *shape)
        end = position + 2 + int.from_bytes(jpeg[position + 2 : position + 4])
        if marker in _FRAMES:
            shape = _shape(jpeg[position:end])
        if marker not in _EXTRAS or marker in _KEPT_EXTRAS:
            kept.append(jpeg[position:end])
        position = end
    raise Unreadable


def _shape(frame: bytes) -> tuple[int, int, int]:
    """Width, height and colours of a picture, by the head of its frame."""
    height, width = int.from_bytes(frame[5:7]), int.from_bytes(frame[7:9])
    if len(frame) < 10 or frame[4] != 8 or not width or not height or frame[9] not in _COLOURS:
        raise Unreadable
    return width, height, frame[9]

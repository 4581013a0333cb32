"""A JPEG's picture in its own coded data, with nothing beside it (ITU-T T.81, annex B).

Application segments (EXIF, XMP, profiles, thumbnails, indexes of further pictures), comments and
whatever follows the picture may tell who took it; the tables that it was quantised with may tell
which camera did.  Here it is decided what of a stranger's bytes people are sent as they came, so
whatever is out of the ordinary is not (ADR 35).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from PIL import Image

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_TABLES, _CODES, _INTERVAL = 0xDB, 0xC4, 0xDD
_FRAMES = {0xC0, 0xC2}  # Baseline and progressive, which every browser shows.
_ADOBE, _COMMENT = 0xEE, 0xFE
_EXTRAS = {*range(0xE0, 0xF0), _COMMENT}

_HEAD = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
"""JFIF 1.01, square pixels, no thumbnail: components 1, 2 and 3 are YCbCr."""
_TAIL = b"\xff\xd9"
_COMPONENTS = b"\1\2\3"
_YCBCR = 1
_CODES_HEAD = 17
_MAX_SEGMENTS = 1000
"""Fifty megabytes of extras have 800 of full length, a progressive picture some 30."""

_after_scan = re.compile(rb"\xff[^\x00\xd0-\xd7]")
"""A marker that is neither a stuffed byte nor a restart."""


class _Strange(Exception):
    """Not a JPEG that is passed on as it came."""


class _Segment(NamedTuple):
    """A marker with what belongs to it: `body` without the length, `scan` the coded data."""

    marker: int
    body: bytes
    scan: bytes


def picture_alone(jpeg: bytes) -> bytes | None:
    """Return the picture of a colour JPEG as it was coded, behind a head that is always the same;
    None where the file is anything but what common encoders write, or is not whole."""
    picture = _Picture()
    try:
        for number, segment in enumerate(_segments(jpeg)):
            if number == _MAX_SEGMENTS:
                return None
            picture.add(segment)
    except (_Strange, IndexError):
        return None
    return picture.file()


def _segments(jpeg: bytes) -> Iterator[_Segment]:
    """Walk over the segments up to the end of the picture, each byte looked at once."""
    place = 2
    while (marker := _marker(jpeg, place)) != _END:
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4])
        body, place = jpeg[place + 4 : end], end
        if marker == _SCAN:
            following = _after_scan.search(jpeg, end)
            if following is None:
                raise _Strange
            place = following.start()
        yield _Segment(marker, body, jpeg[end:place])


def _marker(jpeg: bytes, place: int) -> int:
    if jpeg[place] != 0xFF:
        raise _Strange
    return jpeg[place + 1]


@dataclass(slots=True)
class _Picture:
    """The segments that make the picture, taken in one by one."""

    kept: list[bytes] = field(default_factory=list)
    tables: bytes = b""
    frames: int = 0
    scans: int = 0

    def add(self, segment: _Segment) -> None:
        """Take in a segment, or leave it out; raise `_Strange` for any that is not ordinary."""
        marker, body, scan = segment
        if marker in _EXTRAS:
            if marker == _ADOBE and not _is_ycbcr(body):
                raise _Strange
            return
        self._check(marker, body)
        self.kept += (bytes((0xFF, marker)), (len(body) + 2).to_bytes(2), body, scan)

    def _check(self, marker: int, body: bytes) -> None:
        if marker == _TABLES:
            self.tables += body
        elif marker in _FRAMES and not self.frames:
            self.frames += 1
            _check_frame(body)
        elif marker == _CODES:
            _check_codes(body)
        elif marker == _SCAN and self.frames:
            self.scans += 1
            _exactly(body, 4 + 2 * body[0])
        elif marker == _INTERVAL:
            _exactly(body, 2)
        else:
            raise _Strange

    def file(self) -> bytes | None:
        if not self.scans or self.tables not in _common_tables():
            return None
        return b"".join((_HEAD, *self.kept, _TAIL))


def _is_ycbcr(adobe: bytes) -> bool:
    return adobe[:5] != b"Adobe" or adobe[11:12] == bytes((_YCBCR,))


def _check_frame(body: bytes) -> None:
    """Accept three components of eight bits, called as JFIF calls them."""
    _exactly(body, 6 + 3 * len(_COMPONENTS))
    if body[0] != 8 or body[6::3] != _COMPONENTS:
        raise _Strange


def _check_codes(body: bytes) -> None:
    """Accept Huffman tables with nothing behind them."""
    place = 0
    while place < len(body):
        place += _CODES_HEAD + sum(body[place + 1 : place + _CODES_HEAD])
    _exactly(body, place)


def _exactly(body: bytes, length: int) -> None:
    if len(body) != length:
        raise _Strange


@cache
def _common_tables() -> frozenset[bytes]:
    """Return the tables that libjpeg writes at its hundred qualities: half the world's pictures
    have them, so that they tell no camera."""
    return frozenset(_tables_of(quality) for quality in range(1, 101))


def _tables_of(quality: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", quality=quality)
    return b"".join(body for marker, body, _ in _segments(out.getvalue()) if marker == _TABLES)

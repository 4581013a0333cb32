"""The colours that documents are painted in, told to whoever shows them: sRGB, as an ICC profile
(ICC.1:2004-10, version 4.2) that says nothing else."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from struct import pack

_SIGNATURES = b"mntrRGB XYZ "
_MADE = pack(">6H", 2026, 1, 1, 0, 0, 0)
_LIGHT = (0.9642, 1.0, 0.8249)
"""The light of profiles, D50; what follows is adapted to it."""
_RED = (0.4360747, 0.2225045, 0.0139322)
_GREEN = (0.3850649, 0.7168786, 0.0971045)
_BLUE = (0.1430804, 0.0606169, 0.7141733)
_FROM_D65 = (
    1.0478112,
    0.0228866,
    -0.050127,
    0.0295424,
    0.9904844,
    -0.0170491,
    -0.0092345,
    0.0150436,
    0.7521316,
)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""IEC 61966-2-1: a power of what is linear below a fortieth."""


@cache
def srgb() -> bytes:
    """The profile."""
    curve = b"para" + bytes(4) + pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _text("sRGB"),
        b"cprt": _text("CC0"),
        b"wtpt": _colour(*_LIGHT),
        b"chad": b"sf32" + bytes(4) + _fixed(*_FROM_D65),
        b"rXYZ": _colour(*_RED),
        b"gXYZ": _colour(*_GREEN),
        b"bXYZ": _colour(*_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    contents = list(dict.fromkeys(tags.values()))
    begin = 128 + 4 + 12 * len(tags)
    offsets = dict(zip(contents, accumulate(map(len, contents), initial=begin), strict=False))
    table = b"".join(pack(">4sLL", tag, offsets[each], len(each)) for tag, each in tags.items())
    body = b"".join((pack(">L", len(tags)), table, *contents))
    head = b"".join(
        (
            pack(">L4x4s", 128 + len(body), b"\x04\x20\0\0"),
            _SIGNATURES,
            _MADE,
            b"acsp",
            bytes(28),
            _fixed(*_LIGHT),
        )
    )
    return head.ljust(128, b"\0") + body


def _text(said: str) -> bytes:
    words = said.encode("utf-16-be")
    return _whole(b"mluc" + bytes(4) + pack(">LL4sLL", 1, 12, b"enUS", len(words), 28) + words)


def _colour(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*values)


def _fixed(*values: float) -> bytes:
    return pack(f">{len(values)}l", *(round(value * 65536) for value in values))


def _whole(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)

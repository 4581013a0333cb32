"""Font programs cut to some characters: TrueType files that hold their glyphs alone.

The embedded fonts have no hinting, and no glyph that is made of others (`tools/fonts/`).  So
a cut is glyphs in a row, and the tables that tell where each lies and how wide it is: all that a
reader of PDF asks of a font whose characters are the numbers of its glyphs (ISO 32000-1, 9.9).
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate, chain
from struct import pack

from reportlab.pdfbase.ttfonts import TTFontFace

# How the directory of six tables begins: the version, their number, and what a binary search needs.
_HEADER = pack(">LHHHH", 0x10000, 6, 64, 2, 32)
_ENTRY = 16
_LONG_OFFSETS = b"\0\1"
_WHOLE = 0xB1B0AFBA


def cut(face: TTFontFace, signs: str) -> bytes:
    """The font program with the glyph for what is missing (0) and those of `signs` (from 1 on)."""
    glyphs = [0, *map(face.charToGlyph.__getitem__, map(ord, signs))]
    outlines = [_outline(face, glyph) for glyph in glyphs]
    metrics = list(chain.from_iterable(map(face.hmetrics.__getitem__, glyphs)))
    offsets = list(accumulate(map(len, outlines), initial=0))
    count = pack(">H", len(glyphs))
    head, hhea, maxp = map(face.get_table, ("head", "hhea", "maxp"))
    return _file(
        {
            b"glyf": b"".join(outlines),
            b"head": head[:8] + bytes(4) + head[12:50] + _LONG_OFFSETS + head[52:],
            b"hhea": hhea[:34] + count,
            b"hmtx": pack(f">{len(metrics)}H", *metrics),
            b"loca": pack(f">{len(offsets)}L", *offsets),
            b"maxp": maxp[:4] + count + maxp[6:],
        }
    )


# Most glyphs of a document come back in the next.
@lru_cache(16_384)
def _outline(face: TTFontFace, glyph: int) -> bytes:
    start, _ = face.get_table_pos("glyf")
    place, end = face.glyphPos[glyph : glyph + 2]
    outline: bytes = face.get_chunk(start + place, end - place)
    return outline


def _file(tables: Mapping[bytes, bytes]) -> bytes:
    """The tables, which come in the order of their tags, behind their directory; the checksum of
    the whole goes where `head` has left room for it."""
    offset = len(_HEADER) + _ENTRY * len(tables)
    entries, contents, sums = [_HEADER], [], []
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        if tag == b"head":
            adjusted = offset + 8
        sums.append(_checksum(padded))
        entries.append(pack(">4sLLL", tag, sums[-1], offset, len(table)))
        contents.append(padded)
        offset += len(padded)
    directory = b"".join(entries)
    whole = (_WHOLE - _checksum(directory) - sum(sums)) & 0xFFFFFFFF
    file = bytearray(b"".join((directory, *contents)))
    file[adjusted : adjusted + 4] = pack(">L", whole)
    return bytes(file)


def _checksum(padded: bytes) -> int:
    """The sum of the words of four bytes, as many of its bits as a word has."""
    words = array("I", padded)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF

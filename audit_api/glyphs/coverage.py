"""Which font of the papers has which characters, told without reading a font.

`coverage.txt` has a line for each font: its name, then the ranges of its characters in hexadecimal
digits.  A character is drawn by the first font that has it, one that is meant as a picture by the
font of pictures.  A text as it stands may hold characters that none has: `missing` names them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import category, normalize

from audit_api.glyphs.signs import PICTURE_VARIANT, UNSEEN, character

PICTURES = "NotoEmoji"
"""The font of pictures."""
MISSING = "□"
"""Drawn for a character that no font has, so that the reader sees that one is missing."""

_COVERAGE = Path(__file__).parent / "coverage.txt"
_LINE_ENDS = "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = {"Cc", "Cf", "Cs"}
_PRIVATE = "Co"
_UNSEEN = re.compile(f"[{UNSEEN}]")


@dataclass(frozen=True, slots=True)
class Ranges:
    """Sets of characters: the first and the last of each range, sorted."""

    firsts: Sequence[int]
    lasts: Sequence[int]

    def __contains__(self, code: int) -> bool:
        place = bisect_right(self.firsts, code) - 1
        return place >= 0 and code <= self.lasts[place]


@cache
def fonts() -> Mapping[str, Ranges]:
    """What each font has, the first to be asked first."""
    found = {}
    for line in _COVERAGE.read_text("ascii").splitlines():
        name, *ranges = line.split()
        ends = [[int(end, 16) for end in each.split("-")] for each in ranges]
        found[name] = Ranges([each[0] for each in ends], [each[-1] for each in ends])
    return found


def font_of(sign: str) -> str | None:
    """The font that draws a sign (`signs.signs`); None where no font can."""
    drawn = character(sign)
    is_composed, is_meant = drawn != sign[0], PICTURE_VARIANT in sign
    if is_composed or (is_meant and ord(drawn) in fonts()[PICTURES]):
        return PICTURES
    return next((name for name, ranges in fonts().items() if ord(drawn) in ranges), None)


class Drawable(dict[int, int | None]):
    """A table for `str.translate`: what becomes of each character where the papers draw it.

    It learns as it is asked.  What nobody sees stays, for what stands before it tells whether it is
    meant (`signs.without_loose`).
    """

    def __missing__(self, code: int) -> int | None:
        found = self[code] = _drawn(code)
        return found


def _drawn(code: int) -> int | None:
    sign = chr(code)
    kind = category(sign)
    if kind == "Zs":
        return ord(" ")
    if _UNSEEN.match(sign):
        return code
    if kind in _INVISIBLE:
        return None
    return code if kind != _PRIVATE and font_of(sign) else ord(MISSING)


@cache
def drawable() -> Drawable:
    """The table of this process, with the ends of lines."""
    return Drawable({**dict.fromkeys(map(ord, _LINE_ENDS), ord("\n")), ord("\t"): ord(" ")})


def missing(text: str) -> list[str]:
    """The characters of a text that no font has, and for which the papers draw `MISSING`: each
    once, in the order of their code points."""
    table = drawable()
    lacking = {sign for sign in normalize("NFC", text) if table[ord(sign)] == ord(MISSING)}
    return sorted(lacking - {MISSING})

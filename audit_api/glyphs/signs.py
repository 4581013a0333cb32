"""Texts as people see them: graphemes, which nothing may part, and signs, each drawn by one glyph.

What a person takes for one character may be several: a picture with its tone, a family of joined
pictures, the two letters of a flag, an ideograph with the variant that is meant.  Graphemes follow
UAX #29 as far as the fonts of the papers can draw what it tells of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

JOINER = "\u200d"
PICTURE_VARIANT = "\ufe0f"
"""Behind a character that may be a letter or a picture: it is meant as a picture."""
VARIANTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAGS = "\U000e0020-\U000e007f"
"""Letters that nobody sees: behind a black flag they say whose it is."""
UNSEEN = f"{JOINER}{VARIANTS}{TAGS}"
TONES = "\U0001f3fb-\U0001f3ff"
FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
# Marks that are drawn over the character before them; others are in no font.
_MARKS = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
)
FOLLOWING = f"{UNSEEN}{TONES}{_MARKS}"
"""What may not be parted from the character before it."""
PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122-\u21ff\u2300-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
"""What may be joined into one picture, and more that nobody joins."""

# Longer ones are parted all the same: no picture is as long, and no time may grow with one.
_LONGEST = 30
GRAPHEME = re.compile(
    rf"(?s:[{FLAG_LETTERS}]{{2}}|.)(?:[{FOLLOWING}]|(?<={JOINER})[{PICTURES}]){{0,{_LONGEST}}}"
)
_SIGN = re.compile(rf"[{PICTURES}][{UNSEEN}{TONES}]*|(?s:.)[{UNSEEN}]*")
UNDRAWN = re.compile(f"[{PICTURE_VARIANT}{TONES}]")
"""What makes no difference to a picture in black: behind one, a tone is not drawn."""

_MEANT = re.compile(
    rf"(?P<kept>(?<=\U0001f3f4)[\U000e0030-\U000e007a]{{4,6}}\U000e007f"
    rf"|(?<=[^\s{UNSEEN}])[{VARIANTS}]"
    rf"|(?<=[{PICTURES}{TONES}{PICTURE_VARIANT}]){JOINER}(?=[{PICTURES}]))"
    rf"|[{UNSEEN}]"
)
"""What nobody sees in a text, `kept` where it has something to act on."""

# The fonts have their pictures of several characters under private characters, from this one on.
_FIRST_PRIVATE = 0xF0000
_SEQUENCES = Path(__file__).parent / "sequences.txt"


def graphemes(text: str) -> list[str]:
    """The parts of a text that are seen as one character each; put together, they are the text."""
    return GRAPHEME.findall(text)


def signs(text: str) -> Iterator[str]:
    """Yield the parts of a cleaned text that one glyph draws each, with what nobody sees in them;
    put together, they are the text."""
    for grapheme in graphemes(text):
        if len(grapheme) == 1 or _plain(grapheme) in _sequences():
            yield grapheme
        else:
            yield from _SIGN.findall(grapheme)


def character(sign: str) -> str:
    """The one character under which the fonts have what draws a sign."""
    return sign if len(sign) == 1 else _sequences().get(_plain(sign), sign[0])


def without_loose(text: str) -> str:
    """The text without joiners, variants and tags that have nothing to act on."""
    return _MEANT.sub(r"\g<kept>", text)


def _plain(sign: str) -> str:
    return sign[0] + UNDRAWN.sub("", sign[1:])


@cache
def _sequences() -> Mapping[str, str]:
    """The private character of each sequence that has a picture of its own, the sequences written
    without what makes no difference to it."""
    lines = _SEQUENCES.read_text("ascii").splitlines()
    return {
        "".join(chr(int(code, 16)) for code in line.split()): chr(_FIRST_PRIVATE + place)
        for place, line in enumerate(lines)
    }

"""Text made fit to draw: cleaned, measured, broken into lines as Chinese and Latin ask.

User text is only ever drawn, never parsed: no character of it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from unicodedata import normalize

from audit_api.drawing.styles import Style
from audit_api.glyphs.coverage import MISSING, drawable
from audit_api.glyphs.signs import (
    FLAG_LETTERS,
    FOLLOWING,
    JOINER,
    PICTURES,
    UNSEEN,
    character,
    graphemes,
    without_loose,
)
from audit_api.typography.fonts import Typeface, runs, typeface

# A longer text is cut before layout and ends in "…": time must not grow with what was sent.
LONGEST = 10_000

_LONGEST_TITLE = 300
# No label is longer; what is longer hardly comes back.
_SHORT = 500

_UNSEEN = re.compile(f"[{UNSEEN}]")
_OPENING = "（【《「『〔〈［｛“‘￥"
_CLOSING = "、。，．：；！？）】》」』〕〉］｝…—·～％‰℃"
_WIDE = (
    f"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef{MISSING}"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_WIDE_ONE = re.compile(f"[{_WIDE}{_OPENING}{_CLOSING}]")
# What is never parted: a Latin word, or one wide character, with the marks before it that may
# not end a line and the marks after it that may not begin one (、。， and their kind).
_UNIT = re.compile(
    rf" +|[{_OPENING}]*"
    rf"(?:[^ {_WIDE}{_OPENING}{_CLOSING}]+|[{FLAG_LETTERS}]{{2}}"
    rf"|(?![{_OPENING}{_CLOSING}])[{_WIDE}])?"
    rf"(?:[{FOLLOWING}]|(?<={JOINER})[{PICTURES}])*[{_CLOSING}”’{FOLLOWING}]*"
)


def clean(text: str, longest: int = LONGEST) -> str:
    """`text` with only characters that can be drawn, and "\\n": composed, without control and
    direction characters, at most about `longest` characters long."""
    cut = text if len(text) <= longest else f"{_beginning(text, longest)}…"
    drawn = normalize("NFC", cut).translate(drawable())
    return without_loose(drawn) if _UNSEEN.search(drawn) else drawn


def _beginning(text: str, longest: int) -> str:
    """As many whole graphemes as are shorter than `longest` together."""
    ends = accumulate(map(len, graphemes(text[:longest])))
    return text[: max((end for end in ends if end < longest), default=0)]


def one_line(text: str) -> str:
    """`text`, cleaned, as what stands beside the pages: on one line, no longer than a title."""
    return " ".join(clean(text, _LONGEST_TITLE).split())


def is_wide(character: str) -> bool:
    """Whether a character is of those between which no blank stands."""
    return not character.isascii() and _WIDE_ONE.match(character) is not None


def measure(text: str, face: Typeface) -> float:
    """The advance of cleaned text at size 1."""
    try:
        return sum(map(face.widths.__getitem__, text))
    except KeyError:  # a text with signs of rarer fonts, or of several characters
        drawn = ((own, sign) for own, run in runs(text, face) for sign in run)
        return sum(own.widths[character(sign)] for own, sign in drawn)


def wrap(text: str, weight: str, size: float, width: float, most: int | None = None) -> list[str]:
    """`text`, cleaned, as lines no wider than `width` points (one character may be wider); where
    they are more than `most`, the last of those ends in "…"."""
    lines = _recent_lines if len(text) <= _SHORT else _broken
    return list(lines(text, weight, size, width, most))


def _broken(text: str, weight: str, size: float, width: float, most: int | None) -> tuple[str, ...]:
    cleaned = clean(text).strip("\n")
    face, room = typeface(weight, cleaned.replace("\n", "")), width / size
    lines = [
        line for paragraph in cleaned.split("\n") for line in _lines(paragraph.rstrip(), face, room)
    ]
    stripped = tuple(line.rstrip() for line in lines[:most])
    if most is None or len(lines) <= most:
        return stripped
    last = fit(f"{lines[most - 1]}{lines[most]}", weight, size, width)
    return (*stripped[:-1], last)


# The words of labels and checklists come back in every document that a process writes.
_recent_lines = lru_cache(8192)(_broken)


def _lines(paragraph: str, face: Typeface, room: float) -> Iterator[str]:
    """Yield the lines with the blanks at which they end, so that they can be put together again."""
    if measure(paragraph, face) <= room:
        yield f"{paragraph}\n"
        return
    line, used = "", 0.0
    for unit, advance in _units(paragraph, face, room):
        if line and used + advance > room:
            yield f"{line}{unit}" if unit.isspace() else line
            line, used = ("", 0.0) if unit.isspace() else (unit, advance)
        else:
            line, used = line + unit, used + advance
    if line:
        yield f"{line}\n"


def _units(paragraph: str, face: Typeface, room: float) -> Iterator[tuple[str, float]]:
    for unit in _UNIT.findall(paragraph):
        advance = measure(unit, face)
        if advance > room:
            yield from ((each, measure(each, face)) for each in graphemes(unit))
        else:
            yield unit, advance


def fit(text: str, weight: str, size: float, width: float) -> str:
    """`text`, cleaned, on one line: cut with "…" where it is wider than `width` points."""
    return (_recent_fits if len(text) <= _SHORT else _fitted)(text, weight, size, width)


def _fitted(text: str, weight: str, size: float, width: float) -> str:
    line = " ".join(clean(text).split())
    face, room = typeface(weight, line), width / size
    if measure(line, face) <= room:
        return line
    room -= face.widths["…"]
    kept = ""
    for grapheme in graphemes(line):
        room -= measure(grapheme, face)
        if room < 0:
            return f"{kept.rstrip()}…"
        kept += grapheme
    return line


_recent_fits = lru_cache(8192)(_fitted)


class EmbeddedFonts:
    """The embedded fonts, as drawings set their texts in them."""

    def width(self, line: str, style: Style) -> float:
        return measure(line, typeface(style.weight, line)) * style.size

    def fit(self, text: str, style: Style, width: float) -> str:
        return fit(text, style.weight, style.size, width)

    def wrap(self, text: str, style: Style, width: float, most: int | None) -> list[str]:
        return wrap(text, style.weight, style.size, width, most)


FONTS = EmbeddedFonts()

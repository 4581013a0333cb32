"""Text made fit to draw: cleaned, measured, broken into lines as Chinese and Latin ask.

User text is only ever drawn, never parsed: no character of it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import category, normalize

from audit_api.drawing.styles import REGULAR, Style
from audit_api.pdf.fonts import Typeface, chinese, typeface

# Shown for a character that the fonts lack, so that the reader sees that one is missing.
MISSING = "□"

# A longer text is cut before layout and ends in "…": time must not grow with what was sent.
LONGEST = 10_000

_LONGEST_TITLE = 300
_SHORT = 200

_LINE_ENDS = "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = {"Cc", "Cf", "Cs"}
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)

_OPENING = "（【《「『〔〈［｛“‘￥"
_CLOSING = "、。，．：；！？）】》」』〕〉］｝…—·～％‰℃"
_WIDE = f"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef{MISSING}"
# What is never parted: a Latin word, or one wide character, with the marks before it that may
# not end a line and the marks after it that may not begin one (、。， and their kind).
_UNIT = re.compile(
    rf" +|[{_OPENING}]*"
    rf"(?:[^ {_WIDE}{_OPENING}{_CLOSING}]+|(?![{_OPENING}{_CLOSING}])[{_WIDE}])?"
    rf"[{_CLOSING}”’]*"
)


class _Drawable(dict[int, int | None]):
    """A table for `str.translate`: it holds what the fonts can draw and says what becomes of
    the rest."""

    def __missing__(self, code: int) -> int | None:
        kind = category(chr(code))
        if kind in _INVISIBLE or code in _VARIATION_SELECTORS:
            return None
        return ord(" ") if kind == "Zs" else ord(MISSING)


@cache
def _drawable() -> _Drawable:
    drawn = chinese(REGULAR).widths
    table = _Drawable({ord(sign): ord(sign) for sign in drawn if category(sign)[0] != "C"})
    table.update(dict.fromkeys(map(ord, _LINE_ENDS), ord("\n")))
    table.update(dict.fromkeys(map(ord, "\t\xa0"), ord(" ")))
    return table


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that the fonts lack and that a report shows as `MISSING`."""
    table = _drawable()
    return {sign for sign in normalize("NFC", text) if table[ord(sign)] == ord(MISSING)} - {MISSING}


def clean(text: str, longest: int = LONGEST) -> str:
    """`text` with only characters that can be drawn, and "\\n": composed, without control and
    direction characters, at most about `longest` characters long."""
    cut = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return normalize("NFC", cut).translate(_drawable())


def one_line(text: str) -> str:
    """`text`, cleaned, as what stands beside the pages: on one line, no longer than a title."""
    return " ".join(clean(text, _LONGEST_TITLE).split())


def measure(text: str, face: Typeface) -> float:
    """The advance of cleaned text at size 1."""
    return sum(map(face.widths.__getitem__, text))


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
            yield from ((sign, face.widths[sign]) for sign in unit)
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
    for end, sign in enumerate(line):
        room -= face.widths[sign]
        if room < 0:
            return f"{line[:end].rstrip()}…"
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

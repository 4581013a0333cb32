"""The embedded fonts: two weights, each in a Chinese and a Latin cut (docs/adr/0003), and rarer
ones for what these lack (docs/adr/0039); each parsed once per process, when it is first needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFace

from audit_api.drawing.styles import BOLD, REGULAR
from audit_api.glyphs.coverage import font_of
from audit_api.glyphs.signs import PICTURE_VARIANT, character, signs

FOLDER = Path(__file__).parent / "fonts"
_MAIN = "NotoSansSC"

# Of these the Latin cuts have nothing; of all others they have what the Chinese ones have.
_CHINESE = re.compile("[\u2e80-\ufdff\ufe10-\uffff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """A font: `widths` maps each character it can draw to its advance at size 1, `face` holds its
    file, read; `thin` where there is none of this weight, and strokes have to make up for it."""

    name: str
    weight: str
    widths: Mapping[str, float]
    face: TTFontFace
    thin: bool = False


def typeface(weight: str, text: str) -> Typeface:
    """The cut that suits a cleaned text: the Latin one where it holds every character, but for
    those that only rarer fonts have."""
    return latin(weight) if text.isascii() or not _CHINESE.search(text) else chinese(weight)


@cache
def chinese(weight: str) -> Typeface:
    """The cut that can draw nearly everything that a report can."""
    return _read(_MAIN, weight)


@cache
def latin(weight: str) -> Typeface:
    """The cut whose marks have Latin width, without Chinese characters."""
    return _read(_MAIN, weight, "Latin")


@cache
def rare(name: str, weight: str) -> Typeface:
    """A font for what the others lack, in this weight if it has it."""
    if weight == BOLD and not (FOLDER / f"{name}-{BOLD}.ttf").exists():
        regular = rare(name, REGULAR)
        return replace(regular, weight=weight, thin=True)
    return _read(name, weight)


def runs(text: str, main: Typeface) -> Iterator[tuple[Typeface, Sequence[str]]]:
    """Yield the signs of a cleaned text that one font after the other draws: `main`, and where it
    lacks a sign, the font that has it."""

    def drawn_by(sign: str) -> Typeface:
        if PICTURE_VARIANT not in sign and character(sign) in main.widths:
            return main
        found = font_of(sign)
        return main if found in (None, _MAIN) else rare(found, main.weight)

    for face, run in groupby(signs(text), key=drawn_by):
        yield face, list(run)


def _read(family: str, weight: str, cut: str = "") -> Typeface:
    name = f"{family}-{cut}{weight}"
    face = TTFontFace(FOLDER / f"{name}.ttf")
    advances: dict[int, float] = face.charWidths
    return Typeface(name, weight, {chr(code): each / 1000 for code, each in advances.items()}, face)

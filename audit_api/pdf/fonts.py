"""The embedded fonts: two weights, each in a Chinese and a Latin cut (docs/adr/0003), parsed once
per process, their widths ready to be added up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFace

FOLDER = Path(__file__).parent / "fonts"

# From here on the Latin cuts have nothing; below it they have all that the Chinese ones have.
_CHINESE = re.compile("[\u2e80-\uffff]")


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font: `widths` maps each character it can draw to its advance at size 1, `face` holds its
    file, read."""

    name: str
    widths: Mapping[str, float]
    face: TTFontFace


def typeface(weight: str, text: str) -> Typeface:
    """The cut that suits a cleaned text: the Latin one where it holds every character."""
    return latin(weight) if text.isascii() or not _CHINESE.search(text) else chinese(weight)


@cache
def chinese(weight: str) -> Typeface:
    """The cut that can draw everything that a report can."""
    return _read(f"NotoSansSC-{weight}")


@cache
def latin(weight: str) -> Typeface:
    """The cut whose marks have Latin width, without Chinese characters."""
    return _read(f"NotoSansSC-Latin{weight}")


def _read(name: str) -> Typeface:
    face = TTFontFace(FOLDER / f"{name}.ttf")
    advances: dict[int, float] = face.charWidths
    return Typeface(name, {chr(code): each / 1000 for code, each in advances.items()}, face)

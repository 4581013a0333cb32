"""The embedded fonts: two weights, each in a Chinese and a Latin cut (docs/adr/0003), parsed once
per process, their widths ready to be added up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

FOLDER = Path(__file__).parent / "fonts"

# From here on the Latin cuts have nothing; below it they have all that the Chinese ones have.
_CHINESE = re.compile("[\u2e80-\uffff]")


@dataclass(frozen=True, slots=True)
class Typeface:
    """A registered font: `widths` maps each character it can draw to its advance at size 1, `face`
    holds its file, read."""

    name: str
    widths: Mapping[str, float]
    face: TTFontFace


_loading = Lock()
_faces: dict[str, Typeface] = {}


def chinese(weight: str) -> Typeface:
    """The cut that can draw everything that a report can."""
    return _loaded(f"NotoSansSC-{weight}")


def typeface(weight: str, text: str) -> Typeface:
    """The cut that suits a cleaned text: the Latin one where it holds every character."""
    return chinese(weight) if _CHINESE.search(text) else _loaded(f"NotoSansSC-Latin{weight}")


def _loaded(name: str) -> Typeface:
    return _faces.get(name) or _load(name)


def _load(name: str) -> Typeface:
    """Under a lock: a font is read once, however many documents begin at the same time."""
    with _loading:
        if name not in _faces:
            font = TTFont(name, FOLDER / f"{name}.ttf")
            registerFont(font)
            advances: dict[int, float] = font.face.charWidths
            widths = {chr(code): advance / 1000 for code, advance in advances.items()}
            _faces[name] = Typeface(name, widths, font.face)
    return _faces[name]

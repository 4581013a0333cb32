"""The embedded fonts: two weights, each in a Chinese and a Latin cut (docs/adr/0003), parsed once
per process, their widths ready to be added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A registered font: `widths` maps each character it can draw to its advance at size 1."""

    name: str
    widths: Mapping[str, float]


_loading = Lock()
_faces: dict[str, Typeface] = {}


def chinese(weight: str) -> Typeface:
    """The cut that can draw everything that a report can."""
    return _loaded(f"NotoSansSC-{weight}")


def typeface(weight: str, text: str) -> Typeface:
    """The cut that suits a cleaned text: the Latin one where it holds every character."""
    latin = _loaded(f"NotoSansSC-Latin{weight}")
    return latin if latin.widths.keys() >= set(text) else chinese(weight)


def _loaded(name: str) -> Typeface:
    return _faces.get(name) or _load(name)


def _load(name: str) -> Typeface:
    """Under a lock: registering a name twice would leave a document that another thread is
    writing with half of its text in either object."""
    with _loading:
        if name not in _faces:
            # Without `asciiReadable` a document carries only the characters that it uses.
            font = TTFont(name, FOLDER / f"{name}.ttf", asciiReadable=False)
            registerFont(font)
            advances: dict[int, float] = font.face.charWidths
            # Every document's subset would copy megabytes of tables out of the file again.
            font.face.get_table = cache(font.face.get_table)
            widths = {chr(code): advance / 1000 for code, advance in advances.items()}
            _faces[name] = Typeface(name, widths)
    return _faces[name]

"""Fonts for what Noto Sans SC lacks: each cut to what no font before it has.

Noto Sans TC and JP have ideographs of Hong Kong, Taiwan and Japan (𠮷) in the same design, Noto
Sans the letters of all Latin, Greek and Cyrillic alphabets, Noto Sans Math and Symbols 2 what their
names say.  The Hanazono font has all ideographs of the extensions B to F, in another design and one
weight; as it is large, it is cut into several files, of which a document needs one or two.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

from tools.fonts.cutting import flatten, remap, rename, resize, save, subset

WEIGHTS = {"Regular": 400, "Bold": 700}
IDEOGRAPHS = "HanaMinB.ttf"
PARTS = 4
"""Files of less than 8 MB."""


class Source(NamedTuple):
    """A font, where it comes from, and which of its characters are of use."""

    family: str
    pattern: str
    of_use: Sequence[range]


HAN = (range(0x2E80, 0x3000), range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x40000))
# Not a word of scripts that run to the left or are put together: their letters alone are no text.
LETTERS = (
    range(0xA0, 0x530),
    range(0x1AB0, 0x1B00),
    range(0x1C80, 0x1C90),
    range(0x1D00, 0x2C00),
    range(0x2C60, 0x2C80),
    range(0x2DE0, 0x2E80),
    range(0xA640, 0xA6A0),
    range(0xA700, 0xA800),
    range(0xAB30, 0xAB70),
    range(0xFB00, 0xFB07),
)
SIGNS = (range(0x2000, 0x2C00), range(0x1D000, 0x1D800), range(0x1F000, 0x20000))

SOURCES = (
    Source("NotoSansTCRare", "NotoSansTC[[]wght].ttf", HAN),
    Source("NotoSansJPRare", "NotoSansJP[[]wght].ttf", HAN),
    Source("NotoSans", "NotoSans[[]wdth,wght].ttf", LETTERS),
    Source("NotoSansMath", "noto-sans-math-latin-400-normal.woff", SIGNS),
    Source("NotoSansSymbols2", "NotoSansSymbols2-Regular.ttf", SIGNS),
)


def make(source: Source, path: Path, known: Container[int]) -> None:
    """Make the font of each weight that there is, without the characters that are known."""
    whole = TTFont(path)
    wanted = {
        code: name
        for code, name in whole.getBestCmap().items()
        if code not in known and any(code in each for each in source.of_use)
    }
    weights = WEIGHTS if "fvar" in whole else {"Regular": None}
    for style, weight in weights.items():
        font = TTFont(path, recalcTimestamp=False)
        if weight is not None:
            axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
            instantiateVariableFont(font, axes | {"wght": weight}, inplace=True)
        _cut(font, wanted, source.family, style)


def make_ideographs(path: Path, known: Container[int]) -> None:
    """Make the parts of the font that has all ideographs."""
    names = TTFont(path).getBestCmap()
    codes = sorted(code for code in names if code >= 0x20000 and code not in known)
    size = -(-len(codes) // PARTS)
    for part in range(PARTS):
        wanted = {code: names[code] for code in codes[part * size : (part + 1) * size]}
        font = TTFont(path, recalcTimestamp=False)
        _cut(font, wanted, f"RareIdeographs{part + 1}", "Regular")


def _cut(font: TTFont, wanted: dict[int, str], family: str, style: str) -> None:
    font.flavor = None
    remap(font, wanted)
    subset(font, wanted)
    flatten(font)
    resize(font)
    rename(font, family, style)
    save(font, f"{family}-{style}")

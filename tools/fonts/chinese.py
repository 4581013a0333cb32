"""Noto Sans SC, in the weights and cuts that reports embed (docs/adr/0003, docs/adr/0039).

A variable font cannot be embedded as it is: readers would show its thinnest master.  So two
weights are cut out of it, with the characters that reports write and without the layout and
hinting tables that the PDF writer does not read.

Each weight is made three times.  In a Chinese font the quotes “ ” ‘ ’, the ellipsis and some marks
are as wide as a Chinese character, which tears “it’s” apart; the second cut, for texts without a
Chinese character, holds the same letters with marks of Latin width.  The third has the characters
that few texts have, so that the others are read soon.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

from tools.fonts.cutting import flatten, rename, save, subset

SOURCE = "NotoSansSC[[]wght].ttf"
WEIGHTS = {"Regular": 400, "Bold": 700}
FIRST_CHINESE = 0x2E80
NARROWED = "…·•×±÷"
# Thousandths of the size: a Chinese character's width, the room at either side of a narrowed mark.
FULL_WIDTH = 1000
SIDE_BEARING = 70

# Beside GBK: the Latin alphabets of Europe and Vietnamese, currency, dashes and quotes, arrows,
# mathematics, shapes, ticks and crosses, circled numbers, full-width forms.
BLOCKS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x2C6, 0x2DD),
    (0x370, 0x45F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x205E),
    (0x2070, 0x209C),
    (0x20A0, 0x20C0),
    (0x2100, 0x218B),
    (0x2190, 0x22FF),
    (0x2300, 0x23CE),
    (0x2460, 0x24FF),
    (0x25A0, 0x27BF),
    (0x3000, 0x30FF),
    (0x9FA6, 0x9FFF),
    (0xFE30, 0xFE6B),
    (0xFF01, 0xFFEF),
    (0xFFFD, 0xFFFD),
)


def characters() -> Iterator[int]:
    for first, last in BLOCKS:
        yield from range(first, last + 1)
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            decoded = bytes((lead, trail)).decode("gbk", errors="ignore")
            if len(decoded) == 1:
                yield ord(decoded)


def make_latin(font: TTFont) -> None:
    """Marks of Latin width: the font's own proportional alternates (OpenType `pwid`) where it has
    them, its wide marks with their sides cut off where it has not."""
    alternates = proportional(font)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = {code: alternates.get(name, name) for code, name in table.cmap.items()}
    names = font.getBestCmap()
    for mark in NARROWED:
        narrow(font, names[ord(mark)])


def proportional(font: TTFont) -> dict[str, str]:
    layout = font["GSUB"].table
    lookups = {
        index
        for record in layout.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for index in record.Feature.LookupListIndex
    }
    tables = [table for index in lookups for table in layout.LookupList.Lookup[index].SubTable]
    mappings = [getattr(table, "ExtSubTable", table).mapping for table in tables]
    return {wide: narrow for mapping in mappings for wide, narrow in mapping.items()}


def narrow(font: TTFont, name: str) -> None:
    """Never wider than the Chinese mark: a line that was measured with that must still fit."""
    glyph = font["glyf"][name]
    ink = glyph.xMax - glyph.xMin
    side = min(SIDE_BEARING, (FULL_WIDTH - ink) // 2)
    glyph.coordinates.translate((side - glyph.xMin, 0))
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (ink + 2 * side, side)


def make(source: Path) -> None:
    for style, weight in WEIGHTS.items():
        _make(source, style, weight)
        _make_latin(source, style, weight)
        _make_rare(source, style, weight)


def _instance(source: Path, weight: int) -> TTFont:
    font = TTFont(source, recalcTimestamp=False)
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    return font


def _make(source: Path, style: str, weight: int) -> None:
    font = _instance(source, weight)
    subset(font, characters())
    rename(font, "Noto Sans SC", style)
    save(font, f"NotoSansSC-{style}")


def _make_latin(source: Path, style: str, weight: int) -> None:
    font = _instance(source, weight)
    make_latin(font)
    subset(font, {code for code in characters() if code < FIRST_CHINESE})
    rename(font, "Noto Sans SC", f"Latin{style}")
    save(font, f"NotoSansSC-Latin{style}")


def _make_rare(source: Path, style: str, weight: int) -> None:
    font = _instance(source, weight)
    usual = {*characters()}
    subset(font, {code for code in font.getBestCmap() if code not in usual})
    flatten(font)
    rename(font, "Noto Sans SC Rare", style)
    save(font, f"NotoSansSCRare-{style}")

"""What is done to every font: cut to some characters, and made as `audit_api/pdf/painting/cut.py`
takes it: without hinting, without glyphs that are made of others, of 1000 units."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]
from fontTools.ttLib.scaleUpem import scale_upem  # type: ignore[import-untyped]
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable  # type: ignore[import-untyped]

TARGET = Path(__file__).parents[2] / "audit_api" / "typography" / "fonts"
UNITS = 1000
_LAYOUT = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx")
_ENGLISH = (3, 1, 0x409)


def subset(font: TTFont, wanted: Iterable[int]) -> None:
    """Keep the glyphs of these characters, and what a reader of PDF needs of the tables."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.name_languages = [_ENGLISH[2]]
    options.drop_tables = [*_LAYOUT, "FFTM", "PfEd", "kern", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)


def flatten(font: TTFont) -> None:
    """Put the outlines of its parts into each glyph that is made of others."""
    glyphs, outlines = font.getGlyphSet(), font["glyf"]
    made_of_others = [name for name in font.getGlyphOrder() if outlines[name].isComposite()]
    drawn = {}
    for name in made_of_others:
        recorded, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[name].draw(recorded)
        recorded.replay(pen)
        drawn[name] = pen.glyph()
    for name, glyph in drawn.items():
        outlines[name] = glyph
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))


def resize(font: TTFont) -> None:
    """Draw the glyphs in 1000 units."""
    if font["head"].unitsPerEm != UNITS:
        scale_upem(font, UNITS)


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the cut a name of its own, as the licence of some fonts asks."""
    name = family.replace(" ", "")
    for name_id, text in {
        1: family,
        2: style,
        4: f"{family} {style}",
        6: f"{name}-{style}",
    }.items():
        font["name"].setName(text, name_id, *_ENGLISH)


def remap(font: TTFont, names: dict[int, str]) -> None:
    """Let the font tell its characters by one table of ranges."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = names
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion, font["cmap"].tables = 0, [table]


def save(font: TTFont, name: str) -> None:
    target = TARGET / f"{name}.ttf"
    font.save(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes")

"""Noto Emoji: pictures in black, those of several characters under private ones.

The writer of PDF knows no ligatures.  So each sequence that the font draws as one picture (a
family, a flag, a key) gets a private character, in the order of `sequences.txt`.  Tones make no
difference in black, nor does the sign that says that a picture is meant; the sequences are without
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from audit_api.glyphs import signs
from tools.fonts.cutting import flatten, remap, rename, resize, save, subset

SOURCES = {"Regular": "NotoEmoji_400Regular.ttf", "Bold": "NotoEmoji_700Bold.ttf"}
FAMILY = "NotoEmoji"
FIRST_PRIVATE = 0xF0000
SEQUENCES = Path(signs.__file__).parent / "sequences.txt"
# What the font needs for its ligatures, and other fonts draw: signs of control, blanks, figures.
FIRST_PICTURE = 0xA9
LEFT_OUT = {signs.JOINER, *map(chr, range(0xFE00, 0xFE10))}


def make(source: Path, style: str) -> None:
    font = TTFont(source, recalcTimestamp=False)
    alone = {code: name for code, name in font.getBestCmap().items() if _is_picture(code)}
    together = dict(sorted(_sequences(font)))
    names = alone | {FIRST_PRIVATE + place: name for place, name in enumerate(together.values())}
    remap(font, names)
    subset(font, names)
    flatten(font)
    resize(font)
    rename(font, "Noto Emoji", style)
    save(font, f"{FAMILY}-{style}")
    lines = (" ".join(f"{ord(each):X}" for each in sequence) for sequence in together)
    SEQUENCES.write_text("\n".join([*lines, ""]), "ascii")


def _is_picture(code: int) -> bool:
    is_private = 0xE000 <= code < 0xF900 or code >= 0xE0000
    return code >= FIRST_PICTURE and not is_private and chr(code) not in LEFT_OUT


def _sequences(font: TTFont) -> Iterator[tuple[str, str]]:
    """Yield the sequences that are seen as one, each with the glyph that draws it."""
    characters = {name: chr(code) for code, name in font.getBestCmap().items()}
    for names, drawn in _ligatures(font):
        if all(name in characters for name in names):
            sequence = signs.UNDRAWN.sub("", "".join(characters[name] for name in names))
            if len(sequence) > 1 and signs.graphemes(sequence) == [sequence]:
                yield sequence, drawn


def _ligatures(font: TTFont) -> Iterator[tuple[list[str], str]]:
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for ligature in ligatures:
                    yield [first, *ligature.Component], ligature.LigGlyph

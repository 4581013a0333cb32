"""The fonts in a document: all of them embedded, cut to what is written, and sound."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from struct import unpack
from typing import Any

import pymupdf
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from audit_api.drawing.styles import BOLD, REGULAR
from audit_api.glyphs.coverage import fonts
from audit_api.pdf import AuditReport, render
from audit_api.pdf.painting.cut import cut
from audit_api.typography.fonts import FOLDER, Typeface, chinese, rare, typeface
from audit_api.typography.text import clean
from tests.pdf.reports import chinese_report, open_jpeg, read, report, text_of

CHINESE = "".join(map(chr, range(0x4E00, 0x4E00 + 700)))
REPORTS = [report(), chinese_report(), report(review_notes=(CHINESE,))]


def fonts_of(made: AuditReport) -> dict[str, Any]:
    """The fonts that the first page may use, by name."""
    found = read(made).pages[0]["/Resources"]["/Font"]
    return {name: font.get_object() for name, font in found.items()}


def program_of(font: Any) -> bytes:
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    data: bytes = descriptor["/FontFile2"].get_data()
    assert descriptor["/FontFile2"]["/Length1"] == len(data)
    return data


def sound(program: bytes) -> TTFont:
    """The font program as another reader has it, who checks the sum of every table; the words of
    the whole add up to what OpenType says."""
    assert sum(unpack(f">{len(program) // 4}L", program)) & 0xFFFFFFFF == 0xB1B0AFBA
    return TTFont(BytesIO(program), checkChecksums=2)


@pytest.mark.parametrize("made", REPORTS, ids=["en", "zh", "many"])
def test_every_font_is_embedded_as_a_subset_and_no_other_is_used(made: AuditReport) -> None:
    used = fonts_of(made)
    assert used
    for font in used.values():
        assert (font["/Subtype"], font["/Encoding"]) == ("/Type0", "/Identity-H")
        (glyphs,) = (each.get_object() for each in font["/DescendantFonts"])
        assert (glyphs["/Subtype"], glyphs["/CIDToGIDMap"]) == ("/CIDFontType2", "/Identity")
        names = {font["/BaseFont"], glyphs["/BaseFont"]}
        assert names == {glyphs["/FontDescriptor"].get_object()["/FontName"]}
        assert "+NotoSansSC-" in names.pop()
        program = program_of(font)
        assert program[:4] == b"\x00\x01\x00\x00"
        assert len(program) < 100_000 or made is REPORTS[2]


@pytest.mark.parametrize("made", REPORTS, ids=["en", "zh", "many"])
def test_a_font_has_the_glyphs_of_the_characters_that_it_writes_and_no_more(
    made: AuditReport,
) -> None:
    with pymupdf.open(stream=render(made, open_jpeg), filetype="pdf") as document:
        spans = [
            span
            for page in document
            for block in page.get_text("dict", flags=0)["blocks"]
            for line in block["lines"]
            for span in line["spans"]
        ]
    for name, font in fonts_of(made).items():
        written = {sign for span in spans if span["font"] == name[1:] for sign in span["text"]}
        program = sound(program_of(font))
        assert len(program.getGlyphOrder()) == program["maxp"].numGlyphs == len(written) + 1
        (_, widths) = font["/DescendantFonts"][0].get_object()["/W"]
        assert len(widths) == len(written)


def test_more_characters_than_a_byte_can_number_are_drawn_in_one_font() -> None:
    made = report(review_notes=(CHINESE,))
    assert len(fonts_of(made)) <= 4
    assert CHINESE in "".join(text_of(made).split())


def faces() -> list[Typeface]:
    latin = [typeface(weight, "a") for weight in (REGULAR, BOLD)]
    rarer = [rare(name, REGULAR) for name in fonts() if name != "NotoSansSC"]
    return [*latin, *map(chinese, (REGULAR, BOLD)), *rarer]


@pytest.mark.parametrize("face", faces(), ids=lambda face: str(face.name))
def test_a_cut_holds_the_very_outlines_and_widths_of_the_font(face: Typeface) -> None:
    signs = "".join(sorted(face.widths.keys() - {"\xa0", "\uffff"})[::500])
    whole = TTFont(FOLDER / f"{face.name}.ttf")
    names, part = whole.getBestCmap(), sound(cut(face.face, signs))
    for number, sign in enumerate(signs, start=1):
        name, original = part.getGlyphName(number), names[ord(sign)]
        assert part["hmtx"][name] == whole["hmtx"][original]
        assert part["glyf"][name] == whole["glyf"][original]
        assert face.widths[sign] * 1000 == pytest.approx(whole["hmtx"][original][0])
    assert part["glyf"][".notdef"] == whole["glyf"][".notdef"]


@pytest.mark.parametrize("face", faces(), ids=lambda face: str(face.name))
def test_the_fonts_are_as_a_cut_takes_them(face: Typeface) -> None:
    """A glyph that is made of others would lose them, and instructions their tables."""
    font, outlines = TTFont(FOLDER / f"{face.name}.ttf"), face.face.get_table("glyf")
    heads = [outlines[start] for start, end in pairwise(face.face.glyphPos) if start < end]
    assert len(heads) > 500
    assert max(heads) < 0x80  # the count of contours is negative where a glyph is made of others
    assert not {"fpgm", "prep", "cvt "} & set(font.keys())
    assert font["head"].unitsPerEm == 1000


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_a_text_that_the_latin_cut_holds_is_set_in_it_and_every_other_in_the_chinese(
    weight: str,
) -> None:
    wide, narrow = chinese(weight), typeface(weight, "")
    for sign in wide.widths.keys() | narrow.widths.keys():
        if clean(sign) == sign:
            expected = narrow if sign in narrow.widths else wide
            assert typeface(weight, f"a{sign}").name == expected.name, sign

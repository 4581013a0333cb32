"""The fonts that a document carries: the signs that it writes and no others.

Each is a composite font (ISO 32000-1, 9.7) whose signs are numbered as they come, two bytes for
one: a text of any script is written in one font, and a number is the place of its glyph in the font
program.  A sign is a character or several that one glyph draws (`glyphs/signs.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFDocument
from reportlab.pdfbase.ttfonts import TTFontFace

from audit_api.glyphs.signs import character
from audit_api.pdf.painting.cut import cut
from audit_api.pdf.painting.objects import packed, put
from audit_api.typography.fonts import Typeface

_SUBSET = "AAAAAA+"
# What the glyph for what is missing says.
_NOTHING = "\ufffd"
_SYSTEM = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
# So many numbers have the same first byte, as those of one range must.
_RANGE = 256
_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{count} beginbfrange
{ranges}
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class Numbers(dict[str, str]):
    """The number of each sign in one font of a document, as four hexadecimal digits; a sign that is
    new takes the next.  0 is the glyph for what is missing."""

    def __init__(self, face: Typeface) -> None:
        self.face = face

    def __missing__(self, sign: str) -> str:
        number = self[sign] = f"{len(self) + 1:04x}"
        return number


class DocumentFonts:
    """The fonts of one document, each under its name."""

    def __init__(self) -> None:
        self._fonts: dict[str, Numbers] = {}

    def numbers(self, face: Typeface) -> Numbers:
        """The numbers that the document's texts in `face` are written with."""
        if face.name not in self._fonts:
            self._fonts[face.name] = Numbers(face)
        return self._fonts[face.name]

    def embed(self, document: PDFDocument) -> None:
        """Put the fonts into the document, once all of its text is written."""
        fonts = [
            f"/{name} {_composite(document, numbers.face, list(numbers))}"
            for name, numbers in self._fonts.items()
        ]
        put(document, BasicFonts, f"<< {' '.join(fonts)} >>".encode())


def _composite(document: PDFDocument, face: Typeface, signs: Sequence[str]) -> str:
    name, characters = f"{_SUBSET}{face.name}", "".join(map(character, signs))
    program = cut(face.face, characters)
    carried = put(document, f"{name} program", packed(program, f"/Length1 {len(program)}"))
    described = f"{_descriptor(face.face)} /FontName /{name} /FontFile2 {carried} >>"
    descriptor = put(document, f"{name} descriptor", described.encode())
    widths = " ".join([_width(face, sign) for sign in characters])
    glyphs = put(
        document,
        f"{name} glyphs",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo {_SYSTEM} "
        f"/FontDescriptor {descriptor} /CIDToGIDMap /Identity /W [1 [{widths}]] >>".encode(),
    )
    unicode = put(document, f"{name} unicode", packed(_unicode(signs).encode()))
    return put(
        document,
        name,
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{glyphs}] /ToUnicode {unicode} >>".encode(),
    )


@cache
def _descriptor(face: TTFontFace) -> str:
    """What a reader is told of the whole font; without its end."""
    box = " ".join(f"{edge:g}" for edge in face.bbox)
    return (
        f"<< /Type /FontDescriptor /Flags {face.flags} /FontBBox [{box}] "
        f"/Ascent {face.ascent:g} /Descent {face.descent:g} /CapHeight {face.capHeight:g} "
        f"/ItalicAngle {face.italicAngle:g} /StemV {face.stemV:g}"
    )


# Most signs of a document come back in the next.
@lru_cache(16_384)
def _width(face: Typeface, sign: str) -> str:
    return f"{face.widths[sign] * 1000:g}"


@lru_cache(16_384)
def _code(sign: str) -> str:
    return f"<{sign.encode('utf-16-be').hex()}>"


def _unicode(signs: Sequence[str]) -> str:
    """What was typed by the numbers of the signs, for whoever searches and copies: a picture of
    several characters is all of them, with those that nobody sees."""
    codes = [*map(_code, (_NOTHING, *signs))]
    ranges = [
        f"<{first:04x}> <{first + len(part) - 1:04x}> [{''.join(part)}]"
        for first in range(0, len(codes), _RANGE)
        for part in [codes[first : first + _RANGE]]
    ]
    return _UNICODE.format(count=len(ranges), ranges="\n".join(ranges))

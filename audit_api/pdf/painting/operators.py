"""Marks as the operators of a PDF page (ISO 32000-1, annex A).

reportlab can write them too, one call and several formatted numbers for each; written here, a
page of text costs a third of that.  Two decimals of a point are finer than any printer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from audit_api.drawing.marks import Box, Shape, Words
from audit_api.drawing.styles import Style
from audit_api.pdf.fonts import Typeface, runs, typeface
from audit_api.pdf.page import Picture
from audit_api.pdf.painting.embedding import DocumentFonts
from audit_api.pdf.painting.photos import DocumentPhotos

_ROUND_JOIN = "1 j"

# How far a curve's handle stays from the corner for a quarter circle of radius 1.
_QUARTER = 1 - 0.5523

# How wide a stroke makes a regular font as dark as a bold one, of the text's size.
_STROKE = 0.03


def boxes(marks: Sequence[Box], height: float) -> Iterator[str]:
    """Filled rectangles, on a paper of this height."""
    for box in marks:
        yield f"{_numbers(box.fill)} rg"
        if box.radius:
            yield f"{_rounded(box, height)} f"
        else:
            bottom = height - box.y - box.height
            yield f"{box.x:.2f} {bottom:.2f} {box.width:.2f} {box.height:.2f} re f"


def _rounded(box: Box, height: float) -> str:
    """The outline of a rectangle whose corners are quarter circles, anticlockwise."""
    radius, pull = box.radius, box.radius * _QUARTER
    left, right = box.x, box.x + box.width
    bottom, top = height - box.y - box.height, height - box.y
    outline: tuple[tuple[str, tuple[float, ...]], ...] = (
        ("m", (left + radius, bottom)),
        ("l", (right - radius, bottom)),
        ("c", (right - pull, bottom, right, bottom + pull, right, bottom + radius)),
        ("l", (right, top - radius)),
        ("c", (right, top - pull, right - pull, top, right - radius, top)),
        ("l", (left + radius, top)),
        ("c", (left + pull, top, left, top - pull, left, top - radius)),
        ("l", (left, bottom + radius)),
        ("c", (left, bottom + pull, left + pull, bottom, left + radius, bottom)),
    )
    return " ".join(
        f"{' '.join(f'{value:.2f}' for value in values)} {name}" for name, values in outline
    )


def shapes(marks: Sequence[Shape], height: float) -> Iterator[str]:
    """Filled polygons and open lines."""
    for shape in marks:
        points = [f"{x:.2f} {height - y:.2f}" for x, y in shape.points]
        path = f"{points[0]} m {' l '.join(points[1:])} l"
        if shape.stroke:
            dash = _numbers(shape.dash) if shape.dash else ""
            yield f"{_numbers(shape.colour)} RG {shape.stroke} w {_ROUND_JOIN} [{dash}] 0 d"
            yield f"{path} S"
        else:
            yield f"{_numbers(shape.colour)} rg {path} h f"


def pictures(marks: Sequence[Picture], photos: DocumentPhotos, height: float) -> Iterator[str]:
    """Photos, each stretched over its place."""
    for x, y, width, high, photo in marks:
        bottom = height - y - high
        yield f"q {width:.2f} 0 0 {high:.2f} {x:.2f} {bottom:.2f} cm /{photos.name(photo)} Do Q"


def words(marks: Sequence[Words], fonts: DocumentFonts, height: float) -> Iterator[str]:
    """All of a page's text in one text object, its characters by the numbers that they have in
    the fonts of the document."""
    yield "BT"
    font = colour = None
    for x, y, text, style in marks:
        if colour != style.colour:
            colour = style.colour
            yield f"{_numbers(colour)} rg"
        main = typeface(style.weight, text)
        place = f"1 0 0 1 {x:.2f} {height - y:.2f} Tm "
        for face, run in ((main, text),) if _draws(main, text) else runs(text, main):
            if font != (face.name, style.size):
                font = face.name, style.size
                yield f"/{face.name} {style.size} Tf"
            digits = "".join(map(fonts.numbers(face).__getitem__, run))
            yield f"{place}{_bolder(digits, style) if face.thin else f'<{digits}> Tj'}"
            place = ""
    yield "ET"


# Most lines of a document come back in the next.
@lru_cache(8192)
def _draws(face: Typeface, text: str) -> bool:
    """Whether a font has every character of a text, none of which are then drawn as one."""
    return face.widths.keys() >= set(text)


def _bolder(digits: str, style: Style) -> str:
    """Text filled and stroked, as bold as the bold font beside it."""
    colour, width = _numbers(style.colour), style.size * _STROKE
    return f"{colour} RG {width:.3f} w 2 Tr <{digits}> Tj 0 Tr"


@cache
def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:.3g}" for value in values)

"""Marks as the operators of a PDF page (ISO 32000-1, annex A).

reportlab can write them too, one call and several formatted numbers for each; written here, a
page of text costs a third of that.  Two decimals of a point are finer than any printer.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from audit_api.drawing.marks import Box, Shape, Words
from audit_api.drawing.styles import Style
from audit_api.pdf.page import Picture
from audit_api.pdf.painting.embedding import DocumentFonts
from audit_api.pdf.painting.languages import alone, spoken
from audit_api.pdf.painting.photos import DocumentPhotos
from audit_api.pdf.painting.tags import END, DocumentTags
from audit_api.pdf.structure import Element
from audit_api.typography.fonts import Typeface, runs, typeface
from audit_api.typography.text import is_wide

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


def picture(mark: Picture, photos: DocumentPhotos, height: float) -> str:
    """A photo, stretched over its place."""
    bottom = height - mark.y - mark.height
    place = f"{mark.width:.2f} 0 0 {mark.height:.2f} {mark.x:.2f} {bottom:.2f}"
    return f"q {place} cm /{photos.name(mark.photo)} Do Q"


def parts(
    said: Iterable[tuple[Element, Sequence[Words]]],
    figures: Mapping[Element, Iterable[str]],
    after: Container[Element],
    fonts: DocumentFonts,
    tags: DocumentTags,
    height: float,
) -> list[str]:
    """All of a page's text, part by part, its characters by the numbers that they have in the
    fonts of the document; of a figure, what is drawn first.  `after` are the parts of the next
    page."""
    lines = ["BT"]
    put = lines.append
    font = colour = None
    for element, marks in said:
        if element in figures:
            lines += ("ET", tags.begin(element), *figures[element], END, "BT")
        open_in = None
        for (x, y, _, style, _), text in zip(marks, _apart(marks, element in after), strict=True):
            if colour != style.colour:
                colour = style.colour
                put(f"{_numbers(colour)} rg")
            place = f"1 0 0 1 {x:.2f} {height - y:.2f} Tm "
            for face, run, language in _runs(text, style.weight, tags.language):
                if language != open_in:
                    if open_in is not None:
                        put(END)
                    open_in = language
                    put(tags.begin(element, language))
                if font != (face.name, style.size):
                    font = face.name, style.size
                    put(f"/{face.name} {style.size} Tf")
                digits = "".join(map(fonts.numbers(face).__getitem__, run))
                put(f"{place}{_bolder(digits, style) if face.thin else f'<{digits}> Tj'}")
                place = ""
        if marks:
            put(END)
    put("ET")
    return lines


def _apart(marks: Sequence[Words], goes_on: bool) -> Sequence[str]:
    """The texts of a part, with the blanks that its lines and columns stand for; it `goes_on` where
    the next page has more of it."""
    if len(marks) == 1 and not goes_on:
        return (marks[0].text,)
    texts = [mark.text for mark in marks]
    for place, (one, two) in enumerate(pairwise(texts)):
        if not (is_wide(one[-1]) and is_wide(two[0])):
            texts[place] = f"{one} "
    if goes_on and texts and not is_wide(texts[-1][-1]):
        texts[-1] = f"{texts[-1]} "
    return texts


# Most lines of a document come back in the next.
@lru_cache(8192)
def _runs(text: str, weight: str, language: str) -> Sequence[tuple[Typeface, Sequence[str], str]]:
    """What one font draws, and one voice says, after the other."""
    main = typeface(weight, text)
    if main.widths.keys() >= set(text):
        return [(main, part, own) for part, own in spoken(text, language)]
    own = alone(text, language)
    return [(face, run, own) for face, run in runs(text, main)]


def _bolder(digits: str, style: Style) -> str:
    """Text filled and stroked, as bold as the bold font beside it."""
    colour, width = _numbers(style.colour), style.size * _STROKE
    return f"{colour} RG {width:.3f} w 2 Tr <{digits}> Tj 0 Tr"


@cache
def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:.3g}" for value in values)

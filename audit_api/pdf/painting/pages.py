"""Pages of marks as the operators that paint them, part by part."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFDocument

from audit_api.drawing.colours import WHITE
from audit_api.drawing.marks import Box, Words
from audit_api.pdf.look import Sheet
from audit_api.pdf.page import Page
from audit_api.pdf.painting import operators
from audit_api.pdf.painting.embedding import DocumentFonts
from audit_api.pdf.painting.objects import packed, put, reference
from audit_api.pdf.painting.photos import DocumentPhotos
from audit_api.pdf.painting.tags import END, GROUND, DocumentTags
from audit_api.pdf.structure import Element

PAGES = "pages"
"""What the object is called that holds the pages of a document."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the pages of a document share."""

    fonts: DocumentFonts
    photos: DocumentPhotos
    tags: DocumentTags


def put_pages(
    document: PDFDocument, pages: Sequence[Page], sheet: Sheet, shared: Shared
) -> list[str]:
    """Put the pages into the document, and return the references to them."""
    following = [{element for _, element in page.parts} for page in pages[1:]]
    found = [
        _page(document, page, after, sheet, shared)
        for page, after in zip(pages, (*following, ()), strict=True)
    ]
    members = f"/Type /Pages /Count {len(found)} /Kids [{' '.join(found)}]"
    put(document, PAGES, f"<< {members} >>".encode())
    return found


def _page(
    document: PDFDocument, page: Page, after: Container[Element], sheet: Sheet, shared: Shared
) -> str:
    """Put a page behind those before it, and return the reference to it."""
    number = shared.tags.turn()
    operations = "\n".join(_lines(page, after, sheet, shared))
    content = put(document, f"page {number} content", packed(operations.encode()))
    names = dict.fromkeys(shared.photos.name(each.photo) for each in page.pictures)
    shown = " ".join(f"/{each} {reference(document, each)}" for each in names)
    members = (
        f"/Type /Page /Parent {reference(document, PAGES)} /StructParents {number} /Tabs /S",
        f"/MediaBox [0 0 {sheet.width} {sheet.height}] /Contents {content}",
        f"/Resources << /Font {reference(document, BasicFonts)} /XObject << {shown} >> >>",
    )
    return put(document, f"page {number}", f"<< {' '.join(members)} >>".encode())


def _lines(page: Page, after: Container[Element], sheet: Sheet, shared: Shared) -> Iterator[str]:
    """The operators of a page, `after` which come these parts."""
    figures = _figures(page, sheet, shared)
    return chain(
        [f"1 0 0 1 {sheet.margin:.2f} 0 cm"] if sheet.margin else [],
        _ground(page, sheet),
        operators.parts(_said(page), figures, after, shared.fonts, shared.tags, sheet.height),
    )


def _ground(page: Page, sheet: Sheet) -> Iterator[str]:
    """The boxes and shapes that belong to no figure."""
    boxes, shapes = page.boxes, page.shapes
    if page.figures:
        boxes, shapes = boxes.copy(), shapes.copy()
        for figure in reversed(page.figures):
            del boxes[figure.boxes], shapes[figure.shapes]
    yield GROUND
    yield from operators.boxes(boxes, sheet.height)
    yield from operators.shapes(shapes, sheet.height)
    yield END


def _figures(page: Page, sheet: Sheet, shared: Shared) -> dict[Element, Iterable[str]]:
    """What is drawn of each figure."""
    found: dict[Element, Iterable[str]] = {}
    for figure in page.figures:
        shared.tags.frame(figure.element, _stands(figure.frame, sheet))
        boxes, shapes = page.boxes[figure.boxes], page.shapes[figure.shapes]
        found[figure.element] = chain(
            operators.boxes(boxes, sheet.height), operators.shapes(shapes, sheet.height)
        )
    for picture in page.pictures:
        frame = Box(picture.x, picture.y, picture.width, picture.height, WHITE)
        shared.tags.frame(picture.figure, _stands(frame, sheet))
        found[picture.figure] = [operators.picture(picture, shared.photos, sheet.height)]
    return found


def _said(page: Page) -> Iterable[tuple[Element, Sequence[Words]]]:
    """The words of each part, in the order in which the parts begin."""
    found: dict[Element, list[Words]] = {}
    ends = [start for start, _ in page.parts[1:]]
    for (start, element), end in zip(page.parts, (*ends, len(page.words)), strict=True):
        if element in found:
            found[element] += page.words[start:end]
        else:
            found[element] = page.words[start:end]
    return found.items()


def _stands(box: Box, sheet: Sheet) -> Box:
    """A frame on the paper, from its lower left corner."""
    return box._replace(x=box.x + sheet.margin, y=sheet.height - box.y - box.height)

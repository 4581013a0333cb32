"""Pages of marks made into the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFDocument, PDFObjectReference

from audit_api.drawing.colours import WHITE
from audit_api.drawing.marks import Box, Words
from audit_api.pdf.look import Sheet
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.painting import operators
from audit_api.pdf.painting.colours import srgb
from audit_api.pdf.painting.embedding import DocumentFonts
from audit_api.pdf.painting.file import file
from audit_api.pdf.painting.metadata import packet
from audit_api.pdf.painting.objects import packed, put, reference, stream
from audit_api.pdf.painting.outline import outline
from audit_api.pdf.painting.photos import DocumentPhotos
from audit_api.pdf.painting.tags import END, GROUND, DocumentTags, tree
from audit_api.pdf.structure import Element
from audit_api.pdf.text import one_line

_INTENTS = (
    "[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
    "/Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} >>]"
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a reader shows under "document properties"; `made` is the day it speaks of, not the
    day of printing, so that the same report is the same bytes for ever."""

    title: str
    subject: str
    author: str
    language: str
    made: date


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the pages of a document share."""

    fonts: DocumentFonts
    photos: DocumentPhotos
    tags: DocumentTags


def paint(flow: Flow, properties: Properties) -> bytes:
    """The PDF of these pages: the same pages and properties give the same bytes."""
    document = _document(properties)
    parts = _Parts(
        DocumentFonts(), DocumentPhotos(document), DocumentTags(one_line(properties.language))
    )
    pages = [
        _page(document, number, page, flow.sheet, parts) for number, page in enumerate(flow.pages)
    ]
    parts.fonts.embed(document)
    catalog = document.Catalog
    catalog.Outlines = outline(document, flow.outline, pages, flow.sheet.height)
    catalog.StructTreeRoot = tree(document, flow.structure.root, parts.tags, pages)
    catalog.Metadata = _metadata(document, properties, archive=parts.photos.in_srgb)
    document.info.digest(document.signature)
    return file(document)


def _document(properties: Properties) -> PDFDocument:
    document = PDFDocument(invariant=1, lang=one_line(properties.language))
    document.setTitle(one_line(properties.title))
    document.setSubject(one_line(properties.subject))
    document.setAuthor(one_line(properties.author))
    document.setCreator(one_line(properties.author))
    document.setDateFormatter(lambda *_: f"D:{properties.made:%Y%m%d}")
    document.Catalog.ViewerPreferences = b"<< /DisplayDocTitle true >>"
    document.Catalog.MarkInfo = b"<< /Marked true >>"
    document.Catalog.__NoDefault__ = (*document.Catalog.__NoDefault__, "OutputIntents")
    profile = put(document, "colours", _profile())
    document.Catalog.OutputIntents = _INTENTS.format(profile=profile).encode()
    return document


@cache
def _profile() -> bytes:
    return packed(srgb(), "/N 3")


def _metadata(document: PDFDocument, properties: Properties, *, archive: bool) -> str:
    """Put what the properties say as XMP; return the reference to it."""
    told = packet(
        archive=archive,
        title=document.info.title,
        author=document.info.author,
        subject=document.info.subject,
        language=one_line(properties.language),
        producer=document.info.producer,
        made=properties.made.isoformat(),
    )
    return put(document, "metadata", stream(told, "/Type /Metadata /Subtype /XML"))


def _page(document: PDFDocument, number: int, page: Page, sheet: Sheet, parts: _Parts) -> str:
    """Put a page into the document, and return the reference to it."""
    name = f"page {number}"
    content = put(
        document, f"{name} content", packed("\n".join(_lines(page, sheet, parts)).encode())
    )
    names = dict.fromkeys(parts.photos.name(each.photo) for each in page.pictures)
    shown = " ".join(f"/{each} {reference(document, each)}" for each in names)
    members = (
        f"/StructParents {number} /Tabs /S",
        f"/Type /Page /Parent {document.Reference(document.Pages).format(document).decode()}",
        f"/MediaBox [0 0 {sheet.width} {sheet.height}] /Contents {content}",
        f"/Resources << /Font {reference(document, BasicFonts)} /XObject << {shown} >> >>",
    )
    found = put(document, name, f"<< {' '.join(members)} >>".encode())
    document.Pages.addPage(PDFObjectReference(name))
    return found


def _lines(page: Page, sheet: Sheet, parts: _Parts) -> Iterator[str]:
    """The operators of a page."""
    parts.tags.turn()
    figures = _figures(page, sheet, parts)
    return chain(
        [f"1 0 0 1 {sheet.margin:.2f} 0 cm"] if sheet.margin else [],
        _ground(page, sheet),
        operators.parts(_said(page), figures, parts.fonts, parts.tags, sheet.height),
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


def _figures(page: Page, sheet: Sheet, parts: _Parts) -> dict[Element, Iterable[str]]:
    """What is drawn of each figure."""
    found: dict[Element, Iterable[str]] = {}
    for figure in page.figures:
        parts.tags.frame(figure.element, _stands(figure.frame, sheet))
        boxes, shapes = page.boxes[figure.boxes], page.shapes[figure.shapes]
        found[figure.element] = chain(
            operators.boxes(boxes, sheet.height), operators.shapes(shapes, sheet.height)
        )
    for picture in page.pictures:
        frame = Box(picture.x, picture.y, picture.width, picture.height, WHITE)
        parts.tags.frame(picture.figure, _stands(frame, sheet))
        found[picture.figure] = [operators.picture(picture, parts.photos, sheet.height)]
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

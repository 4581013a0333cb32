"""Pages of marks made into the bytes of a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFDocument, PDFObjectReference

from audit_api.pdf.look import Sheet
from audit_api.pdf.page import Flow, Page
from audit_api.pdf.painting import operators
from audit_api.pdf.painting.embedding import DocumentFonts
from audit_api.pdf.painting.objects import packed, put, reference
from audit_api.pdf.painting.outline import outline
from audit_api.pdf.painting.photos import DocumentPhotos
from audit_api.pdf.text import one_line


@dataclass(frozen=True, slots=True)
class Properties:
    """What a reader shows under "document properties"; `made` is the day it speaks of, not the
    day of printing, so that the same report is the same bytes for ever."""

    title: str
    subject: str
    author: str
    language: str
    made: date


def paint(flow: Flow, properties: Properties) -> bytes:
    """The PDF of these pages: the same pages and properties give the same bytes."""
    document = _document(properties)
    fonts, photos = DocumentFonts(), DocumentPhotos(document)
    pages = [
        _page(document, f"page {number}", page, flow.sheet, fonts, photos)
        for number, page in enumerate(flow.pages)
    ]
    fonts.embed(document)
    document.Catalog.Outlines = outline(document, flow.outline, pages, flow.sheet.height)
    document.info.digest(document.signature)
    made: bytes = document.format()
    return made


def _document(properties: Properties) -> PDFDocument:
    document = PDFDocument(invariant=1, lang=one_line(properties.language))
    document.setTitle(one_line(properties.title))
    document.setSubject(one_line(properties.subject))
    document.setAuthor(one_line(properties.author))
    document.setCreator(one_line(properties.author))
    document.setDateFormatter(lambda *_: f"D:{properties.made:%Y%m%d}")
    document.Catalog.ViewerPreferences = b"<< /DisplayDocTitle true >>"
    return document


def _page(
    document: PDFDocument,
    name: str,
    page: Page,
    sheet: Sheet,
    fonts: DocumentFonts,
    photos: DocumentPhotos,
) -> str:
    """Put a page into the document, and return the reference to it."""
    lines = chain(
        [f"1 0 0 1 {sheet.margin:.2f} 0 cm"] if sheet.margin else [],
        operators.boxes(page.boxes, sheet.height),
        operators.shapes(page.shapes, sheet.height),
        operators.pictures(page.pictures, photos, sheet.height),
        operators.words(page.words, fonts, sheet.height),
    )
    content = put(document, f"{name} content", packed("\n".join(lines).encode()))
    names = dict.fromkeys(photos.name(each.photo) for each in page.pictures)
    shown = " ".join(f"/{each} {reference(document, each)}" for each in names)
    members = (
        f"/Type /Page /Parent {document.Reference(document.Pages).format(document).decode()}",
        f"/MediaBox [0 0 {sheet.width} {sheet.height}] /Contents {content}",
        f"/Resources << /Font {reference(document, BasicFonts)} /XObject << {shown} >> >>",
    )
    found = put(document, name, f"<< {' '.join(members)} >>".encode())
    document.Pages.addPage(PDFObjectReference(name))
    return found

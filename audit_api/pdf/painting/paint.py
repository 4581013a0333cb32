"""Pages of marks made into the bytes of a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from reportlab.pdfbase.pdfdoc import PDFDocument

from audit_api.pdf.page import Flow
from audit_api.pdf.painting.colours import srgb
from audit_api.pdf.painting.embedding import DocumentFonts
from audit_api.pdf.painting.file import file
from audit_api.pdf.painting.metadata import Metadata
from audit_api.pdf.painting.objects import packed, put, reference, stream, string
from audit_api.pdf.painting.outline import outline
from audit_api.pdf.painting.pages import PAGES, Shared, put_pages
from audit_api.pdf.painting.photos import DocumentPhotos
from audit_api.pdf.painting.tags import DocumentTags, tree
from audit_api.typography.text import one_line


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
    document, metadata = PDFDocument(invariant=1), _metadata(properties)
    shared = Shared(DocumentFonts(), DocumentPhotos(document), DocumentTags(metadata.language))
    pages = put_pages(document, flow.pages, flow.sheet, shared)
    put(
        document,
        PAGES,
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(pages)}] >>".encode(),
    )
    shared.fonts.embed(document)
    marks = outline(document, flow.outline, pages, flow.sheet.height)
    structure = tree(document, flow.structure.root, shared.tags, pages)
    xmp = stream(metadata.xmp(archive=shared.photos.in_srgb), "/Type /Metadata /Subtype /XML")
    members = (
        f"/Type /Catalog /Pages {reference(document, PAGES)} /Lang {string(metadata.language)}",
        f"/Outlines {marks} /ViewerPreferences << /DisplayDocTitle true >>",
        f"/MarkInfo << /Marked true >> /StructTreeRoot {structure}",
        f"/Metadata {put(document, 'metadata', xmp)} /OutputIntents [{_intent(document)}]",
    )
    root = put(document, "catalog", f"<< {' '.join(members)} >>".encode())
    information = put(document, "information", metadata.information().encode())
    return file(document, root, information)


def _metadata(properties: Properties) -> Metadata:
    return Metadata(
        title=one_line(properties.title),
        subject=one_line(properties.subject),
        author=one_line(properties.author),
        language=one_line(properties.language),
        made=properties.made,
    )


def _intent(document: PDFDocument) -> str:
    """What the colours of the document are meant as."""
    return (
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
        f"/Info (sRGB IEC61966-2.1) /DestOutputProfile {put(document, 'colours', _profile())} >>"
    )


@cache
def _profile() -> bytes:
    return packed(srgb(), "/N 3")

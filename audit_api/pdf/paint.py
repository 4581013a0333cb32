"""Pages of marks made into the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from audit_api.drawing.styles import REGULAR
from audit_api.pdf import look, operators
from audit_api.pdf.embedding import DocumentFonts
from audit_api.pdf.fonts import typeface
from audit_api.pdf.page import Flow, Mark, Page
from audit_api.pdf.photo import EmbeddedJpeg, Photo
from audit_api.pdf.text import clean

# Process-wide, like all of reportlab's settings: without it every stream is written as ASCII,
# a quarter longer and several times slower.
rl_config.useA85 = 0


@dataclass(frozen=True, slots=True)
class Properties:
    """What a reader shows under "document properties"; `made` is the day it speaks of, not the
    day of printing, so that the same report is the same bytes for ever."""

    title: str
    subject: str
    author: str
    language: str
    made: date


class Embedded:
    """The photos of one document, each told from the others by being itself: a photo that is
    drawn twice goes in once."""

    def __init__(self) -> None:
        self._known: dict[int, EmbeddedJpeg] = {}

    def __getitem__(self, photo: Photo) -> EmbeddedJpeg:
        if id(photo) not in self._known:
            self._known[id(photo)] = EmbeddedJpeg(photo, len(self._known))
        return self._known[id(photo)]


def paint(flow: Flow, properties: Properties) -> bytes:
    """The PDF of these pages: the same pages and properties give the same bytes."""
    target = BytesIO()
    canvas, embedded, fonts = _canvas(target, properties), Embedded(), DocumentFonts()
    for number, page in enumerate(flow.pages):
        _page(canvas, page, embedded, fonts)
        for index, mark in enumerate(flow.outline):
            if mark.page == number:
                _outline(canvas, mark, f"mark-{index}")
        canvas.showPage()
    fonts.embed(canvas._doc)
    canvas.save()
    return target.getvalue()


def _canvas(target: BytesIO, properties: Properties) -> Canvas:
    canvas = Canvas(
        target,
        pagesize=(look.PAPER_WIDTH, look.PAPER_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=typeface(REGULAR, "").name,
        lang=_one_line(properties.language),
    )
    canvas.setTitle(_one_line(properties.title))
    canvas.setSubject(_one_line(properties.subject))
    canvas.setAuthor(_one_line(properties.author))
    canvas.setCreator(_one_line(properties.author))
    canvas.setDateFormatter(lambda *_: f"D:{properties.made:%Y%m%d}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _page(canvas: Canvas, page: Page, embedded: Embedded, fonts: DocumentFonts) -> None:
    _write(canvas, operators.boxes(page.boxes))
    _write(canvas, operators.shapes(page.shapes))
    for picture in page.pictures:
        bottom = look.PAPER_HEIGHT - picture.y - picture.height
        photo = embedded[picture.photo]
        canvas.drawImage(photo, picture.x, bottom, picture.width, picture.height)
    _write(canvas, operators.words(page.words, fonts))


def _write(canvas: Canvas, lines: Iterable[str]) -> None:
    canvas.addLiteral("\n".join(lines))


def _outline(canvas: Canvas, mark: Mark, key: str) -> None:
    canvas.bookmarkHorizontal(key, 0, look.PAPER_HEIGHT - mark.y)
    canvas.addOutlineEntry(_one_line(mark.title), key, level=mark.level)


def _one_line(text: str) -> str:
    return " ".join(clean(text, 300).split())

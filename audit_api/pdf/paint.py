"""Pages of marks made into the bytes of a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from audit_api.pdf import look
from audit_api.pdf.fonts import REGULAR, typeface
from audit_api.pdf.page import Box, Flow, Mark, Page, Picture, Words
from audit_api.pdf.photo import EmbeddedJpeg
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


def paint(flow: Flow, properties: Properties) -> bytes:
    """The PDF of these pages: the same pages and properties give the same bytes."""
    target = BytesIO()
    canvas = _canvas(target, properties)
    for number, page in enumerate(flow.pages):
        _page(canvas, page)
        for index, mark in enumerate(flow.outline):
            if mark.page == number:
                _outline(canvas, mark, f"mark-{index}")
        canvas.showPage()
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


def _page(canvas: Canvas, page: Page) -> None:
    for box in page.boxes:
        _box(canvas, box)
    for picture in page.pictures:
        _picture(canvas, picture)
    _words(canvas, page.words)


def _box(canvas: Canvas, box: Box) -> None:
    canvas.setFillColor(box.fill)
    bottom = look.PAPER_HEIGHT - box.y - box.height
    if box.radius:
        canvas.roundRect(box.x, bottom, box.width, box.height, box.radius, stroke=0, fill=1)
    else:
        canvas.rect(box.x, bottom, box.width, box.height, stroke=0, fill=1)


def _picture(canvas: Canvas, picture: Picture) -> None:
    bottom = look.PAPER_HEIGHT - picture.y - picture.height
    canvas.drawImage(EmbeddedJpeg(picture.photo), picture.x, bottom, picture.width, picture.height)


def _words(canvas: Canvas, words: list[Words]) -> None:
    """All of a page's text in one text object: opening one per line costs most of the time."""
    text = canvas.beginText()
    font = colour = None
    for each in words:
        if font != (each.font, each.style.size):
            font = each.font, each.style.size
            text.setFont(*font)
        if colour != each.style.colour:
            colour = each.style.colour
            text.setFillColor(colour)
        text.setTextOrigin(each.x, look.PAPER_HEIGHT - each.y)
        text.textOut(each.text)
    canvas.drawText(text)


def _outline(canvas: Canvas, mark: Mark, key: str) -> None:
    canvas.bookmarkHorizontal(key, 0, look.PAPER_HEIGHT - mark.y)
    canvas.addOutlineEntry(_one_line(mark.title), key, level=mark.level)


def _one_line(text: str) -> str:
    return " ".join(clean(text, 300).split())

"""The flow of a document: marks put on pages from top to bottom, before any PDF is written.

Distances are points from the paper's top left corner.  A page is lists, painted in this order:
boxes, shapes, pictures, texts.  Every text passes through `audit_api.pdf.text` on its way in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from audit_api.drawing import colours, lettering
from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.lettering import Align, Block, Column, line, lines
from audit_api.drawing.marks import Box, Drawing, Table
from audit_api.drawing.styles import Style
from audit_api.pdf import look
from audit_api.pdf.look import Sheet
from audit_api.pdf.photo import Photo
from audit_api.pdf.text import FONTS
from audit_api.rules.papers import Paper

_LAST, _SHORT = 3, 120.0
"""So many rows at a table's end stay together, where they are no higher than this."""


class Picture(NamedTuple):
    """A photo and its place."""

    x: float
    y: float
    width: float
    height: float
    photo: Photo


@dataclass(slots=True)
class Page(Drawing):
    """A drawing on paper that holds pictures too, painted below its words."""

    width: float = look.ACROSS
    pictures: list[Picture] = field(default_factory=list)

    def put(
        self, x: float, y: float, text: Text, style: Style, width: float, align: Align = "left"
    ) -> None:
        """One line of text in a column, its line box beginning at `y`; where too wide, cut."""
        self.words += line(text, style, Column(x, width, align), y, FONTS)

    def put_block(
        self, x: float, y: float, block: Block, width: float = 0, align: Align = "left"
    ) -> None:
        """Lines that `Flow.block` has already broken."""
        self.words += lines(block, Column(x, width, align), y, FONTS)


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry of the document's outline: where a reader jumps to."""

    title: str
    page: int
    y: float
    level: int


@dataclass(slots=True)
class Flow:
    """The pages so far and how far down the last one is filled (`y`).

    `on_new_page` draws what a table repeats at the head of each page it runs over.  `accent` is
    the colour of heads and headings; charts keep those that are told apart in grey.
    """

    sheet: Sheet = look.SHEETS[Paper.A4]
    accent: Colour = colours.GOOD
    pages: list[Page] = field(default_factory=lambda: [Page()])
    outline: list[Mark] = field(default_factory=list)
    y: float = look.TOP
    on_new_page: Callable[[], None] | None = None

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def need(self, height: float) -> None:
        """A new page unless so much room is left on this one."""
        if self.y + height > self.sheet.bottom:
            self.pages.append(Page())
            self.y = look.TOP
            if self.on_new_page:
                self.on_new_page()

    def space(self, height: float) -> None:
        self.y += height

    def mark(self, title: Text, level: int = 0) -> None:
        self.outline.append(Mark(joined(title), len(self.pages) - 1, self.y, level))

    def write(
        self, text: Text, style: Style, x: float = look.LEFT, width: float = look.WIDTH
    ) -> None:
        """A paragraph in each language; it runs over as many pages as it takes."""
        for said, own in self.block(text, style, width):
            self.need(own.leading)
            self.page.put_block(x, self.y, [(said, own)])
            self.y += own.leading

    def rule(self, colour: Colour = colours.LINE, height: float = 0.6) -> None:
        self.page.boxes.append(Box(look.LEFT, self.y, look.WIDTH, height, colour))

    def draw(self, drawing: Drawing) -> None:
        """A drawing across the page; the caller has asked for its room."""
        self.page.add(drawing, look.LEFT, self.y)
        self.space(drawing.height)

    def table(self, table: Table) -> None:
        """Rows one below the other, their head again on every page that they run over; no page
        begins with the last of them alone."""
        self.draw(table.head)
        self.on_new_page = partial(self.draw, table.head)
        last = sum(row.height for row in table.rows[-_LAST:])
        for left, row in zip(range(len(table.rows), 0, -1), table.rows, strict=True):
            self.need(last if left == _LAST and last <= _SHORT else row.height)
            self.draw(row)
        self.on_new_page = None

    @staticmethod
    def block(text: Text, style: Style, width: float, most: int | None = None) -> Block:
        """The text broken into lines, at most so many in each language."""
        return lettering.block(text, style, width, FONTS, most)

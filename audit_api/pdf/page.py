"""The flow of a document: marks put on pages from top to bottom, before any PDF is written.

Distances are points from the paper's top left corner.  A page is lists, painted in this order:
boxes, shapes, pictures, texts.  Every text passes through `audit_api.typography.text` on its way
in, and belongs to a part of the document (`audit_api.pdf.structure`); boxes and shapes do in
figures alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from audit_api.drawing import cells, colours, lettering
from audit_api.drawing.cells import Cells
from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import Text, joined
from audit_api.drawing.lettering import Align, Block, Column, line, lines
from audit_api.drawing.marks import Box, Drawing, Table, Words
from audit_api.drawing.styles import Style
from audit_api.pdf import look
from audit_api.pdf.look import Sheet
from audit_api.pdf.photo import Photo
from audit_api.pdf.structure import UNSAID, Element, Structure, Tag
from audit_api.rules.papers import Paper
from audit_api.typography.text import FONTS

_LAST, _SHORT = 3, 120.0
"""So many rows at a table's end stay together, where they are no higher than this."""


class Picture(NamedTuple):
    """A photo and its place; `figure` is the part that it belongs to."""

    x: float
    y: float
    width: float
    height: float
    photo: Photo
    figure: Element = UNSAID


class Figure(NamedTuple):
    """A drawing that one part of the document stands for: its frame, and which of the page's
    boxes and shapes are its own."""

    element: Element
    frame: Box
    boxes: slice
    shapes: slice


@dataclass(slots=True)
class Page(Drawing):
    """A drawing on paper that holds pictures too, painted below its words.

    `parts` are the parts that its words belong to, each from the word of that place on.
    """

    width: float = look.ACROSS
    pictures: list[Picture] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    parts: list[tuple[int, Element]] = field(default_factory=list)
    structure: Structure = field(default_factory=Structure)

    def put(
        self, x: float, y: float, text: Text, style: Style, width: float, align: Align = "left"
    ) -> None:
        """One line of text in a column, its line box beginning at `y`; where too wide, cut."""
        self.say(line(text, style, Column(x, width, align), y, FONTS))

    def put_block(
        self, x: float, y: float, block: Block, width: float = 0, align: Align = "left"
    ) -> None:
        """Lines that `Flow.block` has already broken."""
        self.say(lines(block, Column(x, width, align), y, FONTS))

    def say(self, words: list[Words]) -> None:
        """Words of the part that is open."""
        if words:
            self._turn(self.structure.text())
            self.words += words

    def _turn(self, part: Element) -> None:
        """What follows belongs to this part."""
        if not self.parts or self.parts[-1][1] is not part:
            self.parts.append((len(self.words), part))

    def show(self, x: float, y: float, width: float, height: float, photo: Photo) -> None:
        """A photo, stretched over its place; the part that is open is its figure."""
        self._turn(self.structure.open)
        self.pictures.append(Picture(x, y, width, height, photo, self.structure.open))

    def add(self, other: Drawing, x: float, y: float) -> None:
        """The marks of another drawing, its corner at that place: a figure where it tells what it
        shows, else its words."""
        boxes, shapes = len(self.boxes), len(self.shapes)
        self.boxes += [box.moved(x, y) for box in other.boxes]
        self.shapes += [shape.moved(x, y) for shape in other.shapes]
        words = [one.moved(x, y) for one in other.words]
        if not other.alt or self.structure.open is UNSAID:
            self.say(words)
            return
        with self.structure.part(Tag.FIGURE, other.alt) as element:
            frame = Box(x, y, other.width, other.height, colours.WHITE)
            own = slice(boxes, len(self.boxes)), slice(shapes, len(self.shapes))
            self._turn(element)
            self.figures.append(Figure(element, frame, *own))
            self.say(words)

    def add_row(self, row: Drawing, parted: Cells, x: float, y: float, *, head: bool) -> None:
        """The marks of a table's row, its words cell by cell."""
        self.boxes += [box.moved(x, y) for box in row.boxes]
        self.shapes += [shape.moved(x, y) for shape in row.shapes]
        with self.structure.row():
            for place, words in enumerate(parted.cells):
                with self.structure.cell(place, head=head):
                    self.say([one.moved(x, y) for one in words])
        with self.structure.inside(UNSAID):
            self.say([one.moved(x, y) for one in parted.others])


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
    the colour of heads and headings; charts keep those that are told apart in grey.  `structure`
    is what the pages say, part by part.
    """

    sheet: Sheet = look.SHEETS[Paper.A4]
    accent: Colour = colours.GOOD
    pages: list[Page] = field(default_factory=lambda: [Page()])
    outline: list[Mark] = field(default_factory=list)
    y: float = look.TOP
    on_new_page: Callable[[], None] | None = None
    structure: Structure = field(default_factory=Structure)

    def __post_init__(self) -> None:
        for page in self.pages:
            page.structure = self.structure

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def need(self, height: float) -> None:
        """A new page unless so much room is left on this one."""
        if self.y + height > self.sheet.bottom:
            self.pages.append(Page(structure=self.structure))
            self.y = look.TOP
            if self.on_new_page:
                with self.unsaid():
                    self.on_new_page()

    def space(self, height: float) -> None:
        self.y += height

    def part(self, tag: Tag, alt: Text = "") -> Structure:
        """A new part of the document, to which all belongs that is put while it is open."""
        return self.structure.part(tag, alt)

    def unsaid(self) -> Structure:
        """What is put while this is open is not read out."""
        return self.structure.inside(UNSAID)

    def mark(self, title: Text, level: int = 0) -> None:
        self.outline.append(Mark(joined(title), len(self.pages) - 1, self.y, level))

    def write(
        self, text: Text, style: Style, x: float = look.LEFT, width: float = look.WIDTH
    ) -> None:
        """A paragraph in each language; it runs over as many pages as it takes."""
        with self.structure.paragraph():
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
        columns = cells.columns(table)
        last = sum(row.height for row in table.rows[-_LAST:])
        with self.part(Tag.TABLE):
            if table.head.words:
                self._row(table.head, cells.head(table.head, columns), head=True)
            else:
                self.draw(table.head)
            self.on_new_page = partial(self.draw, table.head)
            for left, row in zip(range(len(table.rows), 0, -1), table.rows, strict=True):
                self.need(last if left == _LAST and last <= _SHORT else row.height)
                self._row(row, cells.row(row, columns))
            self.on_new_page = None

    def _row(self, row: Drawing, parted: Cells, *, head: bool = False) -> None:
        self.page.add_row(row, parted, look.LEFT, self.y, head=head)
        self.space(row.height)

    @staticmethod
    def block(text: Text, style: Style, width: float, most: int | None = None) -> Block:
        """The text broken into lines, at most so many in each language."""
        return lettering.block(text, style, width, FONTS, most)

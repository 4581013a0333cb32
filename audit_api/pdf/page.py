"""The flow of a document: marks put on pages from top to bottom, before any PDF is written.

Distances are points from the paper's top left corner.  A page is lists, painted in this order:
boxes, shapes, pictures, texts.  Every text passes through `audit_api.pdf.text` on its way in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from audit_api.drawing import colours, styles
from audit_api.drawing.colours import Colour
from audit_api.drawing.languages import Text, each, joined
from audit_api.drawing.marks import Box, Shape
from audit_api.drawing.styles import Style
from audit_api.pdf import look
from audit_api.pdf.fonts import typeface
from audit_api.pdf.photo import Photo
from audit_api.pdf.text import fit, measure, wrap

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Picture:
    x: float
    y: float
    width: float
    height: float
    photo: Photo


@dataclass(frozen=True, slots=True)
class Words:
    """A cleaned line of text in a registered font; it begins at `x` on the base line `y`."""

    x: float
    y: float
    text: str
    font: str
    style: Style


Block: TypeAlias = Sequence[tuple[str, Style]]
"""Lines broken to a column's width, each with its style; the second language below the first."""


def height_of(block: Block) -> float:
    return sum(style.leading for _, style in block)


@dataclass(slots=True)
class Page:
    boxes: list[Box] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def put(
        self, x: float, y: float, text: Text, style: Style, width: float, align: Align = "left"
    ) -> float:
        """One line of text in a column, its line box beginning at `y`; where too wide, cut.
        Answers how wide it came out."""
        line = fit(joined(text), style.weight, style.size, width)
        return self._aligned(x, y, line, style, width, align)

    def put_block(
        self, x: float, y: float, block: Block, width: float = 0, align: Align = "left"
    ) -> None:
        """Lines that `Flow.block` has already broken."""
        for line, style in block:
            if align == "left":
                self._set(x, y, line, style)
            else:
                self._aligned(x, y, line, style, width, align)
            y += style.leading

    def _aligned(
        self, x: float, y: float, line: str, style: Style, width: float, align: Align
    ) -> float:
        advance = measure(line, typeface(style.weight, line)) * style.size
        shift = {"left": 0.0, "right": width - advance, "centre": (width - advance) / 2}[align]
        self._set(x + shift, y, line, style)
        return advance

    def _set(self, x: float, y: float, line: str, style: Style) -> None:
        if line:
            base = y + (style.leading + 0.74 * style.size) / 2
            self.words.append(Words(x, base, line, typeface(style.weight, line).name, style))


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

    `on_new_page` draws what a table repeats at the head of each page it runs over.
    """

    pages: list[Page] = field(default_factory=lambda: [Page()])
    outline: list[Mark] = field(default_factory=list)
    y: float = look.TOP
    on_new_page: Callable[[], None] | None = None

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def need(self, height: float) -> None:
        """A new page unless so much room is left on this one."""
        if self.y + height > look.BOTTOM:
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
        for line, own in self.block(text, style, width):
            self.need(own.leading)
            self.page.put_block(x, self.y, [(line, own)])
            self.y += own.leading

    def rule(self, colour: Colour = colours.LINE, height: float = 0.6) -> None:
        self.page.boxes.append(Box(look.LEFT, self.y, look.WIDTH, height, colour))

    @staticmethod
    def block(text: Text, style: Style, width: float, most: int | None = None) -> Block:
        """The text broken into lines, at most so many in each language."""
        first, *others = each(text)
        lines = [(line, style) for line in wrap(first, style.weight, style.size, width, most)]
        for other in others:
            own = styles.second(style)
            lines += [(line, own) for line in wrap(other, own.weight, own.size, width, most)]
        return lines

    @staticmethod
    def width_of(line: str, style: Style) -> float:
        """How wide a line that was fitted comes out."""
        return measure(line, typeface(style.weight, line)) * style.size

"""The flow of a document: marks put on pages from top to bottom, before any PDF is written.

Distances are points from the paper's top left corner.  A page is three lists, painted in this
order: boxes, pictures, texts.  Every text passes through `audit_api.pdf.text` on its way in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from audit_api.pdf import look
from audit_api.pdf.fonts import typeface
from audit_api.pdf.look import Colour, Style
from audit_api.pdf.photo import Photo
from audit_api.pdf.text import fit, measure, wrap

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; a thin one is a rule."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour
    radius: float = 0


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


@dataclass(slots=True)
class Page:
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def put(
        self, x: float, y: float, text: str, style: Style, width: float, align: Align = "left"
    ) -> float:
        """One line of text in a column, its line box beginning at `y`; where too wide, cut.
        Answers how wide it came out."""
        line = fit(text, style.weight, style.size, width)
        advance = measure(line, typeface(style.weight, line)) * style.size
        shift = {"left": 0.0, "right": width - advance, "centre": (width - advance) / 2}[align]
        self._set(x + shift, y, line, style)
        return advance

    def put_lines(self, x: float, y: float, lines: list[str], style: Style) -> None:
        """Lines that `Flow.wrapped` has already made."""
        for index, line in enumerate(lines):
            self._set(x, y + index * style.leading, line, style)

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

    def mark(self, title: str, level: int = 0) -> None:
        self.outline.append(Mark(title, len(self.pages) - 1, self.y, level))

    def write(
        self, text: str, style: Style, x: float = look.LEFT, width: float = look.WIDTH
    ) -> None:
        """A paragraph; it runs over as many pages as it takes."""
        for line in self.wrapped(text, style, width):
            self.need(style.leading)
            self.page.put_lines(x, self.y, [line], style)
            self.y += style.leading

    def rule(self, colour: Colour = look.LINE, height: float = 0.6) -> None:
        self.page.boxes.append(Box(look.LEFT, self.y, look.WIDTH, height, colour))

    @staticmethod
    def wrapped(text: str, style: Style, width: float, most: int | None = None) -> list[str]:
        return wrap(text, style.weight, style.size, width, most)

"""Texts in two languages side by side, a column for each.

What is read as a sentence stands so wherever it is printed; names and the cells of tables are so
short that the second language stands below the first.
"""

from __future__ import annotations

from dataclasses import dataclass

from audit_api.drawing.languages import Text, each
from audit_api.drawing.lettering import Block, height_of
from audit_api.drawing.styles import Style
from audit_api.pdf import look
from audit_api.pdf.page import Flow
from audit_api.pdf.structure import Element

BETWEEN = 14.0
_TOGETHER = 4
"""Lines that are not parted."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A text broken into lines, a block for each language, which begin `step` points apart."""

    blocks: tuple[Block, ...]
    step: float

    @property
    def height(self) -> float:
        return max(map(height_of, self.blocks))

    def put(self, flow: Flow, x: float, y: float) -> None:
        """All of it on the page, from a corner."""
        if flow.structure.open.tag.text:
            for place, block in enumerate(self.blocks):
                flow.page.put_block(x + place * self.step, y, block)
            return
        for place, (block, part) in enumerate(zip(self.blocks, self.parts(flow), strict=True)):
            with flow.structure.inside(part):
                flow.page.put_block(x + place * self.step, y, block)

    def parts(self, flow: Flow) -> list[Element]:
        """New parts of the document, one for each language."""
        if len(self.blocks) == 1:
            with flow.structure.paragraph() as part:
                return [part]
        return [flow.structure.add_language() for _ in self.blocks]


def beside(text: Text, style: Style, width: float, most: int | None = None) -> Beside:
    """The text in as many columns as it has languages, at most so many lines in each."""
    words = each(text)
    room = (width - BETWEEN * (len(words) - 1)) / len(words)
    blocks = tuple([Flow.block(one, style, room, most) for one in words])
    return Beside(blocks, room + BETWEEN)


def side_by_side(
    flow: Flow, text: Text, style: Style, x: float = look.LEFT, width: float = look.WIDTH
) -> None:
    """A paragraph; a long one is written line by line, so that it runs over pages in all its
    columns at once."""
    made = beside(text, style, width)
    longest = max(map(len, made.blocks))
    flow.need(unparted(text, style, width))
    if longest <= _TOGETHER:
        made.put(flow, x, flow.y)
        flow.space(made.height)
        return
    parts = made.parts(flow)
    for index in range(longest):
        flow.need(style.leading)
        for place, (block, part) in enumerate(zip(made.blocks, parts, strict=True)):
            with flow.structure.inside(part):
                flow.page.put_block(x + place * made.step, flow.y, block[index : index + 1])
        flow.space(style.leading)


def height_side_by_side(text: Text, style: Style, width: float = look.WIDTH) -> float:
    return beside(text, style, width).height


def unparted(text: Text, style: Style, width: float = look.WIDTH) -> float:
    """How much of a paragraph stays on one page."""
    longest = max(map(len, beside(text, style, width).blocks))
    return min(longest, _TOGETHER) * style.leading

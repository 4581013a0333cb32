"""What a document says, part by part: the tree by which it is read to those who do not see it
(ISO 32000-1, 14.7 and 14.8).

Parts come in the order in which they are to be read.  What is written while a part is open belongs
to it; where none is open that can hold text, a paragraph is made.
"""

from __future__ import annotations

from enum import Enum

from audit_api.drawing.languages import Text, each


class Tag(Enum):
    """What a part is: its name in the standard, whether it holds text, and whether that is a line,
    in which there are no paragraphs; of a cell that is a head, what it is the head of."""

    DOCUMENT = ("Document",)
    PART = ("Sect",)
    TITLE = ("H1", True, True)
    HEADING = ("H2", True, True)
    SUBHEADING = ("H3", True, True)
    PARAGRAPH = ("P", True, True)
    SPAN = ("Span", True, True)
    LIST = ("L",)
    ITEM = ("LI",)
    BODY = ("LBody", True)
    TABLE = ("Table",)
    ROW = ("TR",)
    COLUMN_HEAD = ("TH", True, False, "Column")
    ROW_HEAD = ("TH", True, False, "Row")
    CELL = ("TD", True)
    FIGURE = ("Figure", True, True)
    UNSAID = ("Artifact", True, True)

    def __init__(self, code: str, text: bool = False, line: bool = False, scope: str = "") -> None:
        self.code, self.text, self.line, self.scope = code, text, line, scope

    @property
    def cell(self) -> bool:
        """Whether it is there even where it says nothing."""
        return self.code in ("TH", "TD")


class Element:
    """A part, and the parts in it; `alt` is said in its place."""

    __slots__ = ("alt", "inside", "tag")

    def __init__(self, tag: Tag, alt: str = "") -> None:
        self.tag, self.alt = tag, alt
        self.inside: list[Element] = []


UNSAID = Element(Tag.UNSAID)
"""What is not read out: rules, washes, and what every page repeats."""


class Structure:
    """The parts of a document, and the one that is `open`: until the end of the context that
    `part` and `inside` begin."""

    __slots__ = ("_around", "open", "root")

    def __init__(self) -> None:
        self.root = self.open = Element(Tag.DOCUMENT)
        self._around: list[Element] = []

    def add(self, tag: Tag, alt: Text = "") -> Element:
        """A new part, the last in the one that is open; in what is unsaid there are none."""
        if self.open is UNSAID:
            return UNSAID
        element = Element(tag, each(alt)[0] if alt else "")
        self.open.inside.append(element)
        return element

    def part(self, tag: Tag, alt: Text = "") -> Structure:
        """Open a new part."""
        self._around.append(self.open)
        self.open = self.add(tag, alt)
        return self

    def inside(self, element: Element) -> Structure:
        """Open a part that there is already."""
        self._around.append(self.open)
        self.open = element
        return self

    def __enter__(self) -> Element:
        return self.open

    def __exit__(self, *_: object) -> None:
        self.open = self._around.pop()

    def row(self) -> Structure:
        """Open a new row of a table."""
        return self.part(Tag.ROW)

    def cell(self, place: int, *, head: bool = False) -> Structure:
        """Open a new cell of a row, of which the first names the row; in a head, a column's."""
        if head:
            return self.part(Tag.COLUMN_HEAD)
        return self.part(Tag.CELL if place else Tag.ROW_HEAD)

    def paragraph(self) -> Structure:
        """Open a new paragraph; in a line, that line."""
        return self.inside(self.open if self.open.tag.line else self.add(Tag.PARAGRAPH))

    def add_language(self) -> Element:
        """What one language says of a text: a paragraph or, in a line, a span."""
        return self.add(Tag.SPAN if self.open.tag.line else Tag.PARAGRAPH)

    def text(self) -> Element:
        """The part that a text belongs to."""
        return self.open if self.open.tag.text else self.add(Tag.PARAGRAPH)

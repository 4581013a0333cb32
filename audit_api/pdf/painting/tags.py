"""The parts of a document as its file has them: sequences that are marked on the pages, and the
tree that they hang in (ISO 32000-1, 14.6 and 14.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from reportlab.pdfbase.pdfdoc import PDFDocument

from audit_api.drawing.marks import Box
from audit_api.pdf.painting.languages import alone
from audit_api.pdf.painting.objects import number_all, string
from audit_api.pdf.structure import UNSAID, Element
from audit_api.typography.text import clean

END = "EMC"
GROUND = "/Artifact BMC"
"""Begins what is not read out: rules, washes and the marks of charts."""
_EDGE = "/Artifact<</Type/Pagination>>BDC"

Piece: TypeAlias = tuple[int, int, str]
"""A marked sequence of an element: its page, its number there, and its language, "" where that
is the document's."""


class DocumentTags:
    """The marked sequences of a document, page by page; `counts` says how many each page has."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.pieces: dict[Element, list[Piece]] = {}
        self.frames: dict[Element, Box] = {}
        self.counts: list[int] = []

    def turn(self) -> int:
        """What follows is on a new page; return its number, from 0 on."""
        self.counts.append(0)
        return len(self.counts) - 1

    def begin(self, element: Element, language: str = "") -> str:
        """The operator that begins a sequence of an element on this page."""
        if element is UNSAID:
            return _EDGE
        number = self.counts[-1]
        self.counts[-1] = number + 1
        piece = len(self.counts) - 1, number, language
        if element in self.pieces:
            self.pieces[element].append(piece)
        else:
            self.pieces[element] = [piece]
        return f"/{element.tag.code}<</MCID {number}>>BDC"

    def frame(self, element: Element, box: Box) -> None:
        """Where a figure stands on its page, in points from the paper's lower left corner."""
        self.frames[element] = box


def tree(document: PDFDocument, root: Element, tags: DocumentTags, pages: Sequence[str]) -> str:
    """Put the tree of the elements into the document, whose `pages` are references; return the
    reference to it."""
    return _Tree(document, tags, pages).put(root)


class _Tree:
    """The tree while it is written: its objects in a row, the first one under the next number that
    is free, and the elements of each page's sequences (`owners`)."""

    def __init__(self, document: PDFDocument, tags: DocumentTags, pages: Sequence[str]) -> None:
        self.document, self.tags, self.pages = document, tags, pages
        self.first = document.objectcounter + 1
        self.objects: list[str] = []
        self.owners = [[""] * count for count in tags.counts]

    def put(self, root: Element) -> str:
        own, at = self._new()
        parents, parents_at = self._new()
        kid = self._element(root, own)
        owned = " ".join([f"{page} [{' '.join(of)}]" for page, of in enumerate(self.owners)])
        self.objects[parents_at] = f"<</Nums [{owned}]>>"
        self.objects[at] = (
            f"<</Type/StructTreeRoot/K {kid}/ParentTree {parents}"
            f"/ParentTreeNextKey {len(self.owners)}>>"
        )
        number_all(self.document, self.objects)
        return own

    def _new(self) -> tuple[str, int]:
        """The reference to a new object, and its place among the objects."""
        place = len(self.objects)
        self.objects.append("null")
        return f"{self.first + place} 0 R", place

    def _element(self, element: Element, parent: str) -> str:
        """The reference to an element, with all in it; "" where it says nothing."""
        pieces = self.tags.pieces.get(element)
        if not pieces and not element.inside and not element.tag.cell:
            return ""
        own, place = self._new()
        kids = ""
        members = f"/S/{element.tag.code}/P {parent}"
        if pieces:
            kids, language = self._pieces(pieces, own)
            members += f"/Pg {self.pages[pieces[0][0]]}"
            if element.alt:
                language = alone(element.alt, self.tags.language)
            if language:
                members += f"/Lang({language})"
        if element.inside:
            kids = " ".join([kids, *[self._element(each, own) for each in element.inside]])
        if kids.isspace() and not element.tag.cell:
            return ""
        self.objects[place] = f"<<{members}/K[{kids}]{self._attributes(element)}>>"
        return own

    def _pieces(self, pieces: Sequence[Piece], own: str) -> tuple[str, str]:
        """The sequences of an element, and its language: where it has two, those of the second
        are in spans."""
        page, number, language = pieces[0]
        if len(pieces) == 1:
            self.owners[page][number] = own
            return str(number), language
        if all(piece[2] == language for piece in pieces):
            return " ".join([self._number(at, of, own, page) for at, of, _ in pieces]), language
        return " ".join([self._spoken(piece, own, page) for piece in pieces]), ""

    def _spoken(self, piece: Piece, own: str, page: int) -> str:
        """A sequence of an element, in a span where that is of another language."""
        at, number, language = piece
        if not language:
            return self._number(at, number, own, page)
        span, place = self._new()
        self.owners[at][number] = span
        self.objects[place] = (
            f"<</S/Span/P {own}/Pg {self.pages[at]}/Lang({language})/K[{number}]>>"
        )
        return span

    def _number(self, at: int, number: int, own: str, page: int) -> str:
        """A sequence as an element on this page names it, which owns it."""
        self.owners[at][number] = own
        return str(number) if at == page else f"<</Type/MCR/Pg {self.pages[at]}/MCID {number}>>"

    def _attributes(self, element: Element) -> str:
        said = f"/Alt {string(clean(element.alt))}" if element.alt else ""
        if element.tag.scope:
            return f"{said}/A<</O/Table/Scope/{element.tag.scope}>>"
        if element in self.tags.frames:
            x, y, width, height = self.tags.frames[element][:4]
            box = f"{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}"
            return f"{said}/A<</O/Layout/BBox[{box}]>>"
        return said

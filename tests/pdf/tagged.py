"""What a document says part by part, as another reader finds it: marked sequences on its pages, and
the tree that they hang in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

PAINTS = frozenset({b"f", b"S", b"Do", b"Tj"})
ARTIFACT = "/Artifact"


@dataclass
class Part:
    """An element: `heard` is its text and the elements in it, as they are said."""

    tag: str
    alt: str
    language: str
    entry: Any
    heard: list[str | Part] = field(default_factory=list)

    @property
    def inside(self) -> list[Part]:
        return [part for part in self.heard if isinstance(part, Part)]

    @property
    def text(self) -> str:
        """What is its own."""
        return "".join(part for part in self.heard if isinstance(part, str)).strip()

    def all(self) -> Iterator[Part]:
        yield self
        for part in self.inside:
            yield from part.all()

    def of(self, tag: str) -> list[Part]:
        return [part for part in self.all() if part.tag == tag]

    @property
    def said(self) -> str:
        """All that is said of it, white space evened out."""
        return " ".join(" ".join(self._spelt()).split())

    def _spelt(self) -> Iterator[str]:
        for text, run in groupby(self.heard, key=lambda part: isinstance(part, str)):
            if text:
                yield "".join(map(str, run))
            else:
                yield from (part.said for part in run if isinstance(part, Part))


class Tagged:
    """A document with its parts, and the sequences that its pages mark: (page, number) → text."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))
        self.root: Any = self.reader.trailer["/Root"]
        self.pages = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self.reader.pages)
            if page.indirect_reference
        }
        self.sequences = {
            (number, mark): text
            for number, page in enumerate(self.reader.pages)
            for mark, text in sequences(page).items()
        }
        self.hung: list[tuple[int, int]] = []
        self.owners: dict[tuple[int, int], int] = {}
        self.document = self._part(self.root["/StructTreeRoot"]["/K"], None)

    def of(self, tag: str) -> list[Part]:
        return self.document.of(tag)

    def _part(self, reference: Any, page: int | None) -> Part:
        entry = reference.get_object()
        page = self.pages[entry.raw_get("/Pg").idnum] if "/Pg" in entry else page
        found = Part(entry["/S"], str(entry.get("/Alt", "")), str(entry.get("/Lang", "")), entry)
        for kid in entry.get("/K", []):
            if isinstance(kid, IndirectObject):
                found.heard.append(self._part(kid, page))
                continue
            marked = isinstance(kid, DictionaryObject)
            at = self.pages[kid.raw_get("/Pg").idnum] if marked else page
            assert at is not None
            place = at, int(kid["/MCID"] if marked else kid)
            self.hung.append(place)
            self.owners[place] = reference.idnum
            found.heard.append(self.sequences[place])
        return found


def sequences(page: PageObject) -> dict[int, str]:
    """The sequences that a page marks, by number; everything painted stands in one or is unsaid."""
    found: dict[int, str] = {}
    maps = {name: to_unicode(font) for name, font in page["/Resources"]["/Font"].items()}
    font, opened = "", list[int | None]()
    for operands, operator in ContentStream(page["/Contents"], page.pdf).operations:
        match operator:
            case b"BDC" | b"BMC":
                properties = operands[1] if operator == b"BDC" else {}
                number = properties.get("/MCID")
                assert number is not None or operands[0] == ARTIFACT
                assert number not in found or number is None
                opened.append(number)
                if number is not None:
                    found[number] = ""
            case b"EMC":
                opened.pop()
            case b"Tf":
                font = operands[0]
            case _ if operator in PAINTS:
                assert len(opened) == 1, operator
                if operator == b"Tj" and opened[0] is not None:
                    found[opened[0]] += spelt(operands[0], maps[font])
            case _:
                pass
    assert not opened
    return found


def to_unicode(font: Any) -> dict[int, str]:
    """What each number of a font says."""
    told = font.get_object()["/ToUnicode"].get_data().decode()
    found: dict[int, str] = {}
    for line in told.splitlines():
        if line.startswith("<") and "[" in line:
            first = int(line[1:5], 16)
            codes = line[line.index("[") + 2 : -2].split("><")
            found |= {
                first + place: bytes.fromhex(code).decode("utf-16-be")
                for place, code in enumerate(codes)
            }
    return found


def spelt(written: Any, says: dict[int, str]) -> str:
    data = getattr(written, "original_bytes", written)
    numbers = (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))
    return "".join(says[number] for number in numbers)

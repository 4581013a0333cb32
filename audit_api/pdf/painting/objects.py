"""The objects of a PDF (ISO 32000-1, 7.3), written as they stand in the file.

reportlab numbers them.  It would format them too, member by member at every document; whoever knows
what an object says writes it at once.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from reportlab.pdfbase.pdfdoc import PDFDocument

# Half the time of zlib's own choice, for a report that is a thirtieth larger.
_FAST = 1


def reference(document: PDFDocument, name: str) -> str:
    """The reference to the object of this name, which may be put into the document later."""
    if name not in document.idToObject:
        document.Reference(b"", name)
    number, generation = document.idToObjectNumberAndVersion[name]
    return f"{number} {generation} R"


def put(document: PDFDocument, name: str, content: bytes) -> str:
    """Put an object under this name, and return the reference to it."""
    found = reference(document, name)
    document.idToObject[name] = content
    return found


def packed(data: bytes, more: str = "") -> bytes:
    """A stream of this data, compressed, with `more` in its dictionary."""
    return stream(zlib.compress(data, _FAST), f"/Filter /FlateDecode {more}")


def stream(data: bytes, more: str) -> bytes:
    """A stream of this data as it is, with `more` in its dictionary."""
    head = f"<< /Length {len(data)} {more} >>\nstream\n"
    return b"".join((head.encode(), data, b"\nendstream\n"))


def string(text: str) -> str:
    """A text that a reader shows beside the pages."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def number_all(document: PDFDocument, contents: Sequence[str]) -> None:
    """Put objects without names under the next numbers, which are known beforehand."""
    for number, content in enumerate(contents, start=document.objectcounter + 1):
        document.numberToId[number] = number
        document.idToObject[number] = content.encode()
    document.objectcounter += len(contents)

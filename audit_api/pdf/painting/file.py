"""The file of a PDF: its objects, packed together where they may be (ISO 32000-1, 7.5.7 and 7.5.8).

What a document says part by part is hundreds of small objects.  Packed they take a tenth of the
room.  reportlab has numbered them, and formats those that are its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from struct import pack

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFFile, format

from audit_api.pdf.painting.objects import packed

_VERSION = (1, 7)
_STREAM_ENDS = b"endstream\n"
_PLACE = ">BLH"
"""Where an object is: 1 and an offset in the file, or 2, a stream's number and a place in it."""
_FREE = pack(_PLACE, 0, 0, 0xFFFF)


def file(document: PDFDocument) -> bytes:
    """The bytes of a document whose objects are all there."""
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    objects = _objects(document)
    others = [number for number in objects if not objects[number].endswith(_STREAM_ENDS)]
    together = _together(others, [objects.pop(number) for number in others])
    number = len(objects) + len(others) + 1
    head = PDFFile(_VERSION).format(document)
    objects[number] = together
    bodies = [_body(each, content) for each, content in objects.items()]
    lengths = (sum(map(len, body)) for body in bodies)
    *offsets, end = accumulate(lengths, initial=len(head))
    places = {each: pack(_PLACE, 2, number, at) for at, each in enumerate(others)}
    plain = zip((*objects, number + 1), (*offsets, end), strict=True)
    places |= {each: pack(_PLACE, 1, offset, 0) for each, offset in plain}
    identity = document.signature.hexdigest()
    table = packed(
        b"".join((_FREE, *(places[each] for each in sorted(places)))),
        f"/Type /XRef /W [1 4 2] /Size {number + 2} /ID [<{identity}> <{identity}>] "
        f"/Root {root.format(document).decode()} /Info {info.format(document).decode()}",
    )
    last = b"startxref\n%d\n%%%%EOF\n" % end
    return b"".join((head, *chain(*bodies), *_body(number + 1, table), last))


def _objects(document: PDFDocument) -> dict[int, bytes]:
    """Every object by its number; some come into being as others are formatted."""
    names: Mapping[int, str] = document.numberToId
    found: dict[int, bytes] = {}
    while (number := len(found) + 1) in names:
        content = document.idToObject[names[number]]
        found[number] = content if isinstance(content, bytes) else format(content, document, 1)
    return found


def _body(number: int, content: bytes) -> tuple[bytes, bytes, bytes]:
    """A photo is megabytes: nothing is put together twice."""
    return b"%d 0 obj\n" % number, content, b"endobj\n"


def _together(numbers: Sequence[int], contents: Sequence[bytes]) -> bytes:
    """A stream of objects that are no streams themselves."""
    offsets = accumulate((len(content) + 1 for content in contents), initial=0)
    index = " ".join([f"{number} {at}" for number, at in zip(numbers, offsets, strict=False)])
    first = f"{index}\n".encode()
    return packed(
        b"".join((first, b"\n".join(contents))),
        f"/Type /ObjStm /N {len(numbers)} /First {len(first)}",
    )

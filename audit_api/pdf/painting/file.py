"""The file of a PDF: its objects, packed together where they may be (ISO 32000-1, 7.5.7 and 7.5.8).

What a document says part by part is hundreds of small objects.  Packed they take a tenth of the
room.  reportlab has numbered them.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate, chain
from struct import pack

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFFile

from audit_api.pdf.painting.objects import packed

_VERSION = (1, 7)
_STREAM_ENDS = b"endstream\n"
_PLACE = ">BLH"
"""Where an object is: 1 and an offset in the file, or 2, a stream's number and a place in it."""
_FREE = pack(_PLACE, 0, 0, 0xFFFF)


def file(document: PDFDocument, root: str, information: str) -> bytes:
    """The bytes of a document whose objects are all there; `root` and `information` are the
    references to its catalogue and to its properties."""
    names, contents = document.numberToId, document.idToObject
    objects: dict[int, bytes] = {number: contents[names[number]] for number in sorted(names)}
    others = [number for number in objects if not objects[number].endswith(_STREAM_ENDS)]
    together = len(objects) + 1
    objects[together] = _together(others, [objects.pop(number) for number in others])
    head = PDFFile(_VERSION).format(document)
    bodies = [_body(number, content) for number, content in objects.items()]
    *offsets, end = accumulate((sum(map(len, body)) for body in bodies), initial=len(head))
    places = {number: pack(_PLACE, 2, together, at) for at, number in enumerate(others)}
    plain = zip((*objects, together + 1), (*offsets, end), strict=True)
    places |= {number: pack(_PLACE, 1, offset, 0) for number, offset in plain}
    identity = sha256(objects[together]).hexdigest()
    table = packed(
        b"".join((_FREE, *(places[number] for number in sorted(places)))),
        f"/Type /XRef /W [1 4 2] /Size {together + 2} /Root {root} /Info {information} "
        f"/ID [<{identity}> <{identity}>]",
    )
    last = b"startxref\n%d\n%%%%EOF\n" % end
    return b"".join((head, *chain(*bodies), *_body(together + 1, table), last))


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

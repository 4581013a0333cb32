"""The photos that a document carries: the JPEGs' own bytes."""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import PDFDocument

from audit_api.pdf.painting.objects import put, stream
from audit_api.pdf.photo import Photo

# Four colours come upside down: Adobe's programs write them so, and all others after them.
_SPACES = {
    1: "/DeviceGray",
    3: "/DeviceRGB",
    4: "/DeviceCMYK /Decode [1 0 1 0 1 0 1 0]",
}


class DocumentPhotos:
    """The photos of one document, each told from the others by being itself: a photo that is
    drawn twice goes in once."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._names: dict[int, str] = {}
        self._colours: set[int] = set()

    def name(self, photo: Photo) -> str:
        """What the photo is called on the pages, and in the document, which carries it now."""
        if id(photo) not in self._names:
            name = self._names[id(photo)] = f"photo{len(self._names)}"
            self._colours.add(photo.colours)
            put(self._document, name, stream(photo.jpeg, _description(photo)))
        return self._names[id(photo)]

    @property
    def in_srgb(self) -> bool:
        """Whether no photo is of four colours, which only an ink's profile could explain."""
        return 4 not in self._colours


def _description(photo: Photo) -> str:
    return (
        f"/Type /XObject /Subtype /Image /Width {photo.width} /Height {photo.height} "
        f"/BitsPerComponent 8 /ColorSpace {_SPACES[photo.colours]} /Filter [/DCTDecode]"
    )

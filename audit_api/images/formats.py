"""Which photos are accepted, by their content: JPEG, PNG, WebP and HEIC, each up to its pixels.

What a phone calls a file counts for nothing: its bytes tell what it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit_api.images.headers import picture_size
from audit_api.images.prepared import Unreadable
from audit_api.rules.lifecycle import UnreadableReason

MAX_FILE_BYTES = 50_000_000
"""A phone's photo of 200 megapixels has 20 to 45 MB."""

MAX_PIXELS: Mapping[str, int] = {
    "image/jpeg": 220_000_000,
    "image/png": 100_000_000,
    "image/webp": 60_000_000,
    "image/heic": 100_000_000,
}
"""What a child can decode within its memory (ADR 21): only a JPEG shrinks while it is read."""

ACCEPTED_TYPES = tuple(MAX_PIXELS)

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_OTHER_PICTURES = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\xff\x0a", b"\0\0\1\0")
_OTHER_BRANDS = (b"avif", b"avis", b"jxl ", b"crx ")
_JPEG_XL = b"\0\0\0\x0cJXL "


def check_file(data: bytes) -> str:
    """Return the media type of a whole file; raise `Unreadable` where it cannot be accepted."""
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable(UnreadableReason.TOO_LARGE)
    return first_look(data, len(data))


def first_look(head: bytes, size: int) -> str:
    """Return the media type that the first bytes of a file of `size` bytes tell.

    Raises `Unreadable` where they show already that no picture will come of it: what they leave
    open is for whoever decodes.
    """
    media_type = sniff(head)
    if media_type is None:
        raise Unreadable(_foreign(head))
    pixels = picture_size(head, media_type, whole=len(head) >= size)
    if pixels is None:
        return media_type
    if not all(pixels):
        raise Unreadable(UnreadableReason.DAMAGED)
    check_pixels(pixels, media_type)
    return media_type


def check_pixels(size: tuple[int, int], media_type: str) -> None:
    """Raise `Unreadable` for a picture of more pixels than its type may have."""
    if size[0] * size[1] > MAX_PIXELS[media_type]:
        raise Unreadable(UnreadableReason.TOO_MANY_PIXELS)


def sniff(data: bytes) -> str | None:
    """Return the accepted media type that the first bytes tell, or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "image/heic"
    return None


def _foreign(head: bytes) -> UnreadableReason:
    """Tell a picture of another type, which a phone can turn into a JPEG, from what is none."""
    if head.startswith((*_OTHER_PICTURES, _JPEG_XL)) or (
        head[4:8] == b"ftyp" and head[8:12] in _OTHER_BRANDS
    ):
        return UnreadableReason.TYPE_NOT_ACCEPTED
    return UnreadableReason.NO_PICTURE

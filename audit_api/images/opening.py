"""A file opened as the picture that it is, unless it would not fit a child's memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pi_heif
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from audit_api.images.formats import check_pixels
from audit_api.images.prepared import Unreadable
from audit_api.rules.lifecycle import UnreadableReason

MAX_COEFFICIENTS = 625_000_000
"""What libjpeg may keep of a progressive JPEG until its last scan, at two bytes each."""

# The classes themselves: `Image.open` would guess the type anew, refuse 179 megapixels, and fail
# over the index of further pictures behind a JPEG, which nobody looks at.
_OPENERS: Mapping[str, Callable[[io.BytesIO], ImageFile]] = {
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/webp": WebPImageFile,
    "image/heic": pi_heif.HeifImageFile,
}

# Each thread takes address space of its own, which is limited.
pi_heif.options.DECODE_THREADS = 1


def opened(data: bytes, media_type: str) -> ImageFile:
    """Return the picture, not decoded yet.

    Raises `Unreadable` for one that is too large, and nearly anything for damage.
    """
    image = _OPENERS[media_type](io.BytesIO(data))
    check_pixels(image.size, media_type)
    if isinstance(image, JpegImageFile) and _coefficients(image) > MAX_COEFFICIENTS:
        raise Unreadable(UnreadableReason.TOO_COSTLY)
    return image


def _coefficients(image: JpegImageFile) -> int:
    """Return how many numbers must be kept of all parts of a progressive JPEG at once."""
    if "progressive" not in image.info:
        return 0
    samples = [high * wide for _, high, wide, _ in image.layer]
    most = max(high for _, high, _, _ in image.layer) * max(wide for _, _, wide, _ in image.layer)
    return image.width * image.height * sum(samples) // max(1, most)

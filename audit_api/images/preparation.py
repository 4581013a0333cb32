"""A photo's bytes in, its display copy, thumbnail and fingerprint out, in one pass.

Decoding what strangers send is not safe in a server's own process: `decoder.Decoder` runs
this in a child process.  The same bytes always give the same result.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PIL import Image, ImageFile
from PIL.Image import Resampling, Transpose

from audit_api.images.colours import in_srgb, is_srgb, opaque, smooth
from audit_api.images.formats import check_file
from audit_api.images.metadata import UPRIGHT, Metadata, read_metadata
from audit_api.images.opening import opened
from audit_api.images.prepared import DISPLAY_SIDE, PreparedPhoto, Unreadable
from audit_api.images.stripped import picture_alone
from audit_api.rules.lifecycle import UnreadableReason

THUMBNAIL_SIDE = 320
QUALITIES = (82, 74, 66, 58, 50, 42, 34, 26, 18, 10)
MAX_BYTES_A_PIXEL = 0.25
"""What a photo may have to be shown as it was coded: half as much again as a copy has.  Whoever
looks at it waits for the rest, and sees no more."""
_END_OF_JPEG = b"\xff\xd9"

# Letters of a lossless picture are to be read, whatever its copy's size; other codecs need fewer
# bytes than JPEG for the same picture.
_FALLING = {
    "image/jpeg": QUALITIES[1:],
    "image/webp": QUALITIES[1:3],
    "image/heic": QUALITIES[1:3],
}

_GAP = 1.2
"""How much larger than wanted a picture is after whole pixels were averaged: as libjpeg leaves it
when it makes one small while it reads.  From there on it is resized with care."""

# What turns a photo with each EXIF orientation upright.
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def prepare(data: bytes, side: int = DISPLAY_SIDE) -> PreparedPhoto:
    """Return what may be shown of the photo, its display copy at most `side` pixels wide and high.
    Raises `Unreadable`."""
    media_type = check_file(data)
    with warnings.catch_warnings():
        # Whatever a file gets wrong beside its picture, the picture is evidence.
        warnings.simplefilter("ignore")
        try:
            return _prepare(data, media_type, side)
        except (Unreadable, MemoryError):
            raise
        except Exception:  # Decoders meet damage with nearly every kind of exception.
            return _salvage(data, media_type, side)


def _salvage(data: bytes, media_type: str, side: int) -> PreparedPhoto:
    """Return what can still be had of a broken file, marked as damaged."""
    # Libjpeg shows a progressive picture only at its end.
    ended = data + _END_OF_JPEG if media_type == "image/jpeg" else data
    try:
        with _as_far_as_it_goes():
            photo = _prepare(ended, media_type, side)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:
        raise Unreadable(UnreadableReason.DAMAGED) from error
    return replace(photo, damaged=True)


@contextmanager
def _as_far_as_it_goes() -> Iterator[None]:
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _prepare(data: bytes, media_type: str, side: int) -> PreparedPhoto:
    with opened(data, media_type) as image:
        width, height = image.size
        metadata = read_metadata(image)
        own = _own_copy(image, data, metadata, side)
        # Whatever the size, the whole file is read, so that its damage is known.
        needed = THUMBNAIL_SIDE if own else side
        image.draft(None, _fitted(image.size, needed))
        image.load()
        shown = _shown(image, metadata, needed)
    if ImageFile.LOAD_TRUNCATED_IMAGES and _is_blank(shown):
        raise Unreadable(UnreadableReason.DAMAGED)
    thumbnail = _shrunk(shown, THUMBNAIL_SIDE)
    if metadata.orientation >= 5:
        width, height = height, width
    return PreparedPhoto(
        display=own or _no_larger(shown, media_type, len(data)),
        thumbnail=_jpeg(thumbnail, QUALITIES[0]),
        width=width,
        height=height,
        taken_at=metadata.taken_at,
        place=metadata.place,
        fingerprint=_fingerprint(thumbnail),
    )


def _own_copy(
    image: ImageFile.ImageFile, data: bytes, metadata: Metadata, side: int
) -> bytes | None:
    """Return a photo that can be shown as it was coded, without what is beside the picture; None
    where a copy must be made: a broken file, one that is turned, large, or of other colours."""
    if (
        image.format != "JPEG"
        or ImageFile.LOAD_TRUNCATED_IMAGES
        or metadata.orientation != UPRIGHT
        or max(image.size) > side
        or not is_srgb(image)
    ):
        return None
    own = picture_alone(data)
    if own is None or len(own) > MAX_BYTES_A_PIXEL * image.width * image.height:
        return None
    return own


def _shown(image: Image.Image, metadata: Metadata, side: int) -> Image.Image:
    """Return the image small, in sRGB, upright, without transparency or metadata."""
    profile = image.info.get("icc_profile")
    small = in_srgb(opaque(_shrunk(smooth(image), side)), profile)
    turn = _TURNS.get(metadata.orientation)
    shown = small if turn is None else small.transpose(turn)
    # Pillow would write comments of the original into the copy.
    shown.info.clear()
    return shown


def _is_blank(image: Image.Image) -> bool:
    """Tell whether a decoder came to no part of the picture: it leaves one colour behind."""
    colours = image.convert("RGB").getcolors(maxcolors=1)
    return colours is not None


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    size = _fitted(image.size, side)
    return (
        image if size == image.size else image.resize(size, Resampling.BICUBIC, reducing_gap=_GAP)
    )


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return `size` scaled down to fit a square of `side`, in its own proportions."""
    longest = max(size)
    if longest <= side:
        return size
    return max(1, size[0] * side // longest), max(1, size[1] * side // longest)


def _no_larger(image: Image.Image, media_type: str, most: int) -> bytes:
    """Return the copy at the best quality at which it has at most `most` bytes; where that is none,
    at the best of all."""
    copies = [_jpeg(image, QUALITIES[0])]
    for quality in _FALLING.get(media_type, ()):
        if len(copies[-1]) <= most:
            return copies[-1]
        copies.append(_jpeg(image, quality))
    return copies[-1] if len(copies[-1]) <= most else copies[0]


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _fingerprint(image: Image.Image) -> int:
    """Return the difference hash: whether each pixel of 9×8 greys is brighter than its right one.

    Source: N. Krawetz, "Kind of Like That", 2013.
    """
    greys = image.convert("L").resize((9, 8), Resampling.BOX).tobytes()
    bits = (greys[row * 9 + at] > greys[row * 9 + at + 1] for row in range(8) for at in range(8))
    return sum(1 << place for place, bit in enumerate(bits) if bit)

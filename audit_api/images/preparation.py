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

from PIL import Image, ImageCms, ImageFile
from PIL.Image import Resampling, Transpose

from audit_api.images.formats import check_file
from audit_api.images.metadata import Metadata, read_metadata
from audit_api.images.opening import opened
from audit_api.images.prepared import DISPLAY_SIDE, PreparedPhoto, Unreadable
from audit_api.rules.lifecycle import UnreadableReason

THUMBNAIL_SIDE = 320
QUALITY = 82
_END_OF_JPEG = b"\xff\xd9"

_SRGB = ImageCms.createProfile("sRGB")

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
        image.draft(None, _fitted(image.size, side))
        image.load()
        display = _display_copy(image, metadata, side)
    if ImageFile.LOAD_TRUNCATED_IMAGES and _is_blank(display):
        raise Unreadable(UnreadableReason.DAMAGED)
    thumbnail = _shrunk(display, THUMBNAIL_SIDE)
    if metadata.orientation >= 5:
        width, height = height, width
    return PreparedPhoto(
        display=_jpeg(display),
        thumbnail=_jpeg(thumbnail),
        width=width,
        height=height,
        taken_at=metadata.taken_at,
        place=metadata.place,
        fingerprint=_fingerprint(thumbnail),
    )


def _is_blank(image: Image.Image) -> bool:
    """Tell whether a decoder came to no part of the picture: it leaves one colour behind."""
    colours = image.convert("RGB").getcolors(maxcolors=1)
    return colours is not None


def _display_copy(image: Image.Image, metadata: Metadata, side: int) -> Image.Image:
    """Return the image small, in sRGB, upright, without transparency or metadata."""
    profile = image.info.get("icc_profile")
    small = _in_srgb(_opaque(_shrunk(_plain(image), side)), profile)
    turn = _TURNS.get(metadata.orientation)
    copy = small if turn is None else small.transpose(turn)
    # Pillow would write comments of the original into the copy.
    copy.info.clear()
    return copy


def _plain(image: Image.Image) -> Image.Image:
    """Return the image in a mode that can be resized smoothly: L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey: the upper eight are what a screen shows.
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A profile that cannot be used is dropped; the photo is still evidence.
        return image.convert("RGB")
    return image.convert("RGB") if converted is None else converted


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    size = _fitted(image.size, side)
    return image if size == image.size else image.resize(size, Resampling.BICUBIC, reducing_gap=2)


def _fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return `size` scaled down to fit a square of `side`, in its own proportions."""
    longest = max(size)
    if longest <= side:
        return size
    return max(1, size[0] * side // longest), max(1, size[1] * side // longest)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _fingerprint(image: Image.Image) -> int:
    """Return the difference hash: whether each pixel of 9×8 greys is brighter than its right one.

    Source: N. Krawetz, "Kind of Like That", 2013.
    """
    greys = image.convert("L").resize((9, 8), Resampling.BOX).tobytes()
    bits = (greys[row * 9 + at] > greys[row * 9 + at + 1] for row in range(8) for at in range(8))
    return sum(1 << place for place, bit in enumerate(bits) if bit)

"""Pictures in the colours that every screen shows: opaque, and in sRGB."""

from __future__ import annotations

import io
from functools import lru_cache
from itertools import product

from PIL import Image, ImageChops, ImageCms

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_UNSEEN = 2
"""Levels of 255: profiles of sRGB differ by so much among themselves, and nobody sees it."""
_MAX_KEPT_PROFILE = 16_384
"""Bytes of a profile that is remembered.  Those of phones have 500 to 3,000; a hostile one has
sixteen million, which the next photo may need."""

# Nine levels of each colour with each of the others.
_PROBE = Image.frombytes(
    "RGB",
    (27, 27),
    bytes(level for each in product((*range(0, 256, 32), 255), repeat=3) for level in each),
)


def smooth(image: Image.Image) -> Image.Image:
    """Return the image in a mode that can be resized smoothly: L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey: the upper eight are what a screen shows.
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def opaque(image: Image.Image) -> Image.Image:
    """Return the image on white where it is transparent."""
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return an opaque image in RGB, by `profile` where that is of other colours than sRGB."""
    transform = _transform(profile, image.mode)
    if transform is not None:
        return transform.apply(image)
    # Converting RGB to RGB would copy it.
    return image if image.mode == "RGB" else image.convert("RGB")


def is_srgb(image: Image.Image) -> bool:
    """Tell whether the image shows what it should without its profile."""
    return image.mode == "RGB" and _transform(image.info.get("icc_profile"), "RGB") is None


def _transform(profile: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return what turns colours of `profile` into sRGB; None where nothing is to be done.

    A profile that cannot be used is dropped; the photo is still evidence.
    """
    if not profile:
        return None
    build = _kept if len(profile) <= _MAX_KEPT_PROFILE else _built
    return build(profile, mode)


def _built(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, _SRGB, mode, "RGB")
        return None if mode == "RGB" and _changes_nothing(transform) else transform
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


# Building a transform takes as long as decoding a photo, and phones write one profile each.
_kept = lru_cache(maxsize=16)(_built)


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Tell sRGB under any name by what it does to colours."""
    levels = ImageChops.difference(transform.apply(_PROBE), _PROBE).tobytes()
    return max(levels) <= _UNSEEN

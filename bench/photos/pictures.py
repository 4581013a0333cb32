"""Photographs that nobody took: light, surfaces, edges and a sensor's noise, drawn from a number.

A decoder, a scaler and an encoder work as hard on them as on a photo of a shop; random bytes would
never be decoded at all.
"""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from PIL.Image import Resampling

SIZE = (1600, 1200)
QUALITY = 80
UPRIGHT, TURNED = 1, 6
"""EXIF's orientation of a photo as it stands, and of one by a phone that was held upright."""

_ORIENTATION, _MAKER, _TAKEN, _EXIF = 0x0112, 0x010F, 0x9003, 0x8769
_SCALES = ((4, 90), (12, 50), (50, 30), (200, 20), (500, 28))
"""Cells across a layer of noise, and how far it goes from grey."""
_SENSOR = 7


def photograph(seed: int, *, orientation: int = UPRIGHT) -> bytes:
    """Return a JPEG of about 300 KB, of `SIZE` before it is turned, with EXIF of a phone."""
    random = Random(seed)
    picture = Image.merge("RGB", [_surface(random) for _ in range(3)])
    _draw_edges(picture, random)
    picture = ImageChops.add(
        picture.filter(ImageFilter.GaussianBlur(1)), _sensor_noise(random), offset=-_SENSOR
    )
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKER] = orientation, "Bench"
    exif.get_ifd(_EXIF)[_TAKEN] = "2026:03:02 14:30:00"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, exif=exif)
    return out.getvalue()


def retold(photo: bytes, number: int) -> bytes:
    """Return a JPEG with a comment of its own, so that no two have one digest."""
    comment = b"%012d" % number
    # Behind the first segment, which says what kind of JPEG this is.
    end = 4 + int.from_bytes(photo[4:6])
    return photo[:end] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment + photo[end:]


def _surface(random: Random) -> Image.Image:
    layer = Image.linear_gradient("L").rotate(random.choice((0, 90, 180, 270))).resize(SIZE)
    for cells, depth in _SCALES:
        across, down = cells, max(2, cells * SIZE[1] // SIZE[0])
        noise = Image.frombytes("L", (across, down), random.randbytes(across * down))
        noise = noise.resize(SIZE, Resampling.BICUBIC)
        share = depth / 255
        layer = ImageChops.add(
            layer, noise.point([int(value * share) for value in range(256)]), offset=-depth // 2
        )
    return layer


def _draw_edges(picture: Image.Image, random: Random) -> None:
    """Draw what stands in a shop: shelves, boxes, lettering."""
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        left, top = random.randrange(SIZE[0]), random.randrange(SIZE[1])
        right, bottom = left + random.randrange(20, 300), top + random.randrange(20, 200)
        colour = (random.randrange(256), random.randrange(256), random.randrange(256))
        draw.rectangle((left, top, right, bottom), outline=colour, width=random.randrange(2, 9))
        draw.text((left + 10, top + 10), f"{random.randrange(10_000)} 元", fill=colour)
        draw.line((left, bottom, right, top), fill=colour, width=3)


def _sensor_noise(random: Random) -> Image.Image:
    table = [value * 2 * _SENSOR // 255 for value in range(256)]
    noise = Image.frombytes("RGB", SIZE, random.randbytes(3 * SIZE[0] * SIZE[1]))
    return noise.point(table * 3)

"""A phone's camera: what is before it, taken a little askew in uneven light, with EXIF."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageChops
from PIL.ExifTags import GPS, IFD, Base

from audit_api.demonstration.drawing import fronts, goods, rooms, tables
from audit_api.demonstration.drawing.canvas import Canvas

SIZE = (960, 720)
QUALITY = 76
PHONES = (
    ("HUAWEI", "Pura 70"),
    ("Xiaomi", "Xiaomi 14"),
    ("Apple", "iPhone 15"),
    ("OPPO", "Find X7"),
    ("HONOR", "Magic6"),
)
SUBJECTS: Mapping[str, Callable[[Canvas], None]] = {
    "front": fronts.front,
    "shelf": goods.shelf,
    "gaps": goods.shelf_with_gaps,
    "aisle": rooms.aisle,
    "cartons": rooms.aisle_with_cartons,
    "counter": rooms.counter,
    "queue": rooms.queue,
    "receipt": tables.receipt,
    "dish": tables.dish,
}


@dataclass(frozen=True, slots=True)
class Shot:
    """What is before the camera and when, where and by whose phone it is taken.

    `subject` is one of SUBJECTS; `sign` what the shop has over its door; the same `seed` gives the
    same photo.
    """

    subject: str
    sign: str
    at: datetime
    latitude: float
    longitude: float
    phone: int
    seed: str


def take(shot: Shot) -> bytes:
    """Return the photo as JPEG."""
    chance = random.Random(shot.seed)
    canvas = Canvas(shot.sign, shot.at, chance)
    SUBJECTS[shot.subject](canvas)
    image = _lit(_framed(canvas.image, chance), chance)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, exif=_exif(shot))
    return out.getvalue()


def _framed(image: Image.Image, chance: random.Random) -> Image.Image:
    """Return what a hand-held phone sees of the scene: not all of it, and never quite level."""
    wide, high = image.size

    def corner(x: int, y: int) -> tuple[float, float]:
        inward = chance.uniform(0.01, 0.12)
        return wide * abs(x - inward), high * abs(y - chance.uniform(0.01, 0.12))

    corners = (corner(0, 0), corner(0, 1), corner(1, 1), corner(1, 0))
    quad = tuple(part for place in corners for part in place)
    return image.transform(SIZE, Image.Transform.QUAD, quad, Image.Resampling.BILINEAR)


def _lit(image: Image.Image, chance: random.Random) -> Image.Image:
    """Return the image under uneven light, with a cast of colour and the sensor's grain."""
    tones = _cast(chance)
    lamps = [chance.randrange(120, 256) for _ in range(12)]
    colours = bytes(min(255, int(lamp * tone)) for lamp in lamps for tone in tones)
    light = Image.frombytes("RGB", (4, 3), colours).resize(SIZE, Image.Resampling.BICUBIC)
    lit = ImageChops.multiply(image, light)
    size = (SIZE[0] // 3, SIZE[1] // 3)
    noise = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    grain = noise.resize(SIZE, Image.Resampling.BILINEAR).convert("RGB")
    return Image.blend(lit, grain, chance.uniform(0.02, 0.06))


def _cast(chance: random.Random) -> tuple[float, float, float]:
    warmth = chance.uniform(-0.06, 0.1)
    return 1.05 + warmth / 2, 1.03, 1.02 - warmth


def _exif(shot: Shot) -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model] = PHONES[shot.phone % len(PHONES)]
    offset = f"{shot.at:%z}"
    exif.get_ifd(IFD.Exif).update(
        {
            Base.DateTimeOriginal: f"{shot.at:%Y:%m:%d %H:%M:%S}",
            Base.OffsetTimeOriginal: f"{offset[:3]}:{offset[3:]}",
        }
    )
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N" if shot.latitude >= 0 else "S",
            GPS.GPSLatitude: _degrees(shot.latitude),
            GPS.GPSLongitudeRef: "E" if shot.longitude >= 0 else "W",
            GPS.GPSLongitude: _degrees(shot.longitude),
        }
    )
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(round(abs(value) * 3600, 2), 60)
    return minutes // 60, minutes % 60, round(seconds, 2)

"""A phone's camera: what is before it, taken a little askew in uneven light, with EXIF."""

from __future__ import annotations

import cmath
import io
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageChops
from PIL.ExifTags import GPS, IFD, Base

from audit_api.demonstration.drawing import shop, table
from audit_api.demonstration.drawing.painter import Thing, paint

SIZE = (720, 540)
QUALITY = 76
PHONES = (
    *(("HUAWEI", "Pura 70"), ("Xiaomi", "Xiaomi 14"), ("Apple", "iPhone 15")),
    *(("OPPO", "Find X7"), ("HONOR", "Magic6")),
)


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


SUBJECTS: Mapping[str, Callable[[Shot, random.Random], Iterable[Thing]]] = {
    "front": lambda shot, chance: shop.front(chance, shot.sign),
    "shelf": lambda shot, chance: shop.shelves(chance),
    "gaps": lambda shot, chance: shop.shelves(chance, gaps=0.34),
    "aisle": lambda shot, chance: shop.aisle(chance, cartons=0),
    "cartons": lambda shot, chance: shop.aisle(chance, chance.randint(3, 7)),
    "counter": lambda shot, chance: shop.counter(chance, people=0),
    "queue": lambda shot, chance: shop.counter(chance, chance.randint(3, 6)),
    "receipt": lambda shot, chance: table.receipt(chance, shot.sign, shot.at),
    "dish": lambda shot, chance: table.dish(chance),
}
FROM_ABOVE = ("receipt", "dish")


def take(shot: Shot) -> bytes:
    """Return the photo as JPEG."""
    chance = random.Random(shot.seed)
    scene, is_above = SUBJECTS[shot.subject](shot, chance), shot.subject in FROM_ABOVE
    # Above a table the world is the table, and no side of it is up.
    image = paint(scene, eye=0 if is_above else 1.5)
    image = _lit(_framed(image, chance, turn=0.5 if is_above else 0.03), chance)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, exif=_exif(shot))
    return out.getvalue()


def _framed(image: Image.Image, chance: random.Random, *, turn: float) -> Image.Image:
    """Return what a hand-held phone sees of the scene: not all of it, and never quite level."""
    turning = cmath.exp(1j * chance.uniform(-turn, turn))
    middle, zoom = complex(*image.size) / 2, 0.9 - 0.45 * abs(turning.imag)
    corners = []
    for x, y in ((-1, -1), (-1, 1), (1, 1), (1, -1)):
        reach = zoom - chance.uniform(0, 0.1)
        corner = middle + complex(middle.real * x, middle.imag * y) * reach * turning
        corners += [corner.real, corner.imag]
    return image.transform(SIZE, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)


def _lit(image: Image.Image, chance: random.Random) -> Image.Image:
    """Return the image under uneven light, with a cast of colour and the sensor's grain."""
    tones = _cast(chance)
    lamps = [chance.randrange(140, 256) for _ in range(12)]
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

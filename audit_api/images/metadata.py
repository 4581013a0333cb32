"""When and where a photo says that it was taken, and which way up it is (EXIF 2.32)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

_OFFSET = re.compile(r"[+-]\d\d:\d\d")
UPRIGHT = 1


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is kept of a photo's metadata.  `orientation` is EXIF's 1 to 8."""

    orientation: int = UPRIGHT
    taken_at: str | None = None
    place: tuple[float, float] | None = None


def read_metadata(image: Image.Image) -> Metadata:
    """Return what the photo says of itself.  Nonsense counts as silence: it spoils no photo."""
    try:
        exif = image.getexif()
        details, position = exif.get_ifd(IFD.Exif), exif.get_ifd(IFD.GPSInfo)
    except Exception:  # A hostile EXIF block can raise nearly anything.
        return Metadata()
    return Metadata(_orientation(exif), _moment(details), _place(position))


def _orientation(exif: Mapping[int, Any]) -> int:
    orientation = exif.get(Base.Orientation)
    return orientation if isinstance(orientation, int) and orientation in range(1, 9) else UPRIGHT


def _moment(details: Mapping[int, Any]) -> str | None:
    try:
        text = str(details[Base.DateTimeOriginal]).rstrip("\0 ")
        moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S").isoformat()
    except (KeyError, ValueError):
        return None
    offset = str(details.get(Base.OffsetTimeOriginal, "")).rstrip("\0 ")
    return moment + offset if _OFFSET.fullmatch(offset) else moment


def _place(position: Mapping[int, Any]) -> tuple[float, float] | None:
    latitude = _degrees(position, GPS.GPSLatitude, GPS.GPSLatitudeRef, {"N": 1, "S": -1}, 90)
    longitude = _degrees(position, GPS.GPSLongitude, GPS.GPSLongitudeRef, {"E": 1, "W": -1}, 180)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _degrees(
    position: Mapping[int, Any], tag: int, side_tag: int, sides: Mapping[str, int], limit: int
) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in position[tag])
        side = sides[str(position[side_tag]).rstrip("\0 ").upper()]
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    value = round(side * (degrees + minutes / 60 + seconds / 3600), 7)
    return value if math.isfinite(value) and abs(value) <= limit else None

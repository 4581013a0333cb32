"""Photos made for the tests: each with a pattern that tells which way up it is."""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

RED, GREEN, BLUE, GREY = (220, 30, 30), (30, 200, 30), (30, 30, 220), (128, 128, 128)


HEIC = (Path(__file__).parent / "quarters.heic").read_bytes()
"""`quarters(320, 240)` with `exif()`, as an encoder of another house wrote it."""


def quarters(width: int = 640, height: int = 480) -> Image.Image:
    """Return an upright image: red, green / blue, grey."""
    image = Image.new("RGB", (width, height), GREY)
    half = (width // 2, height // 2)
    image.paste(RED, (0, 0, *half))
    image.paste(GREEN, (half[0], 0, width, half[1]))
    image.paste(BLUE, (0, half[1], half[0], height))
    return image


def encoded(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    """Return the image as a file of `format`."""
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Return the EXIF of a phone in Shanghai, held so that `orientation` is right."""
    block = Image.Exif()
    block[Base.Orientation] = orientation
    block[Base.Make] = "SHOPPER PHONE"
    block.get_ifd(IFD.Exif).update(
        {Base.DateTimeOriginal: "2026:05:04 12:30:00", Base.OffsetTimeOriginal: "+08:00"}
    )
    block.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: (31.0, 13.0, 48.0),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: (121.0, 28.0, 12.0),
        }
    )
    return block


def jpeg_of(width: int, height: int) -> bytes:
    """Return a JPEG of any size at little cost: the same sixteen rows again and again."""
    rows = Image.linear_gradient("L").rotate(90).resize((width, 16)).convert("RGB")
    strip = encoded(rows.resize((width, 32)), quality=60, restart_marker_rows=1)
    frame, scan = strip.index(b"\xff\xc0"), strip.index(b"\xff\xda")
    start = scan + 2 + int.from_bytes(strip[scan + 2 : scan + 4])
    row = re.split(rb"\xff[\xd0-\xd7]", strip[start:-2])[0]
    head = strip[: frame + 5] + height.to_bytes(2) + strip[frame + 7 : start]
    parts = [row + bytes((0xFF, 0xD0 + number % 8)) for number in range(-(-height // 16))]
    return head + b"".join(parts)[:-2] + b"\xff\xd9"


def declaring(jpeg: bytes, width: int, height: int) -> bytes:
    """Return a JPEG whose frame declares a size that its scans do not have."""
    at = re.search(rb"\xff[\xc0-\xc2]\0", jpeg)
    assert at
    place = at.start() + 5
    return jpeg[:place] + struct.pack(">HH", height, width) + jpeg[place + 4 :]


def png_declaring(width: int, height: int) -> bytes:
    """Return a tiny PNG whose header declares a size that its data does not have."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

"""Which photos are accepted, by their content: JPEG, PNG, WebP, and HEIC where it can be read."""

from __future__ import annotations

import importlib.util

from audit_api.images.prepared import Reason, Unreadable

MAX_FILE_BYTES = 15_000_000
MAX_PIXELS = 40_000_000

# pillow-heif is an optional extra: its wheel is under the GPL.
READS_HEIC = importlib.util.find_spec("pillow_heif") is not None

# Media type and the name of its only decoder.
DECODERS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
if READS_HEIC:
    DECODERS["image/heic"] = "HEIF"
ACCEPTED_TYPES = tuple(DECODERS)

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")


def check_file(data: bytes, media_type: str) -> None:
    """Raise `Unreadable` unless `data` is a file of the declared, accepted type and size."""
    if len(data) > MAX_FILE_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    file_type = sniff(data)
    if file_type not in ACCEPTED_TYPES:
        raise Unreadable(Reason.NOT_ACCEPTED)
    if file_type != media_type:
        raise Unreadable(Reason.TYPE_DIFFERS)


def sniff(data: bytes) -> str | None:
    """Return the media type that the first bytes tell, or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "image/heic"
    return None

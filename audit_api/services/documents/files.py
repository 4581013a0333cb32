"""Documents as files: their bytes, and names that tell them apart."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_FORBIDDEN = re.compile(r"[^A-Za-z0-9._-]")
"""What some file system, or a header of HTTP, does not take in a name."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand out; its name tells the site and the time, never the auditor."""

    file_name: str
    data: bytes


def file_name(*parts: str, ending: str = "pdf") -> str:
    """Return the name of a file that every file system takes.

    A part with other characters keeps what can be read of it, and gets a digest that no other
    part has.
    """
    return f"{'-'.join(map(_plain, parts))}.{ending}"


def _plain(part: str) -> str:
    plain = _FORBIDDEN.sub("_", part)
    if plain == part:
        return part
    return f"{plain}~{hashlib.sha256(part.encode()).hexdigest()[:8]}"

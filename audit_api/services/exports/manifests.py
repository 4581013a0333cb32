"""What an archive says of itself: each file with its digest, and what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from audit_api.services.documents.languages import locales
from audit_api.services.exports.asking import ReportsRequest
from audit_api.services.exports.entries import Packable
from audit_api.sheets import csv
from audit_api.words import say

JSON, CSV = "manifest.json", "manifest.csv"
COLUMNS = ("file", "audit", "bytes", "sha256", "left_out")
"""What a line of the sheet tells."""


def files(
    known: Sequence[Packable], asked: ReportsRequest, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """Yield the manifest for programs, and for people, by their names in the archive."""
    yield JSON, orjson.dumps(_told(known, asked, now), option=orjson.OPT_INDENT_2)
    yield CSV, _sheet(known, locales(asked.lang)[0])


def _told(known: Sequence[Packable], asked: ReportsRequest, now: datetime) -> Mapping[str, Any]:
    inside = [entry for entry in known if entry.digest is not None]
    return {
        "made_at": now.isoformat(timespec="seconds"),
        "language": asked.lang,
        "edition": asked.edition,
        "filter": {
            name: value for name, value in asked.details()["wanted"].items() if value is not None
        },
        "count": len(inside),
        "files": [
            {
                "name": entry.file_name,
                "audit_id": entry.audit_id,
                "bytes": entry.size,
                "sha256": entry.sha256,
            }
            for entry in inside
        ],
        "left_out": [
            {"audit_id": entry.audit_id, "reason": entry.left_out}
            for entry in known
            if entry.left_out is not None
        ],
    }


def _sheet(known: Sequence[Packable], locale: str) -> bytes:
    """The same as a sheet, in one language."""
    head = [say(f"export.manifest.{column}", locale) for column in COLUMNS]
    rows = [
        [
            entry.file_name or "",
            str(entry.audit_id),
            "" if entry.size is None else str(entry.size),
            entry.sha256 or "",
            say(f"export.left_out.{entry.left_out}", locale) if entry.left_out else "",
        ]
        for entry in known
    ]
    return b"".join(csv.write([head, *rows]))

"""One visit of the demonstration, stored as a phone sends it: the audit, then its photos."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from audit_api.cli.demonstration.answers import Answered
from audit_api.services import photos, submission, submissions
from audit_api.services.access import Who

PHOTOS = Path(__file__).parent / "photos"
MEDIA_TYPE = "image/jpeg"
PICTURES = (
    ("receipt", "receipt"),
    ("bill", "receipt"),
    ("amount", "receipt"),
    ("dish", "dish"),
    ("front", "shop_front"),
)
ON_THE_WAY = timedelta(minutes=40)

Put = Callable[[str, bytes, str], None]
"""Stores a photo's bytes: key, data, media type."""


@dataclass(frozen=True, slots=True)
class Made:
    """A visit that was made: which one, by whom, when (with the site's offset), and how many
    degrees north of the site the phone was."""

    id: UUID
    assignment_id: UUID
    site: Any
    checklist: str
    auditor: Who
    at: datetime
    astray: float = 0.0002


def send(made: Made, filled: Answered, put: Put) -> int:
    """Store a visit with its photos through the services of real calls; return its version."""
    received = made.at.astimezone(UTC) + ON_THE_WAY
    taken = [_taken(made, question) for question in filled.pictured]
    fields = _fields(made, filled, [photo for photo, _ in taken])
    sent = submission.read(
        made.id, _as_sent(fields), fields, by=made.auditor, sent_at=received, now=received
    )
    arrival = submissions.submit(sent, by=made.auditor, if_match=None)
    for photo, data in taken:
        key = photos.key(made.auditor.organisation_id, made.id, photo["id"], "original")
        put(key, data, MEDIA_TYPE)
    if taken:
        arrival = submissions.settle(
            made.id,
            {photo["id"] for photo, _ in taken},
            by=made.auditor,
            now=received + timedelta(minutes=2),
        )
    return arrival.receipt.version


def _fields(made: Made, filled: Answered, manifest: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "revision": 1,
        "assignment_id": made.assignment_id,
        "site_id": made.site.id,
        "checklist": made.checklist,
        "conducted_at": made.at,
        "place": {
            "latitude": made.site.latitude + made.astray,
            "longitude": made.site.longitude,
            "accuracy": 12.0,
        },
        "answers": filled.answers,
        "photos": manifest,
    }


def _as_sent(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON that a phone would have sent for these fields."""
    manifest = [
        {name: _plain(value) for name, value in photo.items() if value is not None}
        for photo in fields["photos"]
    ]
    return {name: _plain(value) for name, value in fields.items()} | {"photos": manifest}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _taken(made: Made, question: str) -> tuple[dict[str, Any], bytes]:
    name = next((picture for part, picture in PICTURES if part in question), "shelf")
    data = _signed((PHOTOS / f"{name}.jpg").read_bytes(), f"{made.id} {question}")
    manifest = {
        "id": uuid5(made.id, question),
        "question": question,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "media_type": MEDIA_TYPE,
        "taken_at": made.at,
        "place": None,
    }
    return manifest, data


def _signed(data: bytes, words: str) -> bytes:
    """Return the JPEG with a comment after its first marker: another file, the same picture."""
    comment = words.encode()
    return data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + data[2:]

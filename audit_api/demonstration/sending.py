"""One visit of the demonstration, stored as a phone sends it: the audit, then its photos."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from audit_api.demonstration.answers import Answered
from audit_api.demonstration.pictures import MEDIA_TYPE, Picture, near
from audit_api.demonstration.plan import Visit
from audit_api.services.access import Who
from audit_api.services.audits import arrivals, photos, submission, uploads

Put = Callable[[str, bytes, str], None]
"""Stores a photo's bytes: key, data, media type."""

ASTRAY = 0.011
"""Degrees north of the site, for a visit that a reviewer should wonder about."""


@dataclass(frozen=True, slots=True)
class Report:
    """A visit that was made: which one, by whom, where the phone was and what it sends.

    `photos_kept_back` of the photos never reach the store.
    """

    id: UUID
    assignment_id: UUID
    site_id: UUID
    checklist: str
    auditor: Who
    at: datetime
    place: tuple[float, float]
    filled: Answered
    pictures: Sequence[Picture]
    photos_kept_back: int = 0
    revision: int = 1


def place_of(visit: Visit, chance: random.Random, *, astray: bool) -> tuple[float, float]:
    """Return where the phone was: at the site, unless it went astray."""
    latitude, longitude = near(visit.site.latitude, visit.site.longitude, chance)
    return (latitude + ASTRAY, longitude) if astray else (latitude, longitude)


def send(report: Report, received: datetime, put: Put, *, if_match: int | None = None) -> int:
    """Store a report with its photos through the services of real calls; return its version."""
    fields = _fields(report)
    sent = submission.read(
        report.id, _as_sent(fields), fields, by=report.auditor, sent_at=received, now=received
    )
    new = arrivals.submit_new([sent], by=report.auditor)
    arrival = new.get(report.id) or arrivals.submit_again(
        sent, by=report.auditor, if_match=if_match
    )
    uploaded = report.pictures[: len(report.pictures) - report.photos_kept_back]
    if not uploaded or report.revision > 1:
        return arrival.receipt.version
    for picture in uploaded:
        key = photos.key(
            report.auditor.organisation_id, report.id, picture.declared["id"], "original"
        )
        put(key, picture.data, MEDIA_TYPE)
    held = {picture.declared["id"]: photos.Held(MEDIA_TYPE) for picture in uploaded}
    settled = received + timedelta(minutes=2)
    arrival = arrivals.settle(arrival.receipt, uploads.Found(held), by=report.auditor, now=settled)
    return arrival.receipt.version


def corrected(report: Report, summary: str) -> Report:
    """Return the next revision: the same visit, told more fully."""
    answers = {**report.filled.answers, "summary": {"value": summary}}
    return replace(
        report, revision=report.revision + 1, filled=Answered(answers, report.filled.pictured)
    )


def _fields(report: Report) -> dict[str, Any]:
    latitude, longitude = report.place
    return {
        "revision": report.revision,
        "assignment_id": report.assignment_id,
        "site_id": report.site_id,
        "checklist": report.checklist,
        "conducted_at": report.at,
        "place": {"latitude": latitude, "longitude": longitude, "accuracy": 12.0},
        "answers": report.filled.answers,
        "photos": [picture.declared for picture in report.pictures],
    }


def _as_sent(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON that a phone would have sent for these fields."""
    return {
        name: [_plain_all(photo) for photo in value] if name == "photos" else _plain(value)
        for name, value in fields.items()
    }


def _plain_all(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value

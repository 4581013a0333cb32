"""A submission: what a phone sent as one audit, read, checked and scored, but not yet stored."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from audit_api.errors import Fault, Problem, invalid
from audit_api.rules.score import Score
from audit_api.services import published, site_facts
from audit_api.services.access import Who
from audit_api.services.published import Published
from audit_api.services.site_facts import SiteFacts

MOST_PHOTOS = 40


@dataclass(frozen=True, slots=True)
class DeclaredPhoto:
    """One line of a submission's manifest."""

    id: UUID
    question: str
    sha256: str
    size: int
    media_type: str
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Submission:
    """One audit as sent: `content` is its canonical JSON (RFC 8785), `digest` its SHA-256.

    `conducted_offset` is the phone's offset from UTC in minutes, `business_date` the site's
    local date of the visit.
    """

    id: UUID
    revision: int
    assignment_id: UUID
    version: Published
    site: SiteFacts
    conducted_at: datetime
    conducted_offset: int
    business_date: date
    sent_at: datetime | None
    received_at: datetime
    content: str
    digest: str
    score: Score
    photos: tuple[DeclaredPhoto, ...]


def read(
    audit_id: UUID,
    sent: Mapping[str, Any],
    fields: Mapping[str, Any],
    *,
    by: Who,
    sent_at: datetime | None,
    now: datetime,
) -> Submission:
    """Check and score one audit.

    `sent` is the body as the phone wrote it, `fields` the same after the envelope's schema.
    Raises INVALID with every fault of references, manifest and answers.
    """
    version = published.by_digest(by.organisation_id, fields["checklist"])
    site = site_facts.of(by.organisation_id, fields["site_id"])
    faults = _unknown(version, site)
    photos = tuple(_photo(photo) for photo in fields["photos"])
    faults += _manifest_faults(photos, version)
    score: Score | None = None
    if version is not None:
        try:
            score = version.scorer.score(fields["answers"], _counted(photos, version))
        except Problem as problem:
            faults += problem.faults
    if faults or version is None or site is None or score is None:
        raise invalid(*faults)
    content = orjson.dumps({**sent, "id": str(audit_id)}, option=orjson.OPT_SORT_KEYS)
    conducted_at: datetime = fields["conducted_at"]
    offset = conducted_at.utcoffset()
    assert offset is not None
    return Submission(
        id=audit_id,
        revision=fields["revision"],
        assignment_id=fields["assignment_id"],
        version=version,
        site=site,
        conducted_at=conducted_at,
        conducted_offset=int(offset.total_seconds()) // 60,
        business_date=conducted_at.astimezone(site.time_zone).date(),
        sent_at=sent_at,
        received_at=now,
        content=content.decode(),
        digest=hashlib.sha256(content).hexdigest(),
        score=score,
        photos=photos,
    )


def _unknown(version: Published | None, site: SiteFacts | None) -> list[Fault]:
    faults = []
    if version is None:
        faults.append(Fault("/checklist", "unknown_reference", {"noun": "checklist version"}))
    if site is None:
        faults.append(Fault("/site_id", "unknown_reference", {"noun": "site"}))
    return faults


def _photo(fields: Mapping[str, Any]) -> DeclaredPhoto:
    place = fields["place"] or {}
    return DeclaredPhoto(
        id=fields["id"], question=fields["question"], sha256=fields["sha256"],
        size=fields["size"], media_type=fields["media_type"], taken_at=fields["taken_at"],
        latitude=place.get("latitude"), longitude=place.get("longitude"),
    )


def _counted(photos: tuple[DeclaredPhoto, ...], version: Published) -> Counter[str]:
    """Return how many photos each question has; those of no question are told apart."""
    return Counter(p.question for p in photos if p.question in version.scorer.questions)


def _manifest_faults(photos: tuple[DeclaredPhoto, ...], version: Published | None) -> list[Fault]:
    faults = []
    seen: set[UUID] = set()
    for place, photo in enumerate(photos):
        if photo.id in seen:
            faults.append(Fault(f"/photos/{place}/id", "photo_twice"))
        seen.add(photo.id)
        if version is not None and photo.question not in version.scorer.questions:
            faults.append(Fault(f"/photos/{place}/question", "photo_question_unknown",
                                {"question": photo.question}))
    return faults

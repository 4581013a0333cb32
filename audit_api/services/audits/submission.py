"""A submission: what a phone sent as one audit, read, checked and scored, but not yet stored."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from audit_api.database import db
from audit_api.errors import Fault, Problem, invalid
from audit_api.models import Assignment
from audit_api.rules.permissions import Permission
from audit_api.rules.scoring import Score, Visit
from audit_api.rules.signals.kinds import Signal
from audit_api.rules.signals.visit import Circumstances, of_visit
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import circumstances
from audit_api.services.audits.parts import PART_BYTES, count
from audit_api.services.checklists import compiled
from audit_api.services.checklists.compiled import Published
from audit_api.services.sites import facts
from audit_api.services.sites.facts import SiteFacts

MAX_PHOTOS = 40


@dataclass(frozen=True, slots=True)
class DeclaredPhoto:
    """One line of a submission's manifest; `parts` are the digests of a large photo's parts."""

    id: UUID
    question: str
    sha256: str
    size: int
    media_type: str
    parts: tuple[str, ...]
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Submission:
    """One audit as sent: `content` is its canonical JSON (RFC 8785), `digest` its SHA-256.

    `conducted_at` is by the phone's clock, `conducted_offset` its offset from UTC in minutes;
    `site_attributes` are those that the score goes by as the server knows them, beside the
    phone's in the score.  `signals` are those that the visit gives by itself.
    """

    id: UUID
    auditor_id: UUID
    revision: int
    assignment_id: UUID
    version: Published
    site: SiteFacts
    conducted_at: datetime
    conducted_offset: int
    sent_at: datetime | None
    received_at: datetime
    content: str
    digest: str
    score: Score
    site_attributes: Mapping[str, object]
    photos: tuple[DeclaredPhoto, ...]
    circumstances: Circumstances
    signals: tuple[Signal, ...]

    @property
    def visited_at(self) -> datetime:
        """The moment of the visit by the server's clock."""
        return self.circumstances.visited_at

    @property
    def business_date(self) -> date:
        """The site's local date of the visit, on which it counts."""
        return self.visited_at.astimezone(self.site.time_zone).date()

    @property
    def received_on(self) -> date:
        """The site's local date when the moment of the visit was first told."""
        return self.circumstances.received_at.astimezone(self.site.time_zone).date()

    def first_told(self, sent_at: datetime | None, received_at: datetime) -> Submission:
        """Return it with its moment judged by an earlier sending that told the same moment."""
        first = replace(self.circumstances, sent_at=sent_at, received_at=received_at)
        return replace(self, circumstances=first, signals=of_visit(first))


def read(
    audit_id: UUID,
    body: Mapping[str, Any],
    fields: Mapping[str, Any],
    *,
    by: Who,
    sent_at: datetime | None,
    now: datetime,
    faults: Sequence[Fault] = (),
) -> Submission:
    """Check and score one audit.

    `body` is what the phone wrote, `fields` what the envelope's schema made of it and
    `faults` what it found wrong.  Raises INVALID with these and every fault of references,
    manifest and answers.
    """
    access.require(by, Permission.AUDIT_SUBMIT)
    version, site = _version(fields, by), _site(fields, by)
    # Only an assignment's fault speaks of the site: nobody learns whether a site exists.
    all_faults = [*faults, *_version_faults(fields, version)]
    score: Score | None = None
    if version is not None:
        # In a broken manifest these faults could point to the wrong places.
        if not any(fault.pointer.startswith("/photos") for fault in faults):
            all_faults += _manifest_faults(fields["photos"], version)
        score, answer_faults = _score(fields, version, site)
        if answer_faults and site is not None:
            # What is remembered of a site may be old: it refuses nobody.
            site = facts.current(by.organisation_id, site)
            score, answer_faults = _score(fields, version, site)
        all_faults += answer_faults
    if all_faults or version is None or site is None or score is None:
        raise invalid(*all_faults, *assignment_faults(fields, by=by))
    content = _content(audit_id, body)
    conducted_at: datetime = fields["conducted_at"]
    offset = conducted_at.utcoffset()
    assert offset is not None
    site_attributes = version.scorer.site(site.attributes)
    visit = circumstances.of(
        fields, version, site, score, site_attributes, sent_at=sent_at, received_at=now
    )
    return Submission(
        id=audit_id,
        auditor_id=by.id,
        revision=fields["revision"],
        assignment_id=fields["assignment_id"],
        version=version,
        site=site,
        conducted_at=conducted_at,
        conducted_offset=int(offset.total_seconds()) // 60,
        sent_at=sent_at,
        received_at=now,
        content=content.decode(),
        digest=hashlib.sha256(content).hexdigest(),
        score=score,
        site_attributes=site_attributes,
        photos=tuple(_photo(photo) for photo in fields["photos"]),
        circumstances=visit,
        signals=of_visit(visit),
    )


def digest_of(audit_id: UUID, body: Mapping[str, Any]) -> str:
    """Return the digest of an audit's content, as its submission has it."""
    return hashlib.sha256(_content(audit_id, body)).hexdigest()


def _content(audit_id: UUID, body: Mapping[str, Any]) -> bytes:
    return orjson.dumps({**body, "id": str(audit_id)}, option=orjson.OPT_SORT_KEYS)


def assignment_faults(fields: Mapping[str, Any], *, by: Who) -> list[Fault]:
    """Return what is wrong with an audit's assignment: never the auditor's, or of another site."""
    if "assignment_id" not in fields:
        return []
    assignment = db.session.scalar(
        access.held_assignments(by).where(Assignment.id == fields["assignment_id"])
    )
    if assignment is None:
        return [Fault("/assignment_id", "unknown_reference", {"noun": "assignment"})]
    if "site_id" in fields and assignment.site_id != fields["site_id"]:
        return [Fault("/site_id", "site_of_assignment", {"accepted": assignment.site_id})]
    return []


def _version(fields: Mapping[str, Any], by: Who) -> Published | None:
    digest = fields.get("checklist")
    return compiled.by_digest(by.organisation_id, digest) if digest else None


def _site(fields: Mapping[str, Any], by: Who) -> SiteFacts | None:
    site_id = fields.get("site_id")
    return facts.of(by.organisation_id, site_id) if site_id else None


def _version_faults(fields: Mapping[str, Any], version: Published | None) -> list[Fault]:
    if version is not None or "checklist" not in fields:
        return []
    return [Fault("/checklist", "unknown_reference", {"noun": "checklist version"})]


def _photo(fields: Mapping[str, Any]) -> DeclaredPhoto:
    place = fields["place"] or {}
    return DeclaredPhoto(
        id=fields["id"],
        question=fields["question"],
        sha256=fields["sha256"],
        size=fields["size"],
        media_type=fields["media_type"],
        parts=tuple(fields.get("parts", ())),
        taken_at=fields["taken_at"],
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
    )


def _score(
    fields: Mapping[str, Any], version: Published, site: SiteFacts | None
) -> tuple[Score | None, Sequence[Fault]]:
    """Return the score, or none and what is wrong with the answers."""
    if "answers" not in fields:
        return None, ()
    try:
        return version.scorer.score(_visit(fields, version, site)), ()
    except Problem as problem:
        return None, problem.faults


def _visit(fields: Mapping[str, Any], version: Published, site: SiteFacts | None) -> Visit:
    """Return what is scored: by the site as the phone knew it, which chose its questions so."""
    server_attributes = site.attributes if site else {}
    phone_attributes = fields.get("site_attributes")
    return Visit(
        fields["answers"],
        _photo_counts(fields, version),
        server_attributes if phone_attributes is None else phone_attributes,
    )


def _photo_counts(fields: Mapping[str, Any], version: Published) -> Mapping[str, int]:
    """Return how many photos each question has; `_manifest_faults` names those of no question."""
    questions = (photo.get("question") for photo in fields.get("photos", ()))
    return Counter(question for question in questions if question in version.scorer.questions)


def _manifest_faults(photos: Sequence[Mapping[str, Any]], version: Published) -> list[Fault]:
    faults = []
    seen: set[UUID] = set()
    for place, photo in enumerate(photos):
        if photo["id"] in seen:
            faults.append(Fault(f"/photos/{place}/id", "photo_twice"))
        seen.add(photo["id"])
        if photo["question"] not in version.scorer.questions:
            faults.append(
                Fault(
                    f"/photos/{place}/question",
                    "photo_question_unknown",
                    {"question": photo["question"]},
                )
            )
        number = count(photo["size"])
        if photo.get("parts") and len(photo["parts"]) != number:
            accepted = {"accepted": number, "bytes": PART_BYTES}
            faults.append(Fault(f"/photos/{place}/parts", "photo_parts_differ", accepted))
    return faults

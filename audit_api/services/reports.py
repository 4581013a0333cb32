"""Reports: gathers one audit into a frozen value, and has it drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api import pdf
from audit_api.database import db
from audit_api.models import (
    Audit,
    ChecklistVersion,
    Organisation,
    Photo,
    Region,
    Review,
    Revision,
    Site,
    User,
)
from audit_api.pdf import AuditReport, PhotoRef, QuestionLine, State, TouchpointPart
from audit_api.rules.questions import Question
from audit_api.rules.score import Score, score_from_json
from audit_api.rules.sections import questions_of
from audit_api.services import access, audits, photos, published, wording
from audit_api.services.access import Who
from audit_api.storage.store import PhotoStore
from audit_api.translations import pick, vocabulary


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand out; its name tells the site and the day, never the auditor."""

    file_name: str
    data: bytes


def audit_pdf(audit_id: UUID, *, by: Who, locale: str, store: PhotoStore) -> Document:
    """Return an audit's report in `locale`; raise NOT_FOUND where `by` may not see the audit."""
    access.require(by, "report.read")
    audit = audits.find(audit_id, by=by)
    report = gather(audit, by=by, locale=locale)
    # What is gathered needs the database no more, so drawing keeps no connection waiting.
    db.session.rollback()

    def open_photo(key: str) -> bytes:
        with store.open(key) as file:
            return file.read()

    name = f"audit-{report.site_code}-{report.business_date.isoformat()}.pdf"
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return Document(safe, pdf.render(report, open_photo))


def gather(audit: Audit, *, by: Who, locale: str) -> AuditReport:
    """Return all that the report of `audit` says, in `locale`, for the eyes of `by`."""
    revision = db.session.get_one(Revision, (audit.id, audit.content_digest))
    content, score = orjson.loads(revision.content), score_from_json(orjson.loads(revision.score))
    version = db.session.get_one(ChecklistVersion, audit.checklist_version_id)
    site = db.session.get_one(Site, audit.site_id)
    checklist = published.by_id(audit.organisation_id, audit.checklist_version_id).checklist
    identifies = by.may("audit.identify")
    words = vocabulary(locale)
    return AuditReport(
        locale=locale,
        labels={code: text for code, text in words.items() if code.startswith("report.")},
        organisation=db.session.get_one(Organisation, audit.organisation_id).name,
        site_name=site.name,
        site_code=site.code,
        site_address=site.address,
        region=db.session.get_one(Region, site.region_id).name,
        checklist_title=pick(checklist.title, locale),
        checklist_version=version.number,
        business_date=audit.business_date,
        conducted_at=_local(content["conducted_at"]) if identifies else "",
        received_at=f"{revision.received_at:%Y-%m-%d %H:%M} UTC" if identifies else "",
        auditor=db.session.get_one(User, audit.auditor_id).name if identifies else None,
        state=words[f"state.{audit.state}"],
        raw=audit.raw_score,
        final=audit.final_score,
        band=next(
            (pick(b.title, locale) for b in checklist.scoring.bands if b.key == audit.band), None
        ),
        passed=audit.passed,
        valid=score.valid,
        coverage=(score.answered, score.visible),
        effects=tuple(wording.effect(effect, checklist, locale) for effect in score.effects),
        touchpoints=_touchpoints(audit, content["answers"], score, locale),
        review_notes=_notes(audit) if identifies else (),
        digest=audit.content_digest,
        revision=audit.revision,
    )


def _touchpoints(
    audit: Audit, answers: Mapping[str, Any], score: Score, locale: str
) -> tuple[TouchpointPart, ...]:
    version = published.by_id(audit.organisation_id, audit.checklist_version_id)
    points = version.scorer.points(answers)
    pictures = _pictures(audit)
    parts = []
    for place, touchpoint in enumerate(version.checklist.touchpoints, start=1):
        questions = tuple(
            _line(
                f"{place}.{number}",
                question,
                answers.get(question.key),
                points[question.key],
                question.key in score.failed,
                pictures.get(question.key, ()),
                locale,
            )
            for number, question in enumerate(questions_of(touchpoint), start=1)
        )
        part = next(part for part in score.touchpoints if part.key == touchpoint.key)
        parts.append(
            TouchpointPart(
                pick(touchpoint.title, locale), part.score, wording.weight(touchpoint), questions
            )
        )
    return tuple(parts)


def _line(
    number: str,
    question: Question,
    answer: Mapping[str, Any] | None,
    points: tuple[int, int],
    failed: bool,
    pictures: tuple[PhotoRef, ...],
    locale: str,
) -> QuestionLine:
    answer = answer or {}
    scored = question.scored or question.bonus
    return QuestionLine(
        number=number,
        title=pick(question.title, locale),
        answer=wording.answer(question, answer["value"], locale) if "value" in answer else "",
        earned=wording.points(points[0]) if scored else "",
        possible=wording.points(points[1]) if scored else "",
        failed=failed,
        state=_state(answer, bool(pictures)),
        comment=answer.get("comment"),
        photos=pictures,
    )


def _state(answer: Mapping[str, Any], pictured: bool) -> State:
    for state in (State.NOT_APPLICABLE, State.NOT_OBSERVED):
        if answer.get(state.value):
            return state
    return State.ANSWERED if "value" in answer or pictured else State.UNANSWERED


def _pictures(audit: Audit) -> dict[str, tuple[PhotoRef, ...]]:
    rows = db.session.execute(
        sa.select(Photo.question, Photo.id)
        .where(Photo.audit_id == audit.id, Photo.last_revision == audit.revision)
        .order_by(Photo.question, Photo.id)
    )
    found: dict[str, tuple[PhotoRef, ...]] = {}
    for question, photo_id in rows:
        key = photos.key(audit.organisation_id, audit.id, photo_id, "display")
        found[question] = (*found.get(question, ()), PhotoRef(key))
    return found


def _notes(audit: Audit) -> tuple[str, ...]:
    rows = db.session.execute(
        sa.select(Review.note, Review.notes).where(Review.audit_id == audit.id).order_by(Review.id)
    )
    return tuple(text for note, notes in rows for text in (note, *notes.values()) if text)


def _local(conducted_at: str) -> str:
    return datetime.fromisoformat(conducted_at).strftime("%Y-%m-%d %H:%M %z")

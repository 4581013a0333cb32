"""The data set `audits`: a row for each audit, with its score as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Review
from audit_api.rules.checklist.questions import TRACES
from audit_api.rules.permissions import Permission
from audit_api.rules.signals.kinds import Signal
from audit_api.services.access import Who
from audit_api.services.audits import photos, signals
from audit_api.services.datasets import parts
from audit_api.services.datasets.fields import (
    OF_AUDITS,
    Dataset,
    Field,
    Request,
    Unit,
    hundredths,
    millionths,
)
from audit_api.services.datasets.visited import ABOUT, WHO_AND_WHEN, Visited, count, pages
from audit_api.sheets.tables import Kind
from audit_api.words import answers


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An audit, and what is stored beside it: how many photos the reader may see, its signals, the
    notes of the office."""

    visited: Visited
    photos: int
    signals: Sequence[Signal]
    notes: str | None


def records(request: Request, by: Who) -> Iterator[AuditRecord]:
    """Yield the audits that are asked for, by day and id."""
    for page in pages(request, by=by):
        ids = [visited.audit.id for visited in page]
        pictures = photos.counted(ids, by=by)
        hints, notes = _signals(ids, by), _notes(ids, by)
        for visited in page:
            audit_id = visited.audit.id
            yield AuditRecord(
                visited,
                _shown(visited, pictures.get(audit_id, {}), by),
                hints.get(audit_id, ()),
                notes.get(audit_id),
            )


def _shown(visited: Visited, pictures: Mapping[str, int], by: Who) -> int:
    """How many photos `by` may see: a signature only who may know whose it is."""
    questions = visited.version.scorer.questions
    return sum(
        number
        for key, number in pictures.items()
        if by.may(Permission.AUDIT_IDENTIFY) or questions[key].type not in TRACES
    )


def _signals(audit_ids: Sequence[UUID], by: Who) -> Mapping[UUID, Sequence[Signal]]:
    return signals.of_audits(audit_ids) if by.may(Permission.AUDIT_IDENTIFY) else {}


def _notes(audit_ids: Sequence[UUID], by: Who) -> Mapping[UUID, str]:
    """What the office noted with its decisions, a line each, the oldest first."""
    if not by.may(Permission.AUDIT_IDENTIFY):
        return {}
    rows = db.session.execute(
        sa.select(Review.audit_id, Review.note, Review.notes)
        .where(Review.audit_id.in_(audit_ids))
        .order_by(Review.id)
    )
    noted: dict[UUID, list[str]] = {}
    for audit_id, note, by_question in rows:
        lines = [note, *(f"{key}: {text}" for key, text in by_question.items())]
        noted.setdefault(audit_id, []).extend(filter(None, lines))
    return {audit_id: "\n".join(lines) for audit_id, lines in noted.items() if lines}


def _band(record: AuditRecord) -> str | None:
    visited = record.visited
    return answers.band(visited.audit.band, visited.version.checklist, visited.locale) or None


FIELDS: tuple[Field, ...] = (
    *ABOUT,
    Field(
        "score",
        Kind.DECIMAL,
        lambda r: hundredths(r.visited.audit.final_score),
        "audits.final_score",
        Unit.PERCENT,
        places=2,
    ),
    Field(
        "raw_score",
        Kind.DECIMAL,
        lambda r: hundredths(r.visited.audit.raw_score),
        "audits.raw_score",
        Unit.PERCENT,
        places=2,
    ),
    Field("passed", Kind.BOOLEAN, lambda r: r.visited.audit.passed, "audits.passed"),
    Field("band", Kind.TEXT, lambda r: r.visited.audit.band, "audits.band"),
    Field("band_title", Kind.TEXT, _band, "checklist_versions.document"),
    Field("valid", Kind.BOOLEAN, lambda r: r.visited.audit.valid, "audits.valid"),
    Field(
        "earned",
        Kind.DECIMAL,
        lambda r: millionths(r.visited.audit.earned),
        "audits.earned",
        Unit.POINTS,
        places=6,
    ),
    Field(
        "possible",
        Kind.DECIMAL,
        lambda r: millionths(r.visited.audit.possible),
        "audits.possible",
        Unit.POINTS,
        places=6,
    ),
    Field("answered", Kind.INTEGER, lambda r: r.visited.score.answered, "revisions.score"),
    Field("visible", Kind.INTEGER, lambda r: r.visited.score.visible, "revisions.score"),
    Field(
        "not_applicable", Kind.INTEGER, lambda r: r.visited.score.not_applicable, "revisions.score"
    ),
    Field("not_observed", Kind.INTEGER, lambda r: r.visited.score.not_observed, "revisions.score"),
    Field(
        "findings", Kind.INTEGER, lambda r: r.visited.audit.findings_count, "audits.findings_count"
    ),
    Field("effects", Kind.INTEGER, lambda r: len(r.visited.score.effects), "revisions.score"),
    Field("photos", Kind.INTEGER, lambda r: r.photos, "photos.id"),
    Field("scoring_key", Kind.TEXT, lambda r: r.visited.audit.scoring_key, "audits.scoring_key"),
    *WHO_AND_WHEN,
    Field(
        "conducted_at",
        Kind.MOMENT,
        lambda r: r.visited.audit.conducted_at,
        "audits.conducted_at",
        full=True,
        width=20,
    ),
    Field(
        "offset",
        Kind.INTEGER,
        lambda r: r.visited.audit.conducted_offset,
        "audits.conducted_offset",
        Unit.MINUTES,
        full=True,
    ),
    Field(
        "duration",
        Kind.INTEGER,
        lambda r: r.visited.audit.seconds,
        "audits.seconds",
        Unit.SECONDS,
        full=True,
    ),
    Field(
        "received_at",
        Kind.MOMENT,
        lambda r: r.visited.audit.received_at,
        "audits.received_at",
        full=True,
        width=20,
    ),
    Field(
        "assignment_id",
        Kind.TEXT,
        lambda r: str(r.visited.audit.assignment_id),
        "audits.assignment_id",
        full=True,
        width=38,
    ),
    Field(
        "signals",
        Kind.TEXT,
        lambda r: " ".join(signal.kind for signal in r.signals) or None,
        "audit_signals.kind",
        full=True,
        width=24,
    ),
    Field("notes", Kind.TEXT, lambda r: r.notes, "reviews.note", full=True, width=40),
)

AUDITS = Dataset(
    "audits",
    FIELDS,
    records,
    Permission.REPORT_READ,
    month="business_date",
    more=parts.columns,
    filters=OF_AUDITS,
    size=count,
)

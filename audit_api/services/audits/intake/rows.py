"""The rows of an arriving audit."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import orjson

from audit_api.models import Revision
from audit_api.rules.lifecycle import PhotoState
from audit_api.rules.signals.kinds import Signal
from audit_api.services.audits.submission import Submission

REVISION = [column.key for column in Revision.__table__.columns]
"""The columns of a revision's row; all of them are given."""
PHOTO = (
    *("audit_id", "id", "question", "sha256", "size", "media_type"),
    *("taken_at", "latitude", "longitude", "last_revision", "state"),
)
"""The columns of a photo's row that a manifest tells of."""


def audit_row(submission: Submission) -> dict[str, object]:
    return {
        "id": submission.id,
        "assignment_id": submission.assignment_id,
        "site_id": submission.site.id,
        "auditor_id": submission.auditor_id,
        "version": 1,
        "received_at": submission.received_at,
        "state_since": submission.received_at,
        **standing_columns(submission),
    }


def standing_columns(submission: Submission) -> dict[str, object]:
    """Return the columns of an audit that are those of its standing revision."""
    return {
        "revision": submission.revision,
        "checklist_version_id": submission.version.id,
        "content_digest": submission.digest,
        "scoring_key": submission.version.scoring_key,
        "conducted_at": submission.conducted_at,
        "conducted_offset": submission.conducted_offset,
        "visited_at": submission.visited_at,
        "seconds": submission.circumstances.seconds,
        "business_date": submission.business_date,
        "raw_score": submission.score.raw,
        "final_score": submission.score.final,
        "passed": submission.score.passed,
        "band": submission.score.band,
        "earned": submission.score.earned,
        "possible": submission.score.possible,
        "findings_count": len(submission.score.failed),
        "valid": submission.score.valid,
    }


def revision_row(submission: Submission, standing: str) -> dict[str, object]:
    return {
        "audit_id": submission.id,
        "content_digest": submission.digest,
        "number": submission.revision,
        "standing": standing,
        "received_at": submission.received_at,
        "sent_at": submission.sent_at,
        "content": submission.content,
        "score": orjson.dumps(submission.score.as_json()).decode(),
        "site_attributes": orjson.dumps(submission.site_attributes).decode(),
    }


def photo_rows(submission: Submission) -> list[dict[str, object]]:
    return [
        {
            "audit_id": submission.id,
            "id": photo.id,
            "question": photo.question,
            "sha256": photo.sha256,
            "size": photo.size,
            "media_type": photo.media_type,
            "taken_at": photo.taken_at,
            "latitude": photo.latitude,
            "longitude": photo.longitude,
            "last_revision": submission.revision,
            "state": PhotoState.DECLARED,
        }
        for photo in submission.photos
    ]


def signal_rows(audit_id: UUID, signals: Iterable[Signal]) -> list[dict[str, object]]:
    return [
        {"audit_id": audit_id, "kind": signal.kind, "values": dict(signal.values)}
        for signal in signals
    ]

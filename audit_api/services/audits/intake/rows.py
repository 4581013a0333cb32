"""The rows of an arriving audit."""

from __future__ import annotations

import orjson

from audit_api.rules.lifecycle import PhotoState
from audit_api.services.access import Who
from audit_api.services.audits.submission import Submission


def audit_row(sent: Submission, by: Who) -> dict[str, object]:
    return {
        "id": sent.id,
        "assignment_id": sent.assignment_id,
        "site_id": sent.site.id,
        "auditor_id": by.id,
        "version": 1,
        "received_at": sent.received_at,
        **standing_columns(sent),
    }


def standing_columns(sent: Submission) -> dict[str, object]:
    """Return the columns of an audit that are those of its standing revision."""
    return {
        "revision": sent.revision,
        "checklist_version_id": sent.version.id,
        "content_digest": sent.digest,
        "scoring_key": sent.version.scoring_key,
        "conducted_at": sent.conducted_at,
        "conducted_offset": sent.conducted_offset,
        "business_date": sent.business_date,
        "raw_score": sent.score.raw,
        "final_score": sent.score.final,
        "passed": sent.score.passed,
        "band": sent.score.band,
        "earned": sent.score.earned,
        "possible": sent.score.possible,
    }


def revision_row(sent: Submission, standing: str) -> dict[str, object]:
    return {
        "audit_id": sent.id,
        "content_digest": sent.digest,
        "number": sent.revision,
        "standing": standing,
        "received_at": sent.received_at,
        "sent_at": sent.sent_at,
        "content": sent.content,
        "score": orjson.dumps(sent.score.as_json()).decode(),
        "site_attributes": orjson.dumps(sent.site_attributes).decode(),
    }


def photo_rows(sent: Submission) -> list[dict[str, object]]:
    return [
        {
            "audit_id": sent.id,
            "id": photo.id,
            "question": photo.question,
            "sha256": photo.sha256,
            "size": photo.size,
            "media_type": photo.media_type,
            "taken_at": photo.taken_at,
            "latitude": photo.latitude,
            "longitude": photo.longitude,
            "last_revision": sent.revision,
            "state": PhotoState.DECLARED,
        }
        for photo in sent.photos
    ]

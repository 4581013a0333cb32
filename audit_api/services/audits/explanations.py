"""Explained scores: every step from the answers of a visit to its score, in every language."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import orjson

from audit_api.database import db
from audit_api.models import Audit, Revision
from audit_api.rules.scoring import Visit, explanation
from audit_api.rules.scoring.explanation import Step
from audit_api.rules.scoring.score import score_from_json
from audit_api.services.access import Who
from audit_api.services.audits import audits
from audit_api.services.checklists import compiled
from audit_api.services.checklists.compiled import Published
from audit_api.words.explanation.steps import in_words


def of_audit(audit_id: UUID, *, by: Who) -> dict[str, Any]:
    """Return the explained score of an audit's standing revision; raise NOT_FOUND where `by` may
    not see the audit.  It holds nothing that leads to the auditor."""
    audit = audits.find(audit_id, by=by)
    version = _version(audit)
    return {
        "audit_id": audit.id,
        "revision": audit.revision,
        "checklist": version.digest,
        "steps": in_words(version.checklist, _steps(audit, version)),
    }


def _version(audit: Audit) -> Published:
    return compiled.by_id(audit.organisation_id, audit.checklist_version_id)


def _steps(audit: Audit, version: Published) -> tuple[Step, ...]:
    revision = db.session.get_one(Revision, (audit.id, audit.content_digest))
    content, score = orjson.loads(revision.content), score_from_json(orjson.loads(revision.score))
    photos = Counter(photo["question"] for photo in content.get("photos", ()))
    visit = Visit(content["answers"], photos, score.site)
    return explanation.explain_stored(version.checklist, version.scorer, visit, score)

"""Explained scores: every step from the answers of a visit to its score, in every language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from audit_api.rules.scoring import explanation
from audit_api.rules.scoring.explanation import Step
from audit_api.services import standing
from audit_api.services.access import Who
from audit_api.services.audits import audits
from audit_api.services.checklists import compiled
from audit_api.services.checklists.compiled import Published
from audit_api.services.standing import Standing
from audit_api.words.explanation.steps import in_words


def of_audit(audit_id: UUID, *, by: Who) -> dict[str, Any]:
    """Return the explained score of an audit's standing revision; raise NOT_FOUND where `by` may
    not see the audit.  It holds nothing that leads to the auditor."""
    audit = audits.find(audit_id, by=by)
    version = compiled.by_id(audit.organisation_id, audit.checklist_version_id)
    return {
        "audit_id": audit.id,
        "revision": audit.revision,
        "checklist": version.digest,
        "steps": in_words(version.checklist, steps(version, standing.of(audit))),
    }


def steps(version: Published, current: Standing) -> tuple[Step, ...]:
    """Return every step from the answers of a standing revision to its score."""
    return explanation.explain_stored(
        version.checklist, version.scorer, current.visit, current.score
    )

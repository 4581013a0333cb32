"""Explained scores: every step from the answers of a visit to its score, in every language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from audit_api.database import db
from audit_api.models import Audit, Revision
from audit_api.rules import explanation
from audit_api.rules.explanation import Step
from audit_api.rules.explanation.steps import Affected
from audit_api.rules.score import score_from_json
from audit_api.rules.scoring import Visit
from audit_api.rules.sections import Checklist
from audit_api.services import audits, published
from audit_api.services.access import Who
from audit_api.services.checklist_words import words_of
from audit_api.services.explanation_words import sentence
from audit_api.services.published import Published
from audit_api.translations import LOCALES


@dataclass(frozen=True, slots=True)
class Told:
    """One step: its `values` in the numbers that people write, its `text` by language.

    `key` is None where a step is about the whole audit; `number` is a question's in reports.
    """

    kind: str
    key: str | None
    number: str | None
    values: dict[str, Any]
    text: dict[str, str]


def of_audit(audit_id: UUID, *, by: Who) -> dict[str, Any]:
    """Return the explained score of an audit's standing revision; raise NOT_FOUND where `by` may
    not see the audit.  It holds nothing that leads to the auditor."""
    audit = audits.find(audit_id, by=by)
    version = _version(audit)
    return {
        "audit_id": audit.id,
        "revision": audit.revision,
        "checklist": version.digest,
        "steps": told(version.checklist, _steps(audit, version)),
    }


def told(checklist: Checklist, steps: Sequence[Step]) -> list[Told]:
    """Return the steps of an explanation with their sentences in every language."""
    words = {locale: words_of(checklist, locale) for locale in LOCALES}
    numbers = words[LOCALES[0]].numbers
    return [
        Told(
            step.kind,
            step.key or None,
            numbers.get(step.key) if _is_of_question(step) else None,
            explanation.values(step),
            {locale: sentence(step, own) for locale, own in words.items()},
        )
        for step in steps
    ]


def _is_of_question(step: Step) -> bool:
    """Whether a step's key is a question's: sections and dimensions may have keys like one."""
    hung_on_an_answer = isinstance(step, Affected) and step.value is not None
    return step.kind in ("question", "hidden") or hung_on_an_answer


def _version(audit: Audit) -> Published:
    return published.by_id(audit.organisation_id, audit.checklist_version_id)


def _steps(audit: Audit, version: Published) -> tuple[Step, ...]:
    revision = db.session.get_one(Revision, (audit.id, audit.content_digest))
    content, score = orjson.loads(revision.content), score_from_json(orjson.loads(revision.score))
    photos = Counter(photo["question"] for photo in content.get("photos", ()))
    visit = Visit(content["answers"], photos, score.site)
    return explanation.explain_stored(version.checklist, version.scorer, visit, score)

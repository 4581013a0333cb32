"""Audits as they are read: one with its answers, its revisions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import not_found
from audit_api.models import Audit, Revision
from audit_api.rules.checklist.questions import TRACES
from audit_api.rules.permissions import Permission
from audit_api.services import access, standing
from audit_api.services.access import Who
from audit_api.services.audits import queue, reviews
from audit_api.services.checklists import compiled


def find(audit_id: UUID, *, by: Who) -> Audit:
    """Return an audit, if `by` may see it; raise NOT_FOUND otherwise."""
    access.require(by, Permission.AUDIT_READ)
    audit = db.session.scalar(access.visible_audits(by).where(Audit.id == audit_id))
    if audit is None:
        raise not_found("audit")
    return audit


def detail(audit: Audit, *, by: Who) -> dict[str, Any]:
    """Return an audit with its answers, and what `by` may know beyond them.

    A manager gets nothing that leads to the auditor: no times, no place, no device, no notes.
    """
    current = standing.of(audit)
    score = current.score
    members: dict[str, Any] = queue.view_one(audit, by=by) | {
        **_answers(current.content, score.hidden, audit, by),
        "touchpoints": score.touchpoints,
        "findings": list(score.failed),
        "effects": score.effects,
    }
    if access.knows_auditor(by, audit):
        members["reviews"] = reviews.of_audit(audit.id, by=by)
    return members


def revisions(audit: Audit, *, by: Who) -> list[dict[str, Any]]:
    """Return every revision of an audit, by number; lost copies stand beside the one that won.

    Who may not know the auditor gets the one that stands: a return took the others out of sight.
    """
    select = sa.select(Revision).where(Revision.audit_id == audit.id)
    if not access.knows_auditor(by, audit):
        select = select.where(Revision.content_digest == audit.content_digest)
    rows = db.session.scalars(select.order_by(Revision.number, Revision.received_at))
    return [
        {
            "number": row.number,
            "standing": row.standing,
            "content_digest": row.content_digest,
            **_answers(orjson.loads(row.content), score["hidden"], audit, by),
            "final_score": score["final"],
        }
        for row in rows
        for score in [orjson.loads(row.score)]
    ]


def _answers(
    content: Mapping[str, Any], hidden: Collection[str], audit: Audit, by: Who
) -> dict[str, Mapping[str, Any]]:
    """Return the answers as `by` may read them; those to questions that were not asked stand apart.

    Sites see no answer that tells where and when the auditor was (`TRACES`).
    """
    answers: Mapping[str, Mapping[str, Any]] = content["answers"]
    visible_answers = {key: answer for key, answer in answers.items() if key not in hidden}
    if access.knows_auditor(by, audit):
        hidden_answers = {key: answer for key, answer in answers.items() if key in hidden}
        return {"answers": visible_answers, "hidden_answers": hidden_answers}
    questions = compiled.by_id(audit.organisation_id, audit.checklist_version_id).scorer.questions
    return {
        "answers": {
            key: _without_value(answer) if questions[key].type in TRACES else answer
            for key, answer in visible_answers.items()
        }
    }


def _without_value(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: member for name, member in answer.items() if name != "value"}

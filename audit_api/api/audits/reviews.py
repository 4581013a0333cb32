"""What the office decides of audits, and the record of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import marshmallow as ma

from audit_api.api.audits.shown import AuditSchema
from audit_api.api.http import preconditions, problems
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.problem_schema import ProblemSchema
from audit_api.api.http.shapes import Shown, Word, as_it_is
from audit_api.api.http.writes import commits
from audit_api.errors import Problem
from audit_api.rules.lifecycle import REVIEW_ACTIONS, AuditAction
from audit_api.rules.permissions import Permission
from audit_api.services.audits import history, queue, reviews, selections
from audit_api.services.audits.selections import Selected
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.languages import locale

blueprint = Blueprint("reviews", __name__, description="What the office decides.")


class AuditMoveSchema(Schema):
    action = Word("ReviewAction", REVIEW_ACTIONS, required=True)
    note = fields.Text(
        load_default=None,
        allow_none=True,
        validate=fields.Length(max=4000),
        metadata={
            "description": "Why: asked for by `waive`, `reject`, `exclude`, `void`, `take_back`, "
            "and by `return` without `notes`."
        },
    )
    notes = fields.Dict(
        keys=fields.Text(),
        values=fields.Text(validate=fields.Length(1, 4000)),
        load_default=dict,
        metadata={"description": "By question key."},
    )


class SelectedSchema(Schema):
    """An audit, and its `version` as it was seen in the list."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True, strict=True, validate=fields.Range(1, 999_999_999))

    @ma.post_load
    def _made(self, sent: dict[str, Any], **_: Any) -> Selected:
        return Selected(**sent)


class SelectionSchema(Schema):
    audits = fields.List(
        fields.Nested(SelectedSchema),
        required=True,
        validate=fields.Length(1, selections.MAX_SELECTED),
    )
    include_held = fields.Boolean(
        load_default=False,
        metadata={"description": "Approve those that a signal holds for review too."},
    )
    note = fields.Text(load_default=None, allow_none=True, validate=fields.Length(max=4000))


class ApprovalSchema(Shown):
    """What became of one audit of a selection, as its own move would have been answered."""

    sometimes = frozenset({"audit", "problem"})

    id = fields.UUID()
    status = fields.Integer()
    audit = fields.Nested(AuditSchema)
    problem = fields.Nested(ProblemSchema)


class ApprovalsSchema(Shown):
    results = fields.List(fields.Nested(ApprovalSchema))


class ActorSchema(Shown):
    """Who acted; an operator's command has neither id nor name."""

    kind = Word(history.ActorKind)
    id = fields.UUID(allow_none=True)
    name = fields.Text(allow_none=True)


class DetailsSchema(Shown):
    """Of which revision it was, and the photos that were waived."""

    sometimes = frozenset({"photos"})

    revision = fields.Integer()
    photos = fields.List(fields.UUID())


class ActSchema(Shown):
    """One act: `verb` is the permission that it needed."""

    verb = Word(Permission)
    action = Word(
        AuditAction, allow_none=True, metadata={"description": "The move, where it was one."}
    )
    note = fields.Text(allow_none=True, metadata={"description": "Why."})
    details = as_it_is(DetailsSchema)
    actor = fields.Nested(ActorSchema)
    at = fields.Moment()


@blueprint.route(
    "/audits/<uuid:audit_id>/moves", methods=["POST"], parameters=[preconditions.IF_MATCH]
)
@commits
@blueprint.arguments(AuditMoveSchema)
@blueprint.response(200, AuditSchema, headers=preconditions.ETAG_HEADER)
def move_audit(sent: dict[str, Any], audit_id: UUID) -> Any:
    """Waive missing photos, open, approve, return with notes, reject; take an approval back;
    exclude, include or void."""
    audit = reviews.move(
        audit_id,
        AuditAction(sent.pop("action")),
        by=who(),
        version=preconditions.required_version(),
        now=datetime.now(UTC),
        **sent,
    )
    return queue.view_one(audit, by=who()), 200, {"ETag": preconditions.etag(audit.version)}


@blueprint.route("/audits/approvals", methods=["POST"])
@commits
@blueprint.arguments(SelectionSchema)
@blueprint.response(200, ApprovalsSchema)
@lane(Lane.WIDE)
def approve_audits(sent: dict[str, Any]) -> Any:
    """Approve up to 500 audits as they were seen in the list; each is answered alone."""
    selection = sent.pop("audits")
    outcomes = selections.approve(selection, by=who(), now=datetime.now(UTC), **sent)
    approved = [outcome for outcome in outcomes if not isinstance(outcome, Problem)]
    shown = queue.view_found(approved, by=who())
    return {
        "results": [
            _result(selected.id, outcome, shown)
            for selected, outcome in zip(selection, outcomes, strict=True)
        ]
    }


@blueprint.route("/audits/<uuid:audit_id>/activity", methods=["GET"])
@blueprint.response(200, ActSchema(many=True))
def list_activity(audit_id: UUID) -> Any:
    """List who did what with an audit, when and why, oldest first."""
    return history.of_audit(audit_id, by=who())


def _result(
    audit_id: UUID, outcome: object, shown: Mapping[UUID, dict[str, Any]]
) -> dict[str, Any]:
    if isinstance(outcome, Problem):
        told = problems.document(outcome, locale())
        return {"id": audit_id, "status": outcome.kind.status, "problem": told}
    return {"id": audit_id, "status": 200, "audit": shown[audit_id]}

"""What the office decides of audits, and the record of who did what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.api.audits.schemas import AuditSchema
from audit_api.api.http import fields, preconditions
from audit_api.api.http.authentication import who
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.writes import commits
from audit_api.rules.lifecycle import REVIEW_ACTIONS, AuditAction
from audit_api.services.audits import history, queue, reviews

blueprint = Blueprint("reviews", __name__, description="What the office decides.")


class AuditMoveSchema(Schema):
    action = fields.Text(required=True, validate=fields.OneOf(REVIEW_ACTIONS))
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


class ActorSchema(Schema):
    """Who acted; an operator's command has neither id nor name."""

    kind = fields.Text(required=True, validate=fields.OneOf(tuple(history.ActorKind)))
    id = fields.UUID(required=True, allow_none=True)
    name = fields.Text(required=True, allow_none=True)


class ActSchema(Schema):
    """One act: `verb` is the permission that it needed."""

    verb = fields.Text(required=True)
    action = fields.Text(
        required=True, allow_none=True, metadata={"description": "The move, where it was one."}
    )
    note = fields.Text(required=True, allow_none=True, metadata={"description": "Why."})
    details = fields.Dict(required=True)
    actor = fields.Nested(ActorSchema, required=True)
    at = fields.Moment(required=True)


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


@blueprint.route("/audits/<uuid:audit_id>/activity", methods=["GET"])
@blueprint.response(200, ActSchema(many=True))
def list_activity(audit_id: UUID) -> Any:
    """List who did what with an audit, when and why, oldest first."""
    return history.of_audit(audit_id, by=who())

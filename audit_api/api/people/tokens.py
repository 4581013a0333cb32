"""Integration tokens: what machines may do in the organisation's name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.paging import PAGE_HEADERS, PageArguments, page
from audit_api.api.http.shapes import Shown, Word
from audit_api.api.http.writes import commits, commits_without
from audit_api.rules.permissions import INTEGRATION_GRANTS
from audit_api.services.people import tokens
from audit_api.web import authentication, fields
from audit_api.web.authentication import who

blueprint = Blueprint("tokens", __name__, description="What machines may do.")

SAID_ONCE = (
    "The token itself. Said in this answer only: it is not kept, so a repetition under the same "
    "`Idempotency-Key` answers null. Where the first answer was lost, revoke the token and add "
    "another."
)


class TokenFields(Schema):
    """What may be written of a token."""

    name = fields.Name(required=True)
    permissions = fields.List(
        Word("IntegrationPermission", sorted(INTEGRATION_GRANTS)),
        required=True,
        validate=fields.Length(1, 100),
    )
    expires_at = fields.Moment(
        allow_none=True,
        metadata={"description": "Null, or left out: until it is revoked."},
    )


class TokenRecordSchema(Shown, TokenFields):
    id = fields.UUID()
    created_by = fields.UUID()
    created_at = fields.Moment()
    revoked_at = fields.Moment(allow_none=True)


class NewTokenSchema(TokenRecordSchema):
    token = fields.Text(allow_none=True, metadata={"description": SAID_ONCE})


@blueprint.route("/tokens", methods=["GET"])
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, TokenRecordSchema(many=True), headers=PAGE_HEADERS)
def list_tokens(filters: dict[str, Any]) -> Any:
    """List the organisation's integration tokens, the revoked ones as well."""
    rows, headers = page(tokens.listed(by=who()), **filters)
    return rows, 200, headers


@blueprint.route("/tokens", methods=["POST"])
@commits_without("token")
@blueprint.arguments(TokenFields)
@blueprint.response(201, NewTokenSchema)
def add_token(sent: dict[str, Any]) -> Any:
    """Add an integration token; the token itself is in this answer and nowhere else."""
    record, token = tokens.add(by=who(), now=datetime.now(UTC), **sent)
    members = {name: getattr(record, name) for name in TokenRecordSchema().fields}
    return members | {"token": token}, 201


@blueprint.route("/tokens/<uuid:token_id>", methods=["DELETE"])
@commits
@blueprint.response(204)
def revoke_token(token_id: UUID) -> None:
    """Revoke a token; it stays in the list."""
    tokens.revoke(token_id, by=who(), now=datetime.now(UTC))
    authentication.forget()

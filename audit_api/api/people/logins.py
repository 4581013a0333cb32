"""Logging in, staying logged in, logging out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import marshmallow as ma
from flask import request

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import Shown
from audit_api.api.people.users import UserSchema
from audit_api.database import db
from audit_api.errors import Kind, Problem
from audit_api.services.people import logins, recognition
from audit_api.web import attempts, authentication, fields, signing_in
from audit_api.web.attempts import Limit
from audit_api.web.signing_in import MAX_OF_ADDRESS

blueprint = Blueprint("logins", __name__, description="Logging in, staying logged in.")


class CredentialsSchema(Schema):
    email = fields.Email(required=True)
    password = fields.Text(required=True, validate=fields.Length(1, 200))
    device = fields.Text(validate=fields.Length(max=200), load_default=None)
    refresh_token = fields.Text(
        validate=fields.Length(1, 200),
        load_default=None,
        load_only=True,
        metadata={
            "description": "The last one that this device had from this account, even if it has "
            "ended: failures of others do not keep the device out."
        },
    )


class RefreshTokenSchema(Schema):
    refresh_token = fields.Text(required=True, validate=fields.Length(1, 200))


class TokensSchema(Shown):
    access_token = fields.Text()
    refresh_token = fields.Text()
    token_type = ma.fields.Constant("Bearer", metadata={"type": "string", "enum": ["Bearer"]})
    expires_in = fields.Integer(metadata={"description": "Seconds."})
    user = fields.Nested(UserSchema)


@blueprint.route("/login", methods=["POST"])
@blueprint.arguments(CredentialsSchema)
@blueprint.doc(refuses=(401, 429))
@blueprint.response(200, TokensSchema)
def log_in(credentials: dict[str, Any]) -> logins.Tokens:
    """Trade e-mail and password for tokens."""
    now = datetime.now(UTC)
    checked = signing_in.check(
        credentials["email"], credentials["password"], token=credentials["refresh_token"], now=now
    )
    tokens = logins.open_login(
        checked.user, device=credentials["device"], place=checked.place, now=now
    )
    db.session.commit()
    return tokens


@blueprint.route("/login/refresh", methods=["POST"])
@blueprint.arguments(RefreshTokenSchema)
@blueprint.doc(refuses=(401, 429))
@blueprint.response(200, TokensSchema)
def refresh(sent: dict[str, Any]) -> logins.Tokens:
    """Trade a refresh token for a new pair; repeat it as often as the answer is lost."""
    tokens = _traded(sent["refresh_token"])
    db.session.commit()
    authentication.forget()
    if tokens is None:
        # Nobody guesses 256 bits: a good token is never kept waiting for what others send.
        attempts.take(
            Limit(f"tokens {recognition.network(request.remote_addr or '')}", MAX_OF_ADDRESS)
        )
        raise Problem(Kind.UNAUTHENTICATED)
    return tokens


def _traded(token: str) -> logins.Tokens | None:
    try:
        return logins.refresh(token, now=datetime.now(UTC))
    except Problem as problem:
        if problem.kind is not Kind.UNAUTHENTICATED:
            raise
        return None


@blueprint.route("/logout", methods=["POST"])
@blueprint.response(204)
def log_out() -> None:
    """End the login that the bearer token belongs to."""
    token = request.headers.get("Authorization", "").partition(" ")[2]
    logins.close_login(token, now=datetime.now(UTC))
    db.session.commit()
    authentication.forget()

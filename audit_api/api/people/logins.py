"""Logging in, staying logged in, logging out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import marshmallow as ma
from flask import Flask, Response, current_app, request

from audit_api import reach
from audit_api.api.http import fields, limits
from audit_api.api.http.blueprint import Blueprint, Schema, read_json
from audit_api.api.http.limits import limiter
from audit_api.api.http.shapes import Shown
from audit_api.api.people.users import UserSchema
from audit_api.database import db, reading
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.rules import names
from audit_api.services.people import logins, passwords

blueprint = Blueprint("logins", __name__, description="Logging in, staying logged in.")


class CredentialsSchema(Schema):
    email = fields.Email(required=True)
    password = fields.Text(required=True, validate=fields.Length(1, 200))
    device = fields.Text(validate=fields.Length(max=200), load_default=None)


class RefreshTokenSchema(Schema):
    refresh_token = fields.Text(required=True, validate=fields.Length(1, 200))


class TokensSchema(Shown):
    access_token = fields.Text()
    refresh_token = fields.Text()
    token_type = ma.fields.Constant("Bearer", metadata={"type": "string", "enum": ["Bearer"]})
    expires_in = fields.Integer(metadata={"description": "Seconds."})
    user = fields.Nested(UserSchema)


def init_app(app: Flask) -> None:
    app.config.update(limits.storage(app.config["AUDIT_RATE_LIMIT_URL"]))
    limiter.init_app(app)


def _account() -> str:
    body = read_json()
    email = body.get("email") if isinstance(body, dict) else None
    # As much as the field looks through, so that no padding makes another account of it.
    return names.folded_email(str(email)[: fields.MARGIN * names.MAX_EMAIL_LENGTH])


def _failed(response: Response) -> bool:
    return response.status_code == 401


@blueprint.route("/login", methods=["POST"])
@limiter.limit("5 per 15 minutes", key_func=_account, deduct_when=_failed)
@limiter.limit("20 per 15 minutes", deduct_when=_failed)
@blueprint.arguments(CredentialsSchema)
@blueprint.doc(refuses=(401, 429))
@blueprint.response(200, TokensSchema)
def log_in(credentials: dict[str, Any]) -> logins.Tokens:
    """Trade e-mail and password for tokens."""
    with reading():
        user = logins.find_account(credentials["email"])
        known = user.password_hash if user else None
        # Hashing takes long on purpose; no connection waits for it.
        db.session.rollback()
    if not passwords.matches(known, credentials["password"]):
        raise Problem(Kind.WRONG_CREDENTIALS)
    _refuse_published(known)
    user = logins.find_account(credentials["email"])
    if user is None:
        raise Problem(Kind.WRONG_CREDENTIALS)
    tokens = logins.open_login(user, device=credentials["device"], now=datetime.now(UTC))
    db.session.commit()
    return tokens


def _refuse_published(password_hash: str | None) -> None:
    """Whatever the settings say, nobody from beyond this machine gets in with what all know."""
    if password_hash is None or not passwords.is_published(password_hash):
        return
    peer = request.remote_addr or ""
    from_here = reach.is_from_here(peer, request.host, request.headers.keys())
    if reach.by_settings(current_app.config) or not from_here:
        raise invalid(Fault("/password", "password_elsewhere"))


@blueprint.route("/login/refresh", methods=["POST"])
@limiter.limit("20 per 15 minutes", deduct_when=_failed)
@blueprint.arguments(RefreshTokenSchema)
@blueprint.doc(refuses=(401, 429))
@blueprint.response(200, TokensSchema)
def refresh(sent: dict[str, Any]) -> logins.Tokens:
    """Trade a refresh token for a new pair; repeat it as often as the answer is lost."""
    tokens = logins.refresh(sent["refresh_token"], now=datetime.now(UTC))
    db.session.commit()
    current_app.extensions["audit_tokens"].forget()
    if tokens is None:
        raise Problem(Kind.UNAUTHENTICATED)
    return tokens


@blueprint.route("/logout", methods=["POST"])
@blueprint.response(204)
def log_out() -> None:
    """End the login that the bearer token belongs to."""
    token = request.headers.get("Authorization", "").partition(" ")[2]
    logins.close_login(token, now=datetime.now(UTC))
    db.session.commit()
    current_app.extensions["audit_tokens"].forget()

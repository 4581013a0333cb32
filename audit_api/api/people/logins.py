"""Logging in, staying logged in, logging out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import marshmallow as ma
from flask import current_app, request

from audit_api import reach
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import Shown
from audit_api.api.people.users import UserSchema
from audit_api.database import db, reading
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.rules import names
from audit_api.services.people import logins, passwords, recognition
from audit_api.services.people.recognition import Recognised
from audit_api.web import attempts, fields
from audit_api.web.attempts import Limit

MAX_OF_ACCOUNT, MAX_OF_ADDRESS = 5, 20
"""Wrong passwords in a window for an account, and from an address."""

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
    email, address = credentials["email"], request.remote_addr or ""
    keys, now = current_app.extensions["audit_keys"], datetime.now(UTC)
    with reading():
        user = logins.find_account(email)
        user_id, known = (user.id, user.password_hash) if user else (None, None)
        place = recognition.place_of(user_id, address, keys)
        recognised = recognition.recognise(
            user_id, place=place, token=credentials["refresh_token"], now=now
        )
        # Hashing takes long on purpose; no connection waits for it.
        db.session.rollback()
    attempt = attempts.take(*_limits(email, address, recognised))
    if not passwords.matches(known, credentials["password"]):
        raise Problem(Kind.WRONG_CREDENTIALS)
    attempt.give_back()
    _refuse_published(known)
    user = logins.find_account_again(email, password_hash=known)
    if user is None:
        raise Problem(Kind.WRONG_CREDENTIALS)
    tokens = logins.open_login(user, device=credentials["device"], place=place, now=now)
    db.session.commit()
    return tokens


def _limits(email: str, address: str, recognised: Recognised) -> Sequence[Limit]:
    """Return what an attempt is counted under.  Those whom nothing tells from a stranger share the
    account's count; a device and a place that the account knows each have one of their own, which
    no stranger uses up."""
    network = recognition.network(address)
    if recognised.device:
        return [Limit(f"device {recognised.device}", MAX_OF_ACCOUNT)]
    if recognised.place:
        return [
            Limit(f"known at {network}", MAX_OF_ADDRESS),
            Limit(f"place {recognised.place}", MAX_OF_ACCOUNT),
        ]
    return [
        Limit(f"address {network}", MAX_OF_ADDRESS),
        Limit(f"account {names.folded_email(email)}", MAX_OF_ACCOUNT),
    ]


def _refuse_published(password_hash: str | None) -> None:
    """Whatever the settings say, nobody from beyond this machine gets in with what all know."""
    if password_hash is None or not passwords.is_published(password_hash):
        return
    peer = request.remote_addr or ""
    from_here = reach.is_from_here(peer, request.host, request.headers.keys())
    if reach.by_settings(current_app.config) or not from_here:
        raise invalid(Fault("/password", "password_elsewhere"))


@blueprint.route("/login/refresh", methods=["POST"])
@blueprint.arguments(RefreshTokenSchema)
@blueprint.doc(refuses=(401, 429))
@blueprint.response(200, TokensSchema)
def refresh(sent: dict[str, Any]) -> logins.Tokens:
    """Trade a refresh token for a new pair; repeat it as often as the answer is lost."""
    tokens = _traded(sent["refresh_token"])
    db.session.commit()
    current_app.extensions["audit_tokens"].forget()
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
    current_app.extensions["audit_tokens"].forget()

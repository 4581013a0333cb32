"""The key that checks receipts, and what each kind of problem means: for everybody."""

from __future__ import annotations

from typing import Any

from flask import current_app

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.problems import locale, type_uri
from audit_api.errors import Kind, not_found
from audit_api.words import say

blueprint = Blueprint("public", __name__, description="What anybody may know.")


class KeySetSchema(Schema):
    keys = fields.List(fields.Dict(), required=True)


class ProblemKindSchema(Schema):
    type = fields.Text(required=True)
    title = fields.Text(required=True)
    status = fields.Integer(required=True)


@blueprint.route("/receipt-keys", methods=["GET"])
@blueprint.response(200, KeySetSchema)
def receipt_keys() -> Any:
    """Get the JSON Web Key Set that checks the signatures of receipts (Ed25519)."""
    return {"keys": [current_app.extensions["audit_keys"].public_jwk()]}


@blueprint.route("/problems/<string:slug>", methods=["GET"])
@blueprint.response(200, ProblemKindSchema)
def problem_kind(slug: str) -> Any:
    """Get what a kind of problem means; its address is the `type` of such problems."""
    kind = next((kind for kind in Kind if kind.slug == slug), None)
    if kind is None:
        raise not_found("problem")
    return {
        "type": type_uri(kind),
        "title": say(f"problem.{slug}.title", locale()),
        "status": kind.status,
    }

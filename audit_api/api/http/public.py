"""The key that checks receipts, and what each kind of problem means: for everybody."""

from __future__ import annotations

from typing import Any

from flask import current_app

from audit_api.api.http.blueprint import Blueprint
from audit_api.api.http.problem_schema import problem_type, type_uri
from audit_api.api.http.shapes import Literal, Shown
from audit_api.errors import Kind, not_found
from audit_api.web import fields
from audit_api.web.languages import locale
from audit_api.words import say

blueprint = Blueprint("public", __name__, description="What anybody may know.")


class ReceiptKeySchema(Shown):
    """A JSON Web Key (RFC 7517) of an Ed25519 key (RFC 8037)."""

    kty = Literal("OKP")
    crv = Literal("Ed25519")
    use = Literal("sig")
    alg = Literal("EdDSA")
    kid = fields.Text(metadata={"description": "The `kid` of the signatures that it checks."})
    x = fields.Text(metadata={"description": "The public key, base64url."})


class KeySetSchema(Shown):
    keys = fields.List(fields.Nested(ReceiptKeySchema))


class ProblemKindSchema(Shown):
    type = problem_type()
    title = fields.Text()
    status = fields.Integer()


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

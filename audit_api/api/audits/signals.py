"""The shape of signals."""

from __future__ import annotations

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.api.scores import SentenceSchema
from audit_api.rules.signals.kinds import SignalKind


class SignalSchema(Schema):
    """A hint on the audit's quality, as it was known when the standing revision came."""

    kind = fields.Text(required=True, validate=fields.OneOf(tuple(SignalKind)))
    values = fields.Dict(required=True)
    holds = fields.Boolean(
        required=True,
        metadata={"description": "Whether it keeps the audit from being approved unseen."},
    )
    text = fields.Nested(SentenceSchema, required=True)
    reason = fields.Nested(
        SentenceSchema,
        required=True,
        metadata={"description": "Why it holds the audit, or why it does not."},
    )

"""The shapes of what led to a score: critical effects and explained steps."""

from __future__ import annotations

import marshmallow as ma

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.rules.scoring.explanation import KINDS


class EffectSchema(Schema):
    """A critical effect, and the score that it met and left."""

    kind = ma.fields.String(required=True)
    where = ma.fields.String(
        required=True, metadata={"description": "A question's or section's key."}
    )
    before = fields.percent()
    after = fields.percent()
    band = ma.fields.String(required=True, allow_none=True)


class StepTextSchema(Schema):
    en = ma.fields.String(required=True)
    zh = ma.fields.String(required=True)


class StepSchema(Schema):
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(KINDS))
    key = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Of the question, section or dimension; null: the whole audit."},
    )
    number = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "A question's number in reports.", "example": "1.2"},
    )
    values = ma.fields.Dict(
        required=True,
        metadata={"description": "By kind; enough to compute the score again by hand."},
    )
    text = ma.fields.Nested(StepTextSchema, required=True)

"""The shapes of what led to a score: critical effects and explained steps."""

from __future__ import annotations

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.rules.scoring.explanation import KINDS


class EffectSchema(Schema):
    """A critical effect, and the score that it met and left."""

    kind = fields.Text(required=True)
    where = fields.Text(required=True, metadata={"description": "A question's or section's key."})
    before = fields.percentage()
    after = fields.percentage()
    band = fields.Text(required=True, allow_none=True)


class SentenceSchema(Schema):
    """A sentence in each language of the product."""

    en = fields.Text(required=True)
    zh = fields.Text(required=True)


class StepSchema(Schema):
    kind = fields.Text(required=True, validate=fields.OneOf(KINDS))
    key = fields.Text(
        required=True,
        allow_none=True,
        metadata={"description": "Of the question, section or dimension; null: the whole audit."},
    )
    number = fields.Text(
        required=True,
        allow_none=True,
        metadata={"description": "A question's number in reports.", "example": "1.2"},
    )
    values = fields.Dict(
        required=True,
        metadata={"description": "By kind; enough to compute the score again by hand."},
    )
    text = fields.Nested(SentenceSchema, required=True)

"""The shape of a critical effect, in an audit's score and in a preview's."""

from __future__ import annotations

import marshmallow as ma

from audit_api.api import fields
from audit_api.api.blueprint import Schema


class EffectSchema(Schema):
    """A critical effect, and the score that it met and left."""

    kind = ma.fields.String(required=True)
    where = ma.fields.String(
        required=True, metadata={"description": "A question's or section's key."}
    )
    before = fields.percent()
    after = fields.percent()
    band = ma.fields.String(required=True, allow_none=True)

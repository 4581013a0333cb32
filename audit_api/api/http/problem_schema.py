"""The shape of every refusal (RFC 9457)."""

from __future__ import annotations

import marshmallow as ma

from audit_api.api.http.blueprint import Schema
from audit_api.errors import Kind

Text = ma.fields.String


class FaultSchema(Schema):
    """One thing wrong with what was sent, and what is accepted."""

    pointer = Text(required=True, metadata={"description": "RFC 6901, into what was sent."})
    code = Text(required=True, metadata={"description": "Stable."})
    detail = Text(required=True)


class ProblemSchema(Schema):
    """RFC 9457.  `type` is stable; `errors` lists the faults."""

    type = Text(
        required=True, metadata={"examples": [f"/api/v1/problems/{kind.slug}" for kind in Kind]}
    )
    title = Text(required=True)
    status = ma.fields.Integer(required=True)
    detail = Text(required=True)
    request_id = Text(required=True, allow_none=True)
    errors = ma.fields.List(ma.fields.Nested(FaultSchema))

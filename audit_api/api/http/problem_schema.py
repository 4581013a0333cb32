"""The shape of every refusal (RFC 9457)."""

from __future__ import annotations

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.errors import Kind


class FaultSchema(Schema):
    """One thing wrong with what was sent, and what is accepted."""

    pointer = fields.Text(required=True, metadata={"description": "RFC 6901, into what was sent."})
    code = fields.Text(required=True, metadata={"description": "Stable."})
    detail = fields.Text(required=True)


class ProblemSchema(Schema):
    """RFC 9457.  `type` is stable; `errors` lists the faults."""

    type = fields.Text(
        required=True, metadata={"examples": [f"/api/v1/problems/{kind.slug}" for kind in Kind]}
    )
    title = fields.Text(required=True)
    status = fields.Integer(required=True)
    detail = fields.Text(required=True)
    request_id = fields.Text(required=True, allow_none=True)
    errors = fields.List(fields.Nested(FaultSchema))

"""Leave to put a file straight into the photo store."""

from __future__ import annotations

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema


class TicketSchema(Schema):
    """How to put one photo straight into the store: with exactly these headers."""

    method = fields.Text(required=True)
    url = fields.Text(required=True)
    headers = fields.Dict(keys=fields.Text(), values=fields.Text(), required=True)
    expires_at = fields.Moment(required=True)

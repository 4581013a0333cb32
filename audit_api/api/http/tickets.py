"""Leave to put a file straight into the photo store."""

from __future__ import annotations

from audit_api.api.http.shapes import Literal, Shown
from audit_api.web import fields


class TicketSchema(Shown):
    """How to put one photo straight into the store: the file itself as the body, to this address,
    with exactly these headers and no others of your own (no `Authorization`).

    The store answers 200.  A repetition answers 412: the photo is there.
    """

    method = Literal("PUT")
    url = fields.Text(metadata={"format": "uri"})
    headers = fields.Dict(keys=fields.Text(), values=fields.Text())
    expires_at = fields.Moment()

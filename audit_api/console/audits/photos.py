"""Photos for pages: their copies, from this server itself."""

from __future__ import annotations

from uuid import UUID

from flask import Response, current_app, request

from audit_api.console.audits.room import room
from audit_api.console.frame.sessions import who
from audit_api.database import db
from audit_api.services.audits import copies
from audit_api.services.audits.copies import Copy

_CACHED = "private, max-age=300"


@room.get("/visits/<uuid:audit_id>/photos/<uuid:photo_id>/<any(display,thumbnail):copy>")
def photo(audit_id: UUID, photo_id: UUID, copy: str) -> Response:
    """Show a copy of a photo of a visit, and nothing of when it was made."""
    key = copies.find(audit_id, photo_id, Copy(copy), by=who())
    # The store may be slow: meanwhile no connection waits.
    db.session.rollback()
    data = copies.opened(key, current_app.extensions["audit_photo_store"])
    response = Response(data, mimetype=copies.DISPLAY_TYPE)
    response.headers["Cache-Control"] = _CACHED
    response.headers["Vary"] = "Cookie"
    response.add_etag()
    response.make_conditional(request)
    return response

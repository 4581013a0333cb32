"""Photos for pages: their copies, from this server itself, and a page for each."""

from __future__ import annotations

from uuid import UUID

from flask import Response, current_app, request, url_for

from audit_api.console.audits import sheet
from audit_api.console.audits.room import room
from audit_api.console.frame import pages, reader
from audit_api.console.frame.sessions import who
from audit_api.database import db, one_moment
from audit_api.errors import not_found
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


@room.get("/visits/<uuid:audit_id>/photos/<uuid:photo_id>")
def photo_page(audit_id: UUID, photo_id: UUID) -> Response:
    """Show a photo of a visit in its large copy, and the way to those before and after it."""
    with one_moment():
        found = sheet.of(audit_id)
        shown = [
            (line, picture)
            for line in found.lines
            for picture in line.pictures
            if picture.lacking is None
        ]
        ids = [picture.id for _, picture in shown]
        if photo_id not in ids:
            raise not_found("photo")
        place = ids.index(photo_id)
        line, picture = shown[place]
        return pages.page(
            "audits/photo",
            reader.said("console.photo", caption=picture.caption),
            crumbs=[
                pages.Crumb(url_for("console.audits.visit", audit_id=audit_id), sheet.title(found))
            ],
            audit=found.audit,
            line=line,
            picture=picture,
            before=ids[place - 1] if place else None,
            after=ids[place + 1] if place + 1 < len(ids) else None,
        )

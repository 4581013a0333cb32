"""What the application serves itself: the local store's half of tickets and links, which an S3
server does elsewhere, and of any store the copies that are shown without the time they came."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, request, send_file

from audit_api.database import at_once, db, failures
from audit_api.services.audits import arrivals, copies, local_files, uploads
from audit_api.services.audits.local_files import Received
from audit_api.services.audits.photos import MAX_FILE_BYTES

log = logging.getLogger(__name__)

blueprint = Blueprint("storage", __name__, url_prefix="/storage")

_CACHED = "private, max-age=300"


@blueprint.put("/uploads/<token>")
def upload(token: str) -> Response:
    """Take the one body that the ticket describes."""
    request.max_content_length = MAX_FILE_BYTES + 1
    store = current_app.extensions["audit_photo_store"]
    now, headers = datetime.now(UTC), dict(request.headers)
    _settle(local_files.receive(store, token, request.stream, headers, now=now))
    return Response(status=200)


@blueprint.get("/files/<token>")
def file(token: str) -> Response:
    """Show the file that the link names."""
    store = current_app.extensions["audit_photo_store"]
    path, media_type = local_files.locate(store, token, now=datetime.now(UTC))
    response = send_file(path, mimetype=media_type)
    # Flask would name the charset a second time.
    response.content_type = media_type
    response.headers["Cache-Control"] = _CACHED
    return response


@blueprint.get("/copies/<token>")
def copy(token: str) -> Response:
    """Show the display copy or the thumbnail that the link names, and nothing of when it was made:
    no validator, and no condition is asked."""
    extensions = current_app.extensions
    shown = copies.read(
        token,
        copies=extensions["audit_copy_links"],
        store=extensions["audit_photo_store"],
        now=datetime.now(UTC),
    )
    return Response(shown, mimetype=copies.DISPLAY_TYPE, headers={"Cache-Control": _CACHED})


def _settle(received: Received) -> None:
    """Have a photo noted as stored, so that its audit's next PUT need not look for it.

    The body is stored, and that is what the call answers: what goes wrong here is left to that PUT.
    """
    try:
        with at_once():
            noted = arrivals.settle_upload(received, now=datetime.now(UTC))
        db.session.commit()
    except Exception as error:
        db.session.rollback()
        log.warning("an upload was not settled: %s", failures.reason(error))
        return
    if noted:
        current_app.extensions["audit_worker"].wake()
        uploads.tidy_upload(received, store=current_app.extensions["audit_photo_store"])

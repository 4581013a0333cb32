"""What the application serves itself: the local store's half of tickets and links, which an S3
server does elsewhere, and of any store the copies that are shown without the time they came."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, request, send_file

from audit_api.services.audits import copies, local_files
from audit_api.services.audits.photos import MAX_FILE_BYTES

blueprint = Blueprint("storage", __name__, url_prefix="/storage")

_CACHED = "private, max-age=300"


@blueprint.put("/uploads/<token>")
def upload(token: str) -> Response:
    """Take the one body that the ticket describes."""
    request.max_content_length = MAX_FILE_BYTES + 1
    store = current_app.extensions["audit_photo_store"]
    local_files.receive(store, token, request.stream, dict(request.headers), now=datetime.now(UTC))
    return Response(status=200)


@blueprint.get("/files/<token>")
def file(token: str) -> Response:
    """Show the file that the link names."""
    store = current_app.extensions["audit_photo_store"]
    path, media_type = local_files.locate(store, token, now=datetime.now(UTC))
    response = send_file(path, mimetype=media_type)
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

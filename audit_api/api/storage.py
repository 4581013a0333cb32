"""The local store's half of tickets and links: what an S3 server does elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, request, send_file

from audit_api.errors import not_found
from audit_api.storage.local import LocalStore

blueprint = Blueprint("storage", __name__, url_prefix="/storage")


@blueprint.put("/uploads/<token>")
def upload(token: str) -> Response:
    """Take the one body that the ticket describes."""
    _store().receive(token, request.stream, dict(request.headers), datetime.now(UTC))
    return Response(status=200)


@blueprint.get("/files/<token>")
def file(token: str) -> Response:
    """Show the file that the link names."""
    path, media_type = _store().locate(token, datetime.now(UTC))
    response = send_file(path, mimetype=media_type)
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _store() -> LocalStore:
    store = current_app.extensions["audit_photo_store"]
    if not isinstance(store, LocalStore):
        raise not_found("page")
    return store

"""The organisation's logo."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, current_app, request

from audit_api.api.http.blueprint import Blueprint
from audit_api.api.http.shapes import FILE
from audit_api.api.http.writes import commits
from audit_api.errors import Kind, Problem
from audit_api.services.sites import logos
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane

blueprint = Blueprint("logos", __name__, description="What stands at the head of documents.")

BODY = {
    "requestBody": {
        "required": True,
        "content": {media_type: {"schema": FILE} for media_type in logos.ACCEPTED_TYPES},
    }
}


@blueprint.before_request
def expect_an_image() -> None:
    request.max_content_length = logos.MAX_FILE_BYTES + 1


@blueprint.route("/organisation/logo", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.response(200, FILE, content_type=logos.MEDIA_TYPE)
def get_logo() -> Response:
    """Get the logo of your organisation."""
    return Response(logos.find(by=who()), content_type=logos.MEDIA_TYPE)


@blueprint.route("/organisation/logo", methods=["PUT"])
@commits
@blueprint.doc(**BODY)
@blueprint.response(204)
@lane(Lane.DEAR)
def put_logo() -> None:
    """Set the logo: an image of up to 5 MB, drawn anew on white with at most 600 pixels a side."""
    if request.mimetype not in logos.ACCEPTED_TYPES:
        raise Problem(Kind.MEDIA_TYPE, accepted=logos.ACCEPTED_TYPES)
    file = request.get_data(cache=True)
    if len(file) > logos.MAX_FILE_BYTES:
        raise Problem(Kind.TOO_LARGE, limit=logos.MAX_FILE_BYTES)
    decoder = current_app.extensions["audit_decoder"]
    logos.put(file, by=who(), decoder=decoder, now=datetime.now(UTC))


@blueprint.route("/organisation/logo", methods=["DELETE"])
@commits
@blueprint.response(204)
def delete_logo() -> None:
    """Remove the logo; the organisation's name stands there instead."""
    logos.remove(by=who(), now=datetime.now(UTC))

"""Is it alive, and can it work."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, jsonify

from audit_api.database import db
from audit_api.web.lanes import Lane, lane

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@lane(Lane.VITAL)
def alive() -> Response:
    """Answer that the process serves requests."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
def ready() -> Response:
    """Answer that database and photo store answer; a 503 problem names the one that does not."""
    db.session.execute(sa.select(sa.literal(1)))
    current_app.extensions["audit_photo_store"].check()
    return jsonify(status="ready")

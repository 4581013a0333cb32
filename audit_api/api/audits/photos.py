"""An audit's photos, as people may see them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import current_app

from audit_api.api.audits.schemas import PhotoSchema
from audit_api.api.http.authentication import who
from audit_api.api.http.blueprint import Blueprint
from audit_api.services.audits import photos

blueprint = Blueprint("photos", __name__, description="Evidence.")


@blueprint.route("/audits/<uuid:audit_id>/photos", methods=["GET"])
@blueprint.response(200, PhotoSchema(many=True))
def list_photos(audit_id: UUID) -> Any:
    """List an audit's photos with short-lived links to copies that carry no place or time."""
    store = current_app.extensions["audit_photo_store"]
    return photos.of_audit(audit_id, by=who(), store=store, now=datetime.now(UTC))

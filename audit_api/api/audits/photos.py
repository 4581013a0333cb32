"""An audit's photos, as people may see them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import current_app

from audit_api.api.audits.photo_schemas import PhotoSchema
from audit_api.api.http.blueprint import Blueprint
from audit_api.services.audits import photos
from audit_api.web.authentication import who
from audit_api.web.languages import locale
from audit_api.words import say

blueprint = Blueprint("photos", __name__, description="Evidence.")


@blueprint.route("/audits/<uuid:audit_id>/photos", methods=["GET"])
@blueprint.response(200, PhotoSchema(many=True))
def list_photos(audit_id: UUID) -> Any:
    """List an audit's photos with short-lived links to copies that carry no place or time."""
    extensions = current_app.extensions
    shown = photos.of_audit(
        audit_id,
        by=who(),
        store=extensions["audit_photo_store"],
        copies=extensions["audit_copy_links"],
        now=datetime.now(UTC),
    )
    return [{**asdict(photo), "detail": _detail(photo.reason)} for photo in shown]


def _detail(reason: str | None) -> str | None:
    """Say why a photo is unreadable, and what is accepted."""
    if reason is None:
        return None
    return say(
        f"photo.unreadable.{reason}",
        locale(),
        accepted=photos.ACCEPTED_TYPES,
        megabytes=photos.LIMITS.max_bytes // 1_000_000,
        megapixels=[
            f"{media_type} {most // 1_000_000}"
            for media_type, most in photos.LIMITS.max_pixels.items()
        ],
    )

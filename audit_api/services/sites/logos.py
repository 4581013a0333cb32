"""Logos: what stands at the head of an organisation's documents in place of its name."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, Problem, invalid, not_found
from audit_api.images.decoder import Decoder
from audit_api.images.formats import ACCEPTED_TYPES
from audit_api.images.prepared import DISPLAY_TYPE, Unreadable
from audit_api.models import Organisation
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who

__all__ = ["ACCEPTED_TYPES", "MAX_FILE_BYTES", "MEDIA_TYPE"]

MAX_FILE_BYTES = 5_000_000
MEDIA_TYPE = DISPLAY_TYPE

SIDE = 600
"""Pixels: on paper a logo is at most 53 mm wide, so this is 290 for each inch."""

MAX_BYTES = 100_000


def find(*, by: Who) -> bytes:
    """Return the logo of `by`'s organisation, a JPEG; raise NOT_FOUND without one."""
    access.require(by, Permission.ORGANISATION_READ)
    logo = db.session.scalar(
        sa.select(Organisation.logo).where(Organisation.id == by.organisation_id)
    )
    if logo is None:
        raise not_found("logo")
    return logo


def put(file: bytes, *, by: Who, decoder: Decoder, now: datetime) -> None:
    """Take an image file as the logo, drawn anew on white; raise INVALID where it is no image."""
    access.require(by, Permission.ORGANISATION_WRITE)
    # Decoding takes long: no transaction stays open meanwhile.
    db.session.rollback()
    logo = _logo(file, decoder)
    _write(logo, by=by)
    activity.record(
        by, Permission.ORGANISATION_WRITE, by.organisation_id, now=now, changed=["logo"]
    )


def remove(*, by: Who, now: datetime) -> None:
    """Leave the organisation without a logo, whether it had one or not."""
    access.require(by, Permission.ORGANISATION_WRITE)
    _write(None, by=by)
    activity.record(
        by, Permission.ORGANISATION_WRITE, by.organisation_id, now=now, changed=["logo"]
    )


def _logo(file: bytes, decoder: Decoder) -> bytes:
    try:
        image = decoder.prepare(file, SIDE)
    except Unreadable as unreadable:
        raise _refusal() from unreadable
    # Evidence is shown as far as it goes; a logo can be sent again.
    if image.damaged:
        raise _refusal()
    # A logo that is still too large is a photo and no drawing: its thumbnail will do.
    return image.display if len(image.display) <= MAX_BYTES else image.thumbnail


def _refusal() -> Problem:
    return invalid(Fault("", "logo_unreadable", {"accepted": ACCEPTED_TYPES}))


def _write(logo: bytes | None, *, by: Who) -> None:
    db.session.execute(
        sa.update(Organisation).where(Organisation.id == by.organisation_id).values(logo=logo)
    )

"""Colours: what the heads and headings of an organisation's documents are printed in."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, invalid
from audit_api.models import Organisation
from audit_api.rules.colours import LEAST_CONTRAST, contrast_to_white, shares
from audit_api.rules.permissions import Permission
from audit_api.services import access, activity
from audit_api.services.access import Who


def find(*, by: Who) -> str | None:
    """Return the colour of `by`'s organisation as #RRGGBB; None where it has none of its own."""
    access.require(by, Permission.ORGANISATION_READ)
    return db.session.scalar(
        sa.select(Organisation.colour).where(Organisation.id == by.organisation_id)
    )


def put(colour: str | None, *, by: Who, now: datetime) -> None:
    """Set the organisation's colour, or leave it without one; raise INVALID where it is none, or
    too faint to be read on white."""
    access.require(by, Permission.ORGANISATION_WRITE)
    if colour is not None:
        _check(colour)
    db.session.execute(
        sa.update(Organisation)
        .where(Organisation.id == by.organisation_id)
        .values(colour=colour and colour.upper())
    )
    activity.record(
        by, Permission.ORGANISATION_WRITE, by.organisation_id, now=now, changed=["colour"]
    )


def _check(colour: str) -> None:
    parts = shares(colour)
    if parts is None:
        raise invalid(Fault("/colour", "colour_form", {"sent": colour}))
    contrast = contrast_to_white(parts)
    if contrast < LEAST_CONTRAST:
        told = {"contrast": f"{contrast:.2f}", "least": LEAST_CONTRAST}
        raise invalid(Fault("/colour", "colour_faint", told))

"""Whose documents they are, where they are of no single site."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from audit_api.database.statements import Statement, parameter
from audit_api.drawing.colours import Colour
from audit_api.models import Organisation, Site
from audit_api.rules.colours import shares


class Owner(NamedTuple):
    """An organisation: `home` is its own language, `written_colour` its #RRGGBB, `logo` a JPEG,
    `target` what it wants to score, `time_zone` that of most of its sites."""

    name: str
    home: str
    written_colour: str | None
    logo: bytes | None
    target: int | None
    time_zone: str | None

    @property
    def colour(self) -> Colour | None:
        return shares(self.written_colour) if self.written_colour else None

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone or "UTC")


_TIME_ZONE = (
    sa.select(Site.time_zone)
    .where(Site.organisation_id == Organisation.id)
    .correlate(Organisation)
    .group_by(Site.time_zone)
    .order_by(sa.func.count().desc(), Site.time_zone)
    .limit(1)
    .scalar_subquery()
)
_OWNER = Statement(
    sa.select(
        *(Organisation.name, Organisation.locale, Organisation.colour, Organisation.logo),
        *(Organisation.target, _TIME_ZONE.label("time_zone")),
    ).where(Organisation.id == parameter("id"))
)


def owner(organisation_id: UUID) -> Owner:
    """Return an organisation as the owner of documents."""
    return Owner(*_OWNER.rows(id=organisation_id)[0])

"""What an arriving audit needs to know of its site, remembered by each process.

What is remembered may be old: the statement that stores the audit checks `version` and stores
nothing where it has changed, and then the facts are read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Site
from audit_api.rules.signals.visit import Coordinates

_MAX_SITES = 100_000


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A site's identity, the version these facts are of, its time zone, its attributes with its
    kind among them, and where it lies, with the radius of its geofence in metres."""

    id: UUID
    version: int
    time_zone: ZoneInfo
    attributes: Mapping[str, object]
    place: Coordinates | None
    geofence: int


class SiteChanged(Exception):
    """The site's facts were old when the submission was read: read it again."""


_memory: dict[tuple[UUID, UUID], SiteFacts] = {}


def of(organisation_id: UUID, site_id: UUID) -> SiteFacts | None:
    """Return the facts of a site of the organisation, None where there is no such site."""
    facts = _memory.get((organisation_id, site_id))
    return facts or _load(organisation_id, site_id)


def current(organisation_id: UUID, facts: SiteFacts) -> SiteFacts:
    """Return the facts of a site as they are now."""
    version = db.session.scalar(sa.select(Site.version).where(Site.id == facts.id))
    return facts if version == facts.version else _load(organisation_id, facts.id) or facts


def require_current(organisation_id: UUID, facts: SiteFacts) -> None:
    """Raise SiteChanged where the site is no longer as the facts say."""
    if current(organisation_id, facts).version != facts.version:
        raise SiteChanged


def forget(organisation_id: UUID, site_id: UUID) -> None:
    """Have the facts of a site read again at their next use."""
    _memory.pop((organisation_id, site_id), None)


def _load(organisation_id: UUID, site_id: UUID) -> SiteFacts | None:
    row = db.session.execute(
        sa.select(
            Site.version,
            Site.time_zone,
            Site.kind,
            Site.attributes,
            Site.latitude,
            Site.longitude,
            Site.geofence_metres,
        ).where(Site.id == site_id, Site.organisation_id == organisation_id)
    ).one_or_none()
    if row is None:
        return None
    if len(_memory) >= _MAX_SITES:
        _memory.clear()
    facts = SiteFacts(
        id=site_id,
        version=row.version,
        time_zone=ZoneInfo(row.time_zone),
        attributes={**row.attributes, "kind": row.kind},
        place=_place(row.latitude, row.longitude),
        geofence=row.geofence_metres,
    )
    _memory[organisation_id, site_id] = facts
    return facts


def _place(latitude: float | None, longitude: float | None) -> Coordinates | None:
    return None if latitude is None or longitude is None else Coordinates(latitude, longitude)

"""The signals of a stored audit: derived from what is stored, so they are never out of date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Assignment, Audit, Photo, Site
from audit_api.rules.lifecycle import PhotoState
from audit_api.rules.signals import Circumstances, Coordinates, Signal, signals
from audit_api.services.standing import Standing


def of_audit(audit: Audit, current: Standing) -> list[Signal]:
    """Return every hint that an audit's standing revision gives."""
    revision = current.revision
    assignment = db.session.get_one(Assignment, audit.assignment_id)
    site = db.session.get_one(Site, audit.site_id)
    zone = ZoneInfo(site.time_zone)
    visit = Circumstances(
        conducted_at=audit.conducted_at,
        sent_at=revision.sent_at or revision.received_at,
        received_at=revision.received_at,
        window_opens=_midnight(assignment.starts_on, zone),
        window_closes=_midnight(assignment.ends_on + timedelta(days=1), zone),
        assignment_cancelled=_was_cancelled(assignment, audit),
        duplicate=_is_second(audit),
        reassigned=assignment.auditor_id != audit.auditor_id,
        site=_place(site.latitude, site.longitude),
        visited=_visit_place(current.content),
        geofence=site.geofence_metres,
        attributes_differ=_differing_attributes(current),
    )
    return [*signals(visit), *_photo_signals(audit)]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _was_cancelled(assignment: Assignment, audit: Audit) -> bool:
    cancelled_at = assignment.cancelled_at
    return cancelled_at is not None and cancelled_at <= audit.received_at


def _is_second(audit: Audit) -> bool:
    earlier = sa.exists().where(
        Audit.assignment_id == audit.assignment_id,
        sa.tuple_(Audit.received_at, Audit.id) < sa.tuple_(audit.received_at, audit.id),
    )
    return bool(db.session.scalar(sa.select(earlier)))


def _place(latitude: float | None, longitude: float | None) -> Coordinates | None:
    return None if latitude is None or longitude is None else Coordinates(latitude, longitude)


def _visit_place(content: Mapping[str, Any]) -> Coordinates | None:
    place = content.get("place")
    if not place:
        return None
    return Coordinates(place["latitude"], place["longitude"], place.get("accuracy") or 0.0)


def _differing_attributes(current: Standing) -> list[str]:
    phone, server = current.score.site, orjson.loads(current.revision.site_attributes)
    return sorted(key for key in phone.keys() | server.keys() if phone.get(key) != server.get(key))


def _photo_signals(audit: Audit) -> list[Signal]:
    own_digests = sa.select(Photo.sha256).where(Photo.audit_id == audit.id)
    other_audit_ids = db.session.scalars(
        sa.select(Photo.audit_id)
        .join(Audit, Audit.id == Photo.audit_id)
        .where(
            Photo.sha256.in_(own_digests),
            Photo.audit_id != audit.id,
            Audit.organisation_id == audit.organisation_id,
        )
        .distinct()
        .limit(10)
    ).all()
    unreadable_ids = db.session.scalars(
        sa.select(Photo.id).where(Photo.audit_id == audit.id, Photo.state == PhotoState.UNREADABLE)
    ).all()
    hints = (
        [Signal("same_photo", {"audits": [str(id_) for id_ in other_audit_ids]})]
        if other_audit_ids
        else []
    )
    if unreadable_ids:
        hints.append(Signal("unreadable_photo", {"photos": [str(id_) for id_ in unreadable_ids]}))
    return hints

"""Quality and fraud hints on an audit.  They advise a reviewer and never refuse an audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

GEOFENCE = 150
"""A site's geofence radius where it has none of its own, in metres."""
SKEW = timedelta(minutes=5)
"""How far a phone's clock may be from the server's."""
EARTH = 6_371_008.8
"""The mean radius of the earth (IUGG) in metres."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One hint: its kind and the values that its sentence names (metres, seconds, times)."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Degrees north and east (WGS 84); `accuracy` in metres, 0 for a surveyed place."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the signals look at.  All times know their offset; places and windows may be unknown.

    `sent_at` is the phone's clock when it sent, `received_at` the server's when it got it;
    `attributes_differ` are the site's attributes that the phone knew otherwise than the server.
    """

    conducted_at: datetime
    sent_at: datetime
    received_at: datetime
    window_opens: datetime | None = None
    window_closes: datetime | None = None
    assignment_cancelled: bool = False
    duplicate: bool = False
    reassigned: bool = False
    site: Coordinates | None = None
    visited: Coordinates | None = None
    geofence: int = GEOFENCE
    attributes_differ: Sequence[str] = ()


def distance(one: Coordinates, other: Coordinates) -> float:
    """Metres between two places along a great circle (haversine formula)."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    chord = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(chord, 1.0)))


def signals(visit: Circumstances) -> tuple[Signal, ...]:
    """Every signal that a visit gives."""
    found = (
        _outside_geofence(visit),
        _early(visit),
        _late(visit),
        Signal("cancelled_assignment") if visit.assignment_cancelled else None,
        Signal("duplicate_visit") if visit.duplicate else None,
        Signal("reassigned_visit") if visit.reassigned else None,
        _clock_skew(visit),
        _site_differs(visit),
    )
    return tuple(signal for signal in found if signal)


def _outside_geofence(visit: Circumstances) -> Signal | None:
    """Outside even if the phone's place errs towards the site by its whole accuracy."""
    if visit.site is None or visit.visited is None:
        return None
    metres = distance(visit.site, visit.visited)
    if metres - visit.visited.accuracy <= visit.geofence:
        return None
    values = {
        "distance": round(metres),
        "accuracy": round(visit.visited.accuracy),
        "radius": visit.geofence,
    }
    return Signal("outside_geofence", values)


def _early(visit: Circumstances) -> Signal | None:
    if visit.window_opens is None or visit.conducted_at >= visit.window_opens:
        return None
    return Signal("early", {"opens": visit.window_opens.isoformat()})


def _late(visit: Circumstances) -> Signal | None:
    """Either clock counts: the visit was made, or the report came, after the window."""
    if visit.window_closes is None:
        return None
    if max(visit.conducted_at, visit.received_at) <= visit.window_closes:
        return None
    return Signal("late", {"closed": visit.window_closes.isoformat()})


def _clock_skew(visit: Circumstances) -> Signal | None:
    skew = visit.sent_at - visit.received_at
    if abs(skew) <= SKEW:
        return None
    return Signal("clock_skew", {"seconds": round(skew.total_seconds())})


def _site_differs(visit: Circumstances) -> Signal | None:
    """Other questions may have been asked than the site calls for."""
    if not visit.attributes_differ:
        return None
    return Signal("site_attributes", {"attributes": list(visit.attributes_differ)})

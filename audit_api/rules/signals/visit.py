"""The signals that a visit gives by itself: its times, its place, its phone, its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from audit_api.rules.signals.clock import SKEW, corrected, known_skew
from audit_api.rules.signals.kinds import Signal, SignalKind
from audit_api.rules.signals.pace import Pace

GEOFENCE = 150
"""A site's geofence radius where it has none of its own, in metres."""
EARTH = 6_371_008.8
"""The mean radius of the earth (IUGG) in metres."""
AROUND = timedelta(minutes=30)
"""How long before and after a visit its photos may be taken."""

BEING_THERE = timedelta(seconds=30)
"""Nobody goes in, sees a site and leaves in less."""
A_QUESTION, A_TEXT = timedelta(seconds=3), timedelta(seconds=10)
"""Reading faster than 300 ms a word is not reading (Zhang and Conrad, “Speeding in Web Surveys”,
2014): ten words, a question with its answers, take 3 s.  The shortest sentence is typed in 10 s."""


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Degrees north and east (WGS 84); `accuracy` in metres, 0 for a surveyed place."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the signals look at.  All times know their offset; places may be unknown.

    `started_at` and `conducted_at` are by the phone's clock, as is `sent_at`; `received_at` is the
    server's when it got that sending.  `least` is the shortest time that the checklist can take,
    `pace` that of the visits that count with it, where they are enough.  `answered` of the `asked`
    scored questions have an answer, `valid` says whether enough.  `attributes_differ` are the
    site's attributes that the phone knew otherwise than the server, `photo_times` when each photo
    was taken, by its id.
    """

    conducted_at: datetime
    received_at: datetime
    sent_at: datetime | None = None
    started_at: datetime | None = None
    least: timedelta = timedelta()
    pace: Pace | None = None
    site: Coordinates | None = None
    visited: Coordinates | None = None
    geofence: int = GEOFENCE
    mock_location: bool = False
    attributes_differ: Sequence[str] = ()
    answered: int = 0
    asked: int = 0
    valid: bool = True
    photo_times: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def visited_at(self) -> datetime:
        """The moment of the visit by the server's clock, as far as the skew is known."""
        return corrected(self.conducted_at, known_skew(self.sent_at, self.received_at))

    @property
    def seconds(self) -> int | None:
        """How long the visit took by the phone's clock, in whole seconds: unknown where its
        beginning is not told, or lies after its end."""
        if self.started_at is None or self.started_at > self.conducted_at:
            return None
        return (self.conducted_at - self.started_at) // timedelta(seconds=1)


def least_duration(*, questions: int, texts: int) -> timedelta:
    """Return the shortest time in which so many questions are answered and texts are written."""
    return BEING_THERE + questions * A_QUESTION + texts * A_TEXT


def distance(one: Coordinates, other: Coordinates) -> float:
    """Metres between two places along a great circle (haversine formula)."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    chord = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(chord, 1.0)))


def of_visit(visit: Circumstances) -> tuple[Signal, ...]:
    """Every signal that a visit gives by itself."""
    found = (
        _future(visit),
        _reversed(visit),
        _too_fast(visit),
        Signal(SignalKind.MOCK_LOCATION) if visit.mock_location else None,
        _outside_geofence(visit),
        _clock_skew(visit),
        _site_differs(visit),
        _few_answers(visit),
        _photo_time(visit),
    )
    return tuple(signal for signal in found if signal)


def _future(visit: Circumstances) -> Signal | None:
    """After its own receipt, by more than two clocks that nobody calls wrong may differ."""
    if visit.visited_at <= visit.received_at + SKEW:
        return None
    values = {"visited_at": _told(visit.visited_at), "received_at": _told(visit.received_at)}
    return Signal(SignalKind.FUTURE_VISIT, values)


def _reversed(visit: Circumstances) -> Signal | None:
    if visit.started_at is None or visit.started_at <= visit.conducted_at:
        return None
    values = {"started_at": _told(visit.started_at), "conducted_at": _told(visit.conducted_at)}
    return Signal(SignalKind.REVERSED_TIMES, values)


def _too_fast(visit: Circumstances) -> Signal | None:
    """The least time stays, whatever others take: a crowd that does not read makes no pace."""
    seconds, pace = visit.seconds, visit.pace
    if seconds is None:
        return None
    least = visit.least // timedelta(seconds=1)
    if seconds < least:
        return Signal(SignalKind.TOO_FAST, {"seconds": seconds, "least": least})
    if pace is None or not pace.leaves_behind(seconds):
        return None
    values = {"seconds": seconds, "median": pace.median, "visits": pace.visits}
    return Signal(SignalKind.TOO_FAST, values)


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
    return Signal(SignalKind.OUTSIDE_GEOFENCE, values)


def _clock_skew(visit: Circumstances) -> Signal | None:
    skew = known_skew(visit.sent_at, visit.received_at)
    if not skew:
        return None
    return Signal(SignalKind.CLOCK_SKEW, {"seconds": round(skew.total_seconds())})


def _site_differs(visit: Circumstances) -> Signal | None:
    """Other questions may have been asked than the site calls for."""
    if not visit.attributes_differ:
        return None
    return Signal(SignalKind.SITE_ATTRIBUTES, {"attributes": list(visit.attributes_differ)})


def _few_answers(visit: Circumstances) -> Signal | None:
    if visit.valid:
        return None
    return Signal(SignalKind.FEW_ANSWERS, {"answered": visit.answered, "asked": visit.asked})


def _photo_time(visit: Circumstances) -> Signal | None:
    """Before the visit only where its beginning is told: how long it lasted is not known else."""
    latest = visit.conducted_at + AROUND
    earliest = visit.started_at - AROUND if visit.started_at else None
    outside = [
        id_
        for id_, taken_at in visit.photo_times.items()
        if taken_at > latest or (earliest is not None and taken_at < earliest)
    ]
    return Signal(SignalKind.PHOTO_TIME, {"photos": outside}) if outside else None


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

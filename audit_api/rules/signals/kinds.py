"""Every kind of signal, and whether it holds an audit for review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import NamedTuple


class SignalKind(StrEnum):
    FUTURE_VISIT = "future_visit"
    REVERSED_TIMES = "reversed_times"
    TOO_FAST = "too_fast"
    MOCK_LOCATION = "mock_location"
    OUTSIDE_GEOFENCE = "outside_geofence"
    CLOCK_SKEW = "clock_skew"
    SITE_ATTRIBUTES = "site_attributes"
    FEW_ANSWERS = "few_answers"
    PHOTO_TIME = "photo_time"
    EARLY = "early"
    LATE = "late"
    SENT_LATE = "sent_late"
    CANCELLED_ASSIGNMENT = "cancelled_assignment"
    DECLINED_ASSIGNMENT = "declined_assignment"
    REASSIGNED_VISIT = "reassigned_visit"
    DUPLICATE_VISIT = "duplicate_visit"
    SAME_PHOTO = "same_photo"
    UNREADABLE_PHOTO = "unreadable_photo"
    WAIVED_PHOTO = "waived_photo"


class Source(Enum):
    """What tells a signal: the revision that was sent, when that visit was made beside its window,
    how its assignment stood as the audit came, or the photos as they came in."""

    VISIT = auto()
    WINDOW = auto()
    ASSIGNMENT = auto()
    PHOTOS = auto()


class Line(NamedTuple):
    """What is decided of a kind: whether it holds an audit for review, and what tells it."""

    holds: bool
    source: Source


TABLE: Mapping[SignalKind, Line] = {
    SignalKind.FUTURE_VISIT: Line(True, Source.VISIT),
    SignalKind.REVERSED_TIMES: Line(True, Source.VISIT),
    SignalKind.TOO_FAST: Line(True, Source.VISIT),
    SignalKind.MOCK_LOCATION: Line(True, Source.VISIT),
    SignalKind.OUTSIDE_GEOFENCE: Line(True, Source.VISIT),
    SignalKind.CLOCK_SKEW: Line(False, Source.VISIT),
    SignalKind.SITE_ATTRIBUTES: Line(True, Source.VISIT),
    SignalKind.FEW_ANSWERS: Line(True, Source.VISIT),
    SignalKind.PHOTO_TIME: Line(False, Source.VISIT),
    SignalKind.EARLY: Line(True, Source.WINDOW),
    SignalKind.LATE: Line(True, Source.WINDOW),
    SignalKind.SENT_LATE: Line(False, Source.WINDOW),
    SignalKind.CANCELLED_ASSIGNMENT: Line(True, Source.ASSIGNMENT),
    SignalKind.DECLINED_ASSIGNMENT: Line(True, Source.ASSIGNMENT),
    SignalKind.REASSIGNED_VISIT: Line(True, Source.ASSIGNMENT),
    SignalKind.DUPLICATE_VISIT: Line(True, Source.ASSIGNMENT),
    SignalKind.SAME_PHOTO: Line(True, Source.PHOTOS),
    SignalKind.UNREADABLE_PHOTO: Line(True, Source.PHOTOS),
    SignalKind.WAIVED_PHOTO: Line(True, Source.PHOTOS),
}
"""The decision on each kind.  Its reason is a sentence of `words/`: `signal.<kind>.reason`."""

HOLDING = tuple(kind for kind, line in TABLE.items() if line.holds)
"""The kinds that hold an audit for review; none of them rejects it."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One hint: its kind and the values that its sentence names (metres, seconds, times, ids)."""

    kind: SignalKind
    values: Mapping[str, object] = field(default_factory=dict)


def hold(signals: Iterable[Signal]) -> bool:
    """Whether any of these signals holds an audit for review."""
    return any(TABLE[signal.kind].holds for signal in signals)


def of_source(*sources: Source) -> tuple[SignalKind, ...]:
    """Return the kinds that these sources tell."""
    return tuple(kind for kind, line in TABLE.items() if line.source in sources)

"""The shapes of signals: what each kind tells beside its sentence, and in which unit."""

from __future__ import annotations

from audit_api.api.http.shapes import Literal, Shown, Union
from audit_api.api.scores import SentenceSchema
from audit_api.rules.signals.kinds import SignalKind
from audit_api.web import fields


def in_seconds() -> fields.Integer:
    return fields.Integer(metadata={"description": "Seconds."})


def in_metres() -> fields.Integer:
    return fields.Integer(metadata={"description": "Metres."})


class BareValues(Shown):
    """Nothing: the kind says it all."""


class FutureVisitValues(Shown):
    visited_at = fields.Moment()
    received_at = fields.Moment()


class ReversedTimesValues(Shown):
    started_at = fields.Moment()
    conducted_at = fields.Moment()


class TooFastValues(Shown):
    """Too fast beside the `least` time, or beside the `median` of so many `visits`."""

    sometimes = frozenset({"least", "median", "visits"})

    seconds = in_seconds()
    least = in_seconds()
    median = in_seconds()
    visits = fields.Integer()


class OutsideGeofenceValues(Shown):
    distance = in_metres()
    accuracy = in_metres()
    radius = in_metres()


class ClockSkewValues(Shown):
    seconds = fields.Integer(
        metadata={"description": "By which the phone's clock was ahead; below 0: behind."}
    )


class SiteAttributesValues(Shown):
    attributes = fields.List(
        fields.Text(), metadata={"description": "Those that the phone knew otherwise."}
    )


class FewAnswersValues(Shown):
    answered = fields.Integer()
    asked = fields.Integer()


class EarlyValues(Shown):
    visited_on = fields.Date()
    starts_on = fields.Date()


class LateValues(Shown):
    visited_on = fields.Date()
    ends_on = fields.Date()


class SentLateValues(LateValues):
    received_on = fields.Date()


class PhotosValues(Shown):
    photos = fields.List(fields.UUID())


class SamePhotoValues(Shown):
    audits = fields.List(fields.UUID(), metadata={"description": "That had the photo before."})


class _Signal(Shown):
    holds = fields.Boolean(
        metadata={"description": "Whether it keeps the audit from being approved unseen."}
    )
    text = fields.Nested(SentenceSchema)
    reason = fields.Nested(
        SentenceSchema, metadata={"description": "Why it holds the audit, or why it does not."}
    )


def _signal(values: type[Shown], *kinds: SignalKind) -> type[Shown]:
    """Return the shape of a signal of one of these kinds, which has these values."""
    name = values.__name__.removesuffix("Values")
    members = {"kind": Literal(*kinds), "values": fields.Nested(values)}
    return type(f"{name}SignalSchema", (_Signal,), members)


SIGNAL = Union(
    "Signal",
    _signal(FutureVisitValues, SignalKind.FUTURE_VISIT),
    _signal(ReversedTimesValues, SignalKind.REVERSED_TIMES),
    _signal(TooFastValues, SignalKind.TOO_FAST),
    _signal(OutsideGeofenceValues, SignalKind.OUTSIDE_GEOFENCE),
    _signal(ClockSkewValues, SignalKind.CLOCK_SKEW),
    _signal(SiteAttributesValues, SignalKind.SITE_ATTRIBUTES),
    _signal(FewAnswersValues, SignalKind.FEW_ANSWERS),
    _signal(EarlyValues, SignalKind.EARLY),
    _signal(LateValues, SignalKind.LATE),
    _signal(SentLateValues, SignalKind.SENT_LATE),
    _signal(SamePhotoValues, SignalKind.SAME_PHOTO),
    _signal(
        PhotosValues,
        SignalKind.PHOTO_TIME,
        SignalKind.UNREADABLE_PHOTO,
        SignalKind.WAIVED_PHOTO,
    ),
    _signal(
        BareValues,
        SignalKind.MOCK_LOCATION,
        SignalKind.CANCELLED_ASSIGNMENT,
        SignalKind.DECLINED_ASSIGNMENT,
        SignalKind.REASSIGNED_VISIT,
        SignalKind.DUPLICATE_VISIT,
    ),
    tag="kind",
    about="A hint on the audit's quality, as it was known when the standing revision came.",
)

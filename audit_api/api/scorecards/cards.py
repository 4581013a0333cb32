"""Scorecards of a site, a region, the organisation, a campaign."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.api.http.endings import SHEETS_TOO
from audit_api.api.http.shapes import Shown, Word
from audit_api.api.scorecards.arguments import (
    ScorecardArguments,
    blueprint,
    card_request,
)
from audit_api.api.scorecards.lines import (
    GapLineSchema,
    MetricLineSchema,
    QuestionLineSchema,
    ScorecardLineSchema,
    Spoken,
    mixed,
    no_interval,
)
from audit_api.database import one_moment
from audit_api.services import scorecards
from audit_api.services.scorecards.subjects import SubjectKind
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.periods import PeriodField

SUBJECT_KINDS = tuple(kind for kind in SubjectKind if kind is not SubjectKind.GRANTED)
"""What a card may be of."""


class SubjectSchema(Shown):
    kind = Word("SubjectKind", SUBJECT_KINDS)
    id = fields.UUID()
    code = fields.Text(allow_none=True)
    name = fields.Text()
    own = fields.Boolean(
        metadata={"description": "False of a competitor's site, which is never ranked."},
    )


class VisitsSchema(Shown):
    planned = fields.Integer(
        metadata={
            "description": "Visits made in the period, and others whose window ends in it; "
            "cancelled ones are not planned."
        },
    )
    done = fields.Integer(
        metadata={"description": "Visits made in the period, whether or not they count yet."},
    )


class RankSchema(Shown):
    rank = fields.Integer(
        allow_none=True,
        metadata={"description": "Ties share a rank; null with fewer than 3 scores."},
    )
    of = fields.Integer()


class RanksSchema(Shown):
    region = fields.Nested(RankSchema)
    organisation = fields.Nested(RankSchema)


class BandSchema(Shown):
    key = fields.Text()
    title = Spoken()


class CountedBandSchema(BandSchema):
    audits = fields.Integer()


class ExtremeSchema(Shown):
    site_id = fields.UUID(allow_none=True)
    key = fields.Text(metadata={"description": "A site's code, or a touchpoint's key."})
    title = Spoken()
    n = fields.Integer()
    score = fields.percentage()


class PointSchema(Shown):
    period = PeriodField()
    n = fields.Integer()
    score = fields.percentage()
    low = fields.percentage()
    high = fields.percentage()
    no_interval = no_interval()
    pass_rate = fields.percentage()
    mixed = mixed()
    comparable = fields.Boolean(
        metadata={"description": "Scored by the same rules as the one before."}
    )


class ScorecardSchema(Shown):
    subject = fields.Nested(SubjectSchema)
    period = PeriodField()
    checklist = fields.Text(allow_none=True)
    audits = fields.Integer(metadata={"description": "Audits that count."})
    valid = fields.Integer(metadata={"description": "Audits that answered enough questions."})
    coverage = fields.percentage("Visible scored questions that were answered, percent.")
    visits = fields.Nested(
        VisitsSchema,
        allow_none=True,
        metadata={
            "description": "Null for managers until the period is over in every time zone; visits "
            "that the office has not decided on are not done then."
        },
    )
    pass_rate = fields.percentage()
    band = fields.Nested(BandSchema, allow_none=True)
    ranks = fields.Nested(RanksSchema, allow_none=True)
    overall = fields.Nested(ScorecardLineSchema)
    touchpoints = fields.List(fields.Nested(ScorecardLineSchema))
    sections = fields.List(fields.Nested(ScorecardLineSchema))
    dimensions = fields.List(fields.Nested(ScorecardLineSchema))
    metrics = fields.List(fields.Nested(MetricLineSchema))
    gaps = fields.List(fields.Nested(GapLineSchema))
    questions = fields.List(
        fields.Nested(QuestionLineSchema),
        metadata={"description": "Those that failed most often, ten at most."},
    )
    best = fields.List(
        fields.Nested(ExtremeSchema),
        metadata={"description": "Sites with 3 scores or more; of a site, its touchpoints."},
    )
    worst = fields.List(fields.Nested(ExtremeSchema))
    tenths = fields.List(
        fields.Integer(),
        metadata={"description": "Audits from 0 up to 10%, 10 up to 20% … 90% and more."},
    )
    bands = fields.List(fields.Nested(CountedBandSchema))
    series = fields.List(fields.Nested(PointSchema))


@blueprint.route("/sites/<uuid:site_id>/scorecard", methods=["GET"])
@blueprint.doc(**SHEETS_TOO, refuses=(406,))
@blueprint.arguments(ScorecardArguments, location="query")
@blueprint.response(200, ScorecardSchema)
def site_scorecard(arguments: dict[str, Any], site_id: UUID) -> Any:
    """Get a site's period, against the period before and a year before."""
    with one_moment():
        return _card(scorecards.site(site_id, by=who()), arguments)


@blueprint.route("/regions/<uuid:region_id>/scorecard", methods=["GET"])
@blueprint.doc(**SHEETS_TOO, refuses=(406,))
@blueprint.arguments(ScorecardArguments, location="query")
@blueprint.response(200, ScorecardSchema)
@lane(Lane.WIDE)
def region_scorecard(arguments: dict[str, Any], region_id: UUID) -> Any:
    """Get the period of a region's own sites, all below it included."""
    with one_moment():
        return _card(scorecards.region(region_id, by=who()), arguments)


@blueprint.route("/organisation/scorecard", methods=["GET"])
@blueprint.doc(**SHEETS_TOO, refuses=(406,))
@blueprint.arguments(ScorecardArguments, location="query")
@blueprint.response(200, ScorecardSchema)
@lane(Lane.WIDE)
def organisation_scorecard(arguments: dict[str, Any]) -> Any:
    """Get the period of all own sites."""
    with one_moment():
        return _card(scorecards.organisation(by=who()), arguments)


@blueprint.route("/campaigns/<uuid:campaign_id>/scorecard", methods=["GET"])
@blueprint.doc(**SHEETS_TOO, refuses=(406,))
@blueprint.arguments(ScorecardArguments, location="query")
@blueprint.response(200, ScorecardSchema)
@lane(Lane.WIDE)
def campaign_scorecard(arguments: dict[str, Any], campaign_id: UUID) -> Any:
    """Get the period of a campaign's visits to own sites."""
    with one_moment():
        return _card(scorecards.campaign(campaign_id, by=who()), arguments)


def _card(subject: scorecards.Subject, arguments: dict[str, Any]) -> Any:
    return scorecards.scorecard(subject, card_request(arguments), by=who(), now=datetime.now(UTC))

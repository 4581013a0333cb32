"""Forecasts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from audit_api.api.http.shapes import Shown, Word
from audit_api.api.insights.arguments import blueprint, checklist, text
from audit_api.api.scorecards.arguments import card_request
from audit_api.api.scorecards.questions import ScopeArguments, asked_scope
from audit_api.database import one_moment
from audit_api.rules.figures.forecast import ForecastModel, NoForecast
from audit_api.services import insights
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.periods import PeriodField


class ExpectedPeriodSchema(Shown):
    period = PeriodField()
    score = fields.percentage("The score that is expected.", attribute="expected.score")
    low = fields.percentage("Lower end of the 95% interval.", attribute="expected.low")
    high = fields.percentage("Upper end of the 95% interval.", attribute="expected.high")
    cut = fields.Boolean(
        attribute="expected.cut",
        metadata={"description": "An end would lie beyond 0 or 100%, where no score can."},
    )
    text = text("The same in words.")


class ForecastSchema(Shown):
    """What follows `last`, the last period up to the one asked for that is over everywhere."""

    checklist = checklist()
    last = PeriodField()
    periods = fields.Integer(
        attribute="found.periods",
        metadata={"description": "Periods in a row that it is made from; 8 are needed."},
    )
    silence = Word(
        NoForecast,
        allow_none=True,
        attribute="found.silence",
        metadata={"description": "Why nothing is forecast; null where it is."},
    )
    model = Word(
        ForecastModel,
        allow_none=True,
        attribute="found.model",
        metadata={
            "description": "Exponential smoothing of a level, or of a level and a trend that fades."
        },
    )
    expected = fields.List(fields.Nested(ExpectedPeriodSchema))
    text = text("The answer first, or why there is none.")


@blueprint.route("/scorecards/forecast", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.arguments(ScopeArguments, location="query")
@blueprint.response(200, ForecastSchema)
@lane(Lane.WIDE)
def score_forecast(arguments: dict[str, Any]) -> Any:
    """Get what the next three periods are expected to score, each with its interval.

    Without a site, region or campaign: over all own sites that you may see.
    """
    with one_moment():
        return insights.forecast_of(
            asked_scope(arguments), card_request(arguments), by=who(), now=datetime.now(UTC)
        )

"""The arguments that all scorecards share: which period, which checklist."""

from __future__ import annotations

from typing import Any

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.rules.figures.periods import MAX_POINTS
from audit_api.services.scorecards import CardRequest
from audit_api.web import fields
from audit_api.web.periods import PeriodField

blueprint = Blueprint("scorecards", __name__, description="What the audits add up to.")


class PeriodArguments(Schema):
    period = PeriodField(required=True)
    checklist = fields.Code(
        metadata={"description": "Count audits by this checklist alone (its key)."},
    )


class ScorecardArguments(PeriodArguments):
    series = fields.Integer(
        load_default=12,
        validate=fields.Range(1, MAX_POINTS),
        metadata={"description": "Periods in the series, this one included."},
    )


def card_request(arguments: dict[str, Any]) -> CardRequest:
    """Return what the arguments ask for."""
    return CardRequest(arguments["period"], arguments.get("series", 1), arguments.get("checklist"))

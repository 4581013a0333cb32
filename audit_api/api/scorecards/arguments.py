"""The arguments that all scorecards share: which period, which checklist."""

from __future__ import annotations

import re
from typing import Any

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.rules.figures import periods
from audit_api.rules.figures.periods import MAX_POINTS
from audit_api.services.scorecards import CardRequest
from audit_api.web import fields

blueprint = Blueprint("scorecards", __name__, description="What the audits add up to.")


class PeriodField(fields.Text):
    """A period of whole months: `2026-03`, `2026-Q1`, `2026`, `P6M/2026-03`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            metadata={
                "description": "A month, a quarter, a year, or the months up to one: "
                "`2026-03`, `2026-Q1`, `2026`, `P6M/2026-03`.",
                "example": "2026-03",
                "pattern": re.sub(r"P<[a-z_]+>", ":", periods.PATTERN),
            },
            **kwargs,
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        period = periods.parse(super()._deserialize(value, attr, data, **kwargs))
        if period is None:
            raise fields.refused("not_period")
        return period

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return str(value)


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

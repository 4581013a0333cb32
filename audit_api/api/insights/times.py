"""Weekdays and hours."""

from __future__ import annotations

from typing import Any

from audit_api.api.http.shapes import Shown
from audit_api.api.insights.arguments import blueprint, checklist, counted, looked_at, text
from audit_api.api.scorecards.arguments import card_request
from audit_api.api.scorecards.lines import hundredths, mixed
from audit_api.api.scorecards.questions import ScopeArguments, asked_scope
from audit_api.database import one_moment
from audit_api.services import insights
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane


class TimeClassSchema(Shown):
    key = fields.Integer(
        metadata={"description": "A weekday from 1, Monday, to 7; or the hour that it begins at."}
    )
    n = fields.Integer(attribute="mean.n", metadata={"description": "Audits with a score."})
    score = fields.percentage("Percent; null of fewer than 3 audits.", attribute="mean.mean")
    low = fields.percentage("Lower end of the 95% interval.", attribute="mean.low")
    high = fields.percentage("Upper end of the 95% interval.", attribute="mean.high")
    difference = hundredths("To the mean of all others, in percentage points.")
    p = fields.Float(
        allow_none=True,
        metadata={
            "description": "How probable chance alone makes so large a difference (Welch's test, "
            "for all at once); null where nothing can be told."
        },
    )
    more_than_chance = fields.Boolean(metadata={"description": "Whether `p` is below 0.05."})


class TimesSchema(Shown):
    classes = fields.List(fields.Nested(TimeClassSchema))
    text = text("What differs by more than chance, or why nothing is said.")


class RhythmSchema(Shown):
    checklist = checklist()
    audits = counted()
    read = looked_at()
    mixed = mixed()
    weekdays = fields.Nested(TimesSchema)
    hours = fields.Nested(
        TimesSchema,
        allow_none=True,
        metadata={
            "description": "On the site's clock; null for whoever may not know the auditors: a "
            "site learns the day of a visit, and never the hour."
        },
    )


@blueprint.route("/scorecards/times", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.arguments(ScopeArguments, location="query")
@blueprint.response(200, RhythmSchema)
@lane(Lane.DEAR)
def scores_by_time(arguments: dict[str, Any]) -> Any:
    """Get a period's scores by weekday and by hour, and which differ by more than chance.

    Without a site, region or campaign: over all own sites that you may see.
    """
    with one_moment():
        return insights.rhythm(asked_scope(arguments), card_request(arguments), by=who())

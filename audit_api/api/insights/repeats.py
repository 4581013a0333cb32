"""Findings that came again."""

from __future__ import annotations

from typing import Any

from audit_api.api.http.shapes import Shown
from audit_api.api.insights.arguments import blueprint, text
from audit_api.api.scorecards.arguments import card_request
from audit_api.api.scorecards.lines import Spoken
from audit_api.api.scorecards.questions import ScopeArguments, asked_scope
from audit_api.database import one_moment
from audit_api.services import insights
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane


class RepeatsArguments(ScopeArguments):
    most = fields.Integer(
        load_default=10,
        validate=fields.Range(1, 500),
        metadata={"description": "Most findings to answer with."},
    )


class RepeatSiteSchema(Shown):
    site_id = fields.UUID()
    code = fields.Text()
    name = fields.Text()


class RepeatSchema(Shown):
    site = fields.Nested(RepeatSiteSchema)
    checklist = fields.Text()
    key = fields.Text()
    title = Spoken()
    touchpoint = fields.Text()
    touchpoint_title = Spoken()
    critical = fields.Boolean(
        metadata={"description": "An answer to it may change more than its own points."}
    )
    times = fields.Integer(
        attribute="found.times",
        metadata={"description": "Visits in a row that found it, up to the latest."},
    )
    since = fields.Date(
        attribute="found.since", metadata={"description": "The day of the first of them."}
    )
    last = fields.Date(
        attribute="found.last", metadata={"description": "The day of the latest of them."}
    )
    asked = fields.Integer(
        attribute="found.asked",
        metadata={"description": "Visits that answered it, of those that were looked through."},
    )
    failed = fields.Integer(
        attribute="found.failed", metadata={"description": "Those of them that found it."}
    )
    text = text("The same in words.")


class RepeatsSchema(Shown):
    findings = fields.Integer(metadata={"description": "All that came again and still stand."})
    sites = fields.Integer(metadata={"description": "Sites that have any."})
    visited = fields.Integer(metadata={"description": "Sites visited in the period."})
    repeats = fields.List(
        fields.Nested(RepeatSchema),
        attribute="lines",
        metadata={"description": "The critical first, then those of most visits in a row."},
    )
    text = text("The answer first.")


@blueprint.route("/scorecards/repeats", methods=["GET"])
@blueprint.doc(refuses=(404,))
@blueprint.arguments(RepeatsArguments, location="query")
@blueprint.response(200, RepeatsSchema)
@lane(Lane.DEAR)
def repeated_findings(arguments: dict[str, Any]) -> Any:
    """Get the findings of a period that failed at the visit before, too, and still stand.

    The twelve months up to the period's end are looked through.  Without a site, region or
    campaign: over all own sites that you may see.
    """
    with one_moment():
        return insights.repeated(
            asked_scope(arguments), card_request(arguments), most=arguments["most"], by=who()
        )

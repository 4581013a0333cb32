"""Papers about many sites, as PDF: of a region, the organisation, a campaign."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response

from audit_api.api.documents.reports import (
    HEADERS,
    ReportArguments,
    ScorecardReportArguments,
    blueprint,
    wanted,
)
from audit_api.api.http.shapes import FILE
from audit_api.api.scorecards.arguments import card_request
from audit_api.services import scorecards
from audit_api.services.scorecards import Subject
from audit_api.web import documents
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane


@blueprint.route("/regions/<uuid:region_id>/scorecard.pdf", methods=["GET"])
@blueprint.arguments(ScorecardReportArguments, location="query")
@blueprint.response(200, FILE, content_type="application/pdf", headers=HEADERS)
@lane(Lane.DEAR)
def region_scorecard_report(arguments: dict[str, Any], region_id: UUID) -> Response:
    """Get the scorecard of a region's own sites, all below it included, as PDF."""
    return _paper(lambda: scorecards.region(region_id, by=who()), arguments)


@blueprint.route("/organisation/scorecard.pdf", methods=["GET"])
@blueprint.arguments(ScorecardReportArguments, location="query")
@blueprint.response(200, FILE, content_type="application/pdf", headers=HEADERS)
@lane(Lane.DEAR)
def organisation_scorecard_report(arguments: dict[str, Any]) -> Response:
    """Get the scorecard of all own sites as PDF."""
    return _paper(lambda: scorecards.organisation(by=who()), arguments)


@blueprint.route("/campaigns/<uuid:campaign_id>/scorecard.pdf", methods=["GET"])
@blueprint.arguments(ReportArguments, location="query")
@blueprint.response(200, FILE, content_type="application/pdf", headers=HEADERS)
@lane(Lane.DEAR)
def campaign_scorecard_report(arguments: dict[str, Any], campaign_id: UUID) -> Response:
    """Get the scorecard of a campaign, from its first month to its last, as PDF."""
    return documents.campaign_paper(campaign_id, wanted(arguments))


def _paper(find: Callable[[], Subject], arguments: dict[str, Any]) -> Response:
    """The paper of what is found, of a period."""
    return documents.paper(find, card_request(arguments), wanted(arguments))

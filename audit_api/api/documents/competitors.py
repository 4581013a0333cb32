"""Own sites against competitors', as PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response

from audit_api.api.documents.reports import (
    HEADERS,
    ReportArguments,
    blueprint,
    wanted,
)
from audit_api.api.http.shapes import FILE
from audit_api.api.scorecards.arguments import PeriodArguments, card_request
from audit_api.services import scorecards
from audit_api.services.scorecards import Subject
from audit_api.web import documents
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane


class CompetitorsReportArguments(PeriodArguments, ReportArguments):
    pass


@blueprint.route("/organisation/competitors.pdf", methods=["GET"])
@blueprint.arguments(CompetitorsReportArguments, location="query")
@blueprint.response(200, FILE, content_type="application/pdf", headers=HEADERS)
@lane(Lane.DEAR)
def organisation_competitors_report(arguments: dict[str, Any]) -> Response:
    """Get how all own sites stand against competitors' sites, as PDF."""
    return _report(lambda: scorecards.organisation(by=who()), arguments)


@blueprint.route("/regions/<uuid:region_id>/competitors.pdf", methods=["GET"])
@blueprint.arguments(CompetitorsReportArguments, location="query")
@blueprint.response(200, FILE, content_type="application/pdf", headers=HEADERS)
@lane(Lane.DEAR)
def region_competitors_report(arguments: dict[str, Any], region_id: UUID) -> Response:
    """Get how a region's own sites stand against competitors' sites there, as PDF."""
    return _report(lambda: scorecards.region(region_id, by=who()), arguments)


def _report(find: Callable[[], Subject], arguments: dict[str, Any]) -> Response:
    return documents.against_competitors(find, card_request(arguments), wanted(arguments))

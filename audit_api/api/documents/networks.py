"""Papers about many sites, as PDF: of a region, the organisation, a campaign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response, current_app

from audit_api.api.documents.reports import (
    HEADERS,
    ReportArguments,
    ScorecardReportArguments,
    blueprint,
    form,
    language,
    pdf_response,
)
from audit_api.api.http.shapes import FILE
from audit_api.api.scorecards.arguments import card_request
from audit_api.database import one_moment
from audit_api.services import scorecards
from audit_api.services.scorecards import Subject
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
    # Loaded by the first paper, with all that draws.
    from audit_api.services.documents.network import paper

    lang, now = language(arguments), datetime.now(UTC)
    with one_moment():
        subject = scorecards.campaign(campaign_id, by=who())
        report = paper.gather_campaign(subject, by=who(), lang=lang, now=now)
    store = current_app.extensions["audit_photo_store"]
    made = paper.draw(report, None, lang, store, form(arguments))
    return pdf_response(made, lang)


def _paper(find: Callable[[], Subject], arguments: dict[str, Any]) -> Response:
    """The paper of what is found, of a period."""
    # As above.
    from audit_api.services.documents.network import paper

    lang, asked = language(arguments), card_request(arguments)
    with one_moment():
        report = paper.gather(find(), asked, by=who(), lang=lang, now=datetime.now(UTC))
    store = current_app.extensions["audit_photo_store"]
    made = paper.draw(report, asked, lang, store, form(arguments))
    return pdf_response(made, lang)

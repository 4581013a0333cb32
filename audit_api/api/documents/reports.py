"""Reports as PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import FILE, IN_A_LANGUAGE, NAMED, Word
from audit_api.api.scorecards.arguments import ScorecardArguments, card_request
from audit_api.rules.papers import Form, Layout, Paper
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.languages import BOTH
from audit_api.web import documents, fields
from audit_api.web.documents import Wanted
from audit_api.web.lanes import Lane, lane
from audit_api.web.languages import locale

blueprint = Blueprint("reports", __name__, description="Documents to print and to hand on.")

HEADERS = NAMED | IN_A_LANGUAGE


class ReportArguments(Schema):
    lang = fields.Language(
        BOTH,
        description="`both`: English and Chinese, the organisation's own language first. "
        "Default: Accept-Language.",
    )
    layout = Word(
        Layout,
        load_default=Layout.FULL,
        metadata={
            "description": "`full`: all of it; `summary`: the answer alone, on a page or two; "
            "`findings`: what went wrong, with its evidence."
        },
    )
    paper = Word(Paper, load_default=Paper.A4)


def wanted(arguments: dict[str, Any]) -> Wanted:
    """Return in which language a document is asked for, else the reader's, and in which form."""
    form = Form(Layout(arguments["layout"]), Paper(arguments["paper"]))
    return Wanted(arguments.get("lang") or locale(), form)


class AuditReportArguments(ReportArguments):
    edition = Word(
        Edition,
        load_default=Edition.ANONYMOUS,
        metadata={"description": "`full` tells who was there, and when; only for the office."},
    )


@blueprint.route("/audits/<uuid:audit_id>/report.pdf", methods=["GET"])
@blueprint.arguments(AuditReportArguments, location="query")
@blueprint.response(200, FILE, content_type="application/pdf", headers=HEADERS)
@lane(Lane.DEAR)
def audit_report(arguments: dict[str, Any], audit_id: UUID) -> Response:
    """Get an audit's report as PDF; only the full edition knows the auditor."""
    edition = Edition(arguments["edition"])
    return documents.audit_report(audit_id, edition, wanted(arguments))


class ScorecardReportArguments(ScorecardArguments, ReportArguments):
    pass


@blueprint.route("/sites/<uuid:site_id>/scorecard.pdf", methods=["GET"])
@blueprint.arguments(ScorecardReportArguments, location="query")
@blueprint.response(200, FILE, content_type="application/pdf", headers=HEADERS)
@lane(Lane.DEAR)
def site_scorecard_report(arguments: dict[str, Any], site_id: UUID) -> Response:
    """Get a site's scorecard as PDF."""
    return documents.site_card(site_id, card_request(arguments), wanted(arguments))

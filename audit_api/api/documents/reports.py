"""Reports as PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response, current_app

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.shapes import FILE, IN_A_LANGUAGE, NAMED, Word
from audit_api.api.scorecards.arguments import ScorecardArguments, card_request
from audit_api.database import one_moment
from audit_api.rules.papers import Form, Layout, Paper
from audit_api.services import scorecards
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.files import Document
from audit_api.services.documents.languages import BOTH, locales
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.languages import locale
from audit_api.words import spoken

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


def form(arguments: dict[str, Any]) -> Form:
    """Return the form that is asked for."""
    return Form(Layout(arguments["layout"]), Paper(arguments["paper"]))


def language(arguments: dict[str, Any]) -> str:
    """Return the language that is asked for, else the reader's."""
    return arguments.get("lang") or locale()


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
    # Loaded by the first report, with all that draws.
    from audit_api.services.documents import audit

    store = current_app.extensions["audit_photo_store"]
    lang = language(arguments)
    made = audit.audit_pdf(
        audit_id,
        by=who(),
        lang=lang,
        store=store,
        edition=Edition(arguments["edition"]),
        form=form(arguments),
    )
    return pdf_response(made, lang)


class ScorecardReportArguments(ScorecardArguments, ReportArguments):
    pass


@blueprint.route("/sites/<uuid:site_id>/scorecard.pdf", methods=["GET"])
@blueprint.arguments(ScorecardReportArguments, location="query")
@blueprint.response(200, FILE, content_type="application/pdf", headers=HEADERS)
@lane(Lane.DEAR)
def site_scorecard_report(arguments: dict[str, Any], site_id: UUID) -> Response:
    """Get a site's scorecard as PDF."""
    # As above.
    from audit_api.services.documents import scorecard

    lang = language(arguments)
    asked = card_request(arguments)
    with one_moment():
        report = scorecard.gather(
            scorecards.site(site_id, by=who()), asked, by=who(), lang=lang, now=datetime.now(UTC)
        )
    store = current_app.extensions["audit_photo_store"]
    return pdf_response(scorecard.draw(report, asked, lang, store, form(arguments)), lang)


def pdf_response(document: Document, lang: str) -> Response:
    """Return a document in a reader's language, or in both of the product's."""
    return Response(
        document.data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{document.file_name}"',
            "Content-Language": ", ".join(filter(None, map(spoken, locales(lang)))),
        },
    )

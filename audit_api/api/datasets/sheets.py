"""Leagues and scorecards as sheets: the figures of the calls beside them, in rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response

from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.endings import SHEET
from audit_api.api.http.shapes import FILE, IN_A_LANGUAGE, NAMED
from audit_api.api.scorecards.arguments import PeriodArguments
from audit_api.api.scorecards.leagues import SortedArguments
from audit_api.database import one_moment
from audit_api.services import scorecards
from audit_api.services.datasets import MEDIA_TYPES, Format, Request
from audit_api.services.scorecards import Subject
from audit_api.web import fields, sheets
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane
from audit_api.web.languages import locale

blueprint = Blueprint("sheets", __name__, description="Figures as sheets: XLSX and CSV.")

HEADERS = NAMED | IN_A_LANGUAGE
CSV_TOO = {"responses": {200: {"content": {"text/csv": {"schema": FILE}}}}}
"""What a call answers with beside a workbook."""


MARK = fields.Boolean(
    load_default=False,
    metadata={"description": "Begin CSV with a byte order mark, by which Excel knows UTF-8."},
)


class SheetArguments(Schema):
    lang = fields.Language(description="Default: Accept-Language.")
    bom = MARK


class LeagueSheetArguments(SortedArguments, SheetArguments):
    pass


class CardSheetArguments(PeriodArguments, SheetArguments):
    pass


@blueprint.route(f"/scorecards/sites.<{SHEET}:ending>", methods=["GET"])
@blueprint.doc(**CSV_TOO)
@blueprint.arguments(LeagueSheetArguments, location="query")
@blueprint.response(200, FILE, content_type=MEDIA_TYPES[Format.XLSX], headers=HEADERS)
@lane(Lane.DEAR)
def league_sheet(arguments: dict[str, Any], ending: str) -> Response:
    """Get the own sites that you may see with their period as a sheet, a row each."""
    asked = _request(arguments, region_id=arguments.get("region_id"), sort=arguments["sort"])
    with one_moment():
        return sheets.league(asked, ending, marked=arguments["bom"])


@blueprint.route(f"/sites/<uuid:site_id>/scorecard.<{SHEET}:ending>", methods=["GET"])
@blueprint.doc(**CSV_TOO)
@blueprint.arguments(CardSheetArguments, location="query")
@blueprint.response(200, FILE, content_type=MEDIA_TYPES[Format.XLSX], headers=HEADERS)
@lane(Lane.DEAR)
def site_scorecard_sheet(arguments: dict[str, Any], site_id: UUID, ending: str) -> Response:
    """Get a site's scorecard as a sheet, a row for each line of it."""
    with one_moment():
        return _card(scorecards.site(site_id, by=who()), arguments, ending)


@blueprint.route(f"/regions/<uuid:region_id>/scorecard.<{SHEET}:ending>", methods=["GET"])
@blueprint.doc(**CSV_TOO)
@blueprint.arguments(CardSheetArguments, location="query")
@blueprint.response(200, FILE, content_type=MEDIA_TYPES[Format.XLSX], headers=HEADERS)
@lane(Lane.DEAR)
def region_scorecard_sheet(arguments: dict[str, Any], region_id: UUID, ending: str) -> Response:
    """Get a region's scorecard as a sheet, a row for each line of it."""
    with one_moment():
        return _card(scorecards.region(region_id, by=who()), arguments, ending)


@blueprint.route(f"/organisation/scorecard.<{SHEET}:ending>", methods=["GET"])
@blueprint.doc(**CSV_TOO)
@blueprint.arguments(CardSheetArguments, location="query")
@blueprint.response(200, FILE, content_type=MEDIA_TYPES[Format.XLSX], headers=HEADERS)
@lane(Lane.DEAR)
def organisation_scorecard_sheet(arguments: dict[str, Any], ending: str) -> Response:
    """Get the organisation's scorecard as a sheet, a row for each line of it."""
    with one_moment():
        return _card(scorecards.organisation(by=who()), arguments, ending)


@blueprint.route(f"/campaigns/<uuid:campaign_id>/scorecard.<{SHEET}:ending>", methods=["GET"])
@blueprint.doc(**CSV_TOO)
@blueprint.arguments(CardSheetArguments, location="query")
@blueprint.response(200, FILE, content_type=MEDIA_TYPES[Format.XLSX], headers=HEADERS)
@lane(Lane.DEAR)
def campaign_scorecard_sheet(arguments: dict[str, Any], campaign_id: UUID, ending: str) -> Response:
    """Get a campaign's scorecard as a sheet, a row for each line of it."""
    with one_moment():
        return _card(scorecards.campaign(campaign_id, by=who()), arguments, ending)


def _request(arguments: dict[str, Any], **more: Any) -> Request:
    return Request(
        locale=arguments.get("lang") or locale(),
        now=datetime.now(UTC),
        period=arguments["period"],
        checklist=arguments.get("checklist"),
        **more,
    )


def _card(subject: Subject, arguments: dict[str, Any], ending: str) -> Response:
    return sheets.card(_request(arguments, subject=subject), ending, marked=arguments["bom"])

"""Scorecards and reports."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response, current_app

from audit_api.api import fields
from audit_api.api.authentication import who
from audit_api.api.blueprint import Blueprint, Schema
from audit_api.api.problems import locale
from audit_api.services import reports, scorecards
from audit_api.translations import LOCALES, pick

blueprint = Blueprint("scorecards", __name__, description="What the audits add up to.")


class ScorecardArguments(Schema):
    month = ma.fields.String(
        required=True,
        validate=ma.validate.Regexp(r"[1-9][0-9]{3}-(0[1-9]|1[0-2])\Z", error="Not a valid month."),
        metadata={"description": "As in 2026-03.", "example": "2026-03"},
    )


class ReportArguments(Schema):
    lang = ma.fields.String(
        validate=ma.validate.OneOf(LOCALES), metadata={"description": "Default: Accept-Language."}
    )


class ScoreChangeSchema(Schema):
    points = fields.percent("Percentage points.")
    relative = fields.Parts(
        10_000, "The difference as a share of what was before.", allow_none=True, required=True
    )
    comparable = ma.fields.Boolean(
        required=True, metadata={"description": "Both months were scored by the same rules."}
    )


class ScorecardLineSchema(Schema):
    key = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    n = ma.fields.Integer(required=True, metadata={"description": "Audits with a score."})
    score = fields.percent()
    raw = fields.percent("Percent, before critical effects.")
    low = fields.percent("Lower end of the 95 % interval.")
    high = fields.percent("Upper end of the 95 % interval.")
    earned = fields.points()
    possible = fields.points()
    pooled = fields.percent("Points earned of points possible, percent.")
    change = ma.fields.Nested(ScoreChangeSchema, required=True)

    @ma.pre_dump
    def in_language(self, line: scorecards.Line, **kwargs: Any) -> Any:
        return SpokenLine(line, locale())


class SpokenLine:
    """A line whose title is in one language."""

    def __init__(self, line: scorecards.Line, language: str) -> None:
        self._line = line
        self.title = pick(line.title, language)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)


class ScorecardSchema(Schema):
    subject_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    month = ma.fields.Date(
        required=True, format="%Y-%m", metadata={"format": "year-month", "example": "2026-03"}
    )
    audits = ma.fields.Integer(required=True, metadata={"description": "Audits that count."})
    pass_rate = fields.percent()
    overall = ma.fields.Nested(ScorecardLineSchema, required=True)
    touchpoints = ma.fields.List(ma.fields.Nested(ScorecardLineSchema), required=True)


@blueprint.route("/sites/<uuid:site_id>/scorecard", methods=["GET"])
@blueprint.arguments(ScorecardArguments, location="query")
@blueprint.response(200, ScorecardSchema)
def site_scorecard(arguments: dict[str, Any], site_id: UUID) -> Any:
    """Get a site's month against the month before."""
    return scorecards.site(site_id, _month(arguments), by=who())


@blueprint.route("/regions/<uuid:region_id>/scorecard", methods=["GET"])
@blueprint.arguments(ScorecardArguments, location="query")
@blueprint.response(200, ScorecardSchema)
def region_scorecard(arguments: dict[str, Any], region_id: UUID) -> Any:
    """Get the month of a region's own sites, all below it included."""
    return scorecards.region(region_id, _month(arguments), by=who())


@blueprint.route("/audits/<uuid:audit_id>/report.pdf", methods=["GET"])
@blueprint.arguments(ReportArguments, location="query")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/pdf")
def audit_report(arguments: dict[str, Any], audit_id: UUID) -> Response:
    """Get an audit's report as PDF; a manager's copy does not know the auditor."""
    store = current_app.extensions["audit_photo_store"]
    language = arguments.get("lang") or locale()
    document = reports.audit_pdf(audit_id, by=who(), locale=language, store=store)
    return Response(
        document.data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{document.file_name}"',
            "Content-Language": language,
        },
    )


def _month(arguments: dict[str, Any]) -> date:
    return date.fromisoformat(f"{arguments['month']}-01")

"""Reports and scorecards as PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from audit_api.console.documents.room import room
from audit_api.console.frame import forms, reader
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards.chosen import SERIES
from audit_api.rules.papers import Form, Layout, Paper
from audit_api.rules.permissions import Permission
from audit_api.services import scorecards
from audit_api.services.documents.editions import Edition
from audit_api.services.documents.languages import BOTH
from audit_api.services.scorecards import CardRequest, Subject
from audit_api.web import documents, fields
from audit_api.web.documents import Wanted
from audit_api.web.lanes import Lane, lane
from audit_api.web.periods import PeriodField


class Report(forms.Form):
    lang = fields.Language(BOTH, load_default=None)
    layout = fields.Text(load_default=Layout.FULL.value, validate=fields.OneOf([*Layout]))
    paper = fields.Text(load_default=Paper.A4.value, validate=fields.OneOf([*Paper]))


class CardReport(Report):
    period = PeriodField(required=True)
    checklist = fields.Code(load_default=None)
    series = fields.Integer(load_default=SERIES[0], validate=fields.OneOf(SERIES))


class PaperReport(CardReport):
    period = PeriodField(load_default=None)
    region_id = fields.UUID(load_default=None)
    campaign_id = fields.UUID(load_default=None)


class CompetitorsReport(CardReport):
    region_id = fields.UUID(load_default=None)


@room.get("/sites/<uuid:site_id>/scorecard.pdf")
@lane(Lane.DEAR)
def site_card(site_id: UUID) -> Response:
    """Send a site's scorecard."""
    asked = forms.asked(CardReport)
    return documents.site_card(site_id, _request(asked), _wanted(asked))


@room.get("/scorecard.pdf")
@lane(Lane.DEAR)
def paper() -> Response:
    """Send the paper of a region, of a campaign, or of the organisation."""
    asked = forms.asked(PaperReport)
    if asked["campaign_id"] is not None:
        return documents.campaign_paper(asked["campaign_id"], _wanted(asked))
    asked = forms.asked(_OfPeriod)
    return documents.paper(lambda: _subject(asked["region_id"]), _request(asked), _wanted(asked))


class _OfPeriod(PaperReport):
    period = PeriodField(required=True)


@room.get("/competitors.pdf")
@lane(Lane.DEAR)
def competitors() -> Response:
    """Send how own sites stand against competitors', of a region or of the organisation."""
    asked = forms.asked(CompetitorsReport)
    return documents.against_competitors(
        lambda: _subject(asked["region_id"]), _request(asked), _wanted(asked)
    )


@room.get("/visits/<uuid:audit_id>/report.pdf")
@lane(Lane.DEAR)
def report(audit_id: UUID) -> Response:
    """Send an audit's report: to whoever may know the auditor, with who was there."""
    edition = Edition.FULL if who().may(Permission.AUDIT_IDENTIFY) else Edition.ANONYMOUS
    return documents.audit_report(audit_id, edition, _wanted(forms.asked(Report)))


def _subject(region_id: UUID | None) -> Subject:
    if region_id is None:
        return scorecards.organisation(by=who())
    return scorecards.region(region_id, by=who())


def _request(asked: dict[str, Any]) -> CardRequest:
    return CardRequest(asked["period"], asked["series"], asked["checklist"])


def _wanted(asked: dict[str, Any]) -> Wanted:
    form = Form(Layout(asked["layout"]), Paper(asked["paper"]))
    return Wanted(asked["lang"] or reader.locale(), form)

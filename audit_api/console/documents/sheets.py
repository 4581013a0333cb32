"""Leagues and scorecards as sheets."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response

from audit_api.console.documents.room import room
from audit_api.console.frame import forms, reader
from audit_api.console.frame.sessions import who
from audit_api.database import one_moment
from audit_api.services import scorecards
from audit_api.services.datasets import Request
from audit_api.services.scorecards import Subject
from audit_api.services.scorecards.leagues import SORTS
from audit_api.web import fields, sheets
from audit_api.web.lanes import Lane, lane
from audit_api.web.periods import PeriodField

_ORDERS = [*SORTS, *(f"-{name}" for name in SORTS)]


class Sheet(forms.Form):
    period = PeriodField(required=True)
    checklist = fields.Code(load_default=None)
    region_id = fields.UUID(load_default=None)
    campaign_id = fields.UUID(load_default=None)
    sort = fields.Text(load_default="-score", validate=fields.OneOf(_ORDERS))


@room.get("/sites.<any(xlsx, csv):ending>")
@lane(Lane.DEAR)
def league_sheet(ending: str) -> Response:
    """Send the sites with their period, a row each."""
    asked = forms.asked(Sheet)
    with one_moment():
        wanted = _request(asked, region_id=asked["region_id"], sort=asked["sort"])
        return sheets.league(wanted, ending, marked=True)


@room.get("/sites/<uuid:site_id>/scorecard.<any(xlsx, csv):ending>")
@lane(Lane.DEAR)
def site_sheet(site_id: UUID, ending: str) -> Response:
    """Send a site's scorecard, a row for each line of it."""
    asked = forms.asked(Sheet)
    with one_moment():
        wanted = _request(asked, subject=scorecards.site(site_id, by=who()))
        return sheets.card(wanted, ending, marked=True)


@room.get("/scorecard.<any(xlsx, csv):ending>")
@lane(Lane.DEAR)
def card_sheet(ending: str) -> Response:
    """Send the scorecard of a region, of a campaign, or of the organisation."""
    asked = forms.asked(Sheet)
    with one_moment():
        wanted = _request(asked, subject=_subject(asked))
        return sheets.card(wanted, ending, marked=True)


def _subject(asked: dict[str, Any]) -> Subject:
    if asked["campaign_id"] is not None:
        return scorecards.campaign(asked["campaign_id"], by=who())
    if asked["region_id"] is not None:
        return scorecards.region(asked["region_id"], by=who())
    return scorecards.organisation(by=who())


def _request(asked: dict[str, Any], **more: Any) -> Request:
    return Request(
        locale=reader.locale(),
        now=datetime.now(UTC),
        period=asked["period"],
        checklist=asked["checklist"],
        **more,
    )

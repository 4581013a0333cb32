"""Visits in a list: for managers those that count, for the office all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response

from audit_api.console.audits import listing
from audit_api.console.audits.room import room
from audit_api.console.frame import forms, pages, reader, regions
from audit_api.console.frame.forms import Options
from audit_api.console.frame.sessions import who
from audit_api.console.scorecards import periods
from audit_api.database import one_moment
from audit_api.rules.lifecycle import AuditState
from audit_api.rules.permissions import Permission
from audit_api.services import access
from audit_api.services.audits.orders import Order
from audit_api.services.audits.queue import Filter
from audit_api.services.sites import sites
from audit_api.web import fields
from audit_api.web.periods import PeriodField


class Wanted(forms.Form):
    """Which visits: what is left out asks for nothing."""

    region = fields.UUID(load_default=None)
    site = fields.UUID(load_default=None)
    campaign = fields.UUID(load_default=None)
    state = fields.Text(load_default=None, validate=fields.OneOf(tuple(AuditState)))
    period = PeriodField(load_default=None)


@room.get("/visits")
def visits() -> Response:
    """List the visits that the reader may see, the latest first."""
    access.require(who(), Permission.REPORT_READ)
    asked = forms.asked(Wanted)
    with one_moment():
        found = listing.page(_filter(asked), Order.LATEST)
        campaigns = listing.campaign_names()
        site = sites.find(asked["site"], by=who()) if asked["site"] else None
        site_name = f"{site.code} {site.name}" if site else None
        region_options = regions.options(reader.said("console.all_regions"))
    return pages.page(
        "audits/visits",
        reader.said("console.visits"),
        found=found,
        asked_for=asked,
        site_name=site_name,
        campaigns=campaigns,
        region_options=region_options,
        campaign_options=listing.campaign_options(campaigns),
        periods=periods.recent(datetime.now(UTC), asked["period"]),
        state_options=_state_options() if access.knows_auditors(who()) else (),
    )


def _filter(asked: dict[str, Any]) -> Filter:
    found = Filter(
        site_id=asked["site"],
        region_id=asked["region"],
        campaign_id=asked["campaign"],
        state=asked["state"],
    )
    period = asked["period"]
    return found if period is None else found.within(period.starts, period.last_day)


def _state_options() -> Options:
    named = ((str(state), reader.said(f"state.{state}")) for state in AuditState)
    return [("", reader.said("console.all_states")), *named]

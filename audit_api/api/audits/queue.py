"""The queue: audits in a list, sorted and filtered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from audit_api.api.audits.shown import AuditSchema
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.paging import PAGE_HEADERS, LimitArguments, link_to_next
from audit_api.api.http.shapes import Word
from audit_api.rules.lifecycle import AuditState
from audit_api.rules.signals.kinds import SignalKind
from audit_api.services.audits import queue
from audit_api.services.audits.queue import Filter, Order, Place
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.periods import PeriodField

blueprint = Blueprint("queue", __name__, description="Audits in a list, and what they wait for.")


class WantedAudits(Schema):
    """Which audits: what is left out, or null, asks for nothing."""

    site_id = fields.UUID()
    region_id = fields.UUID(metadata={"description": "Sites of a region and all below it."})
    campaign_id = fields.UUID()
    auditor_id = fields.UUID(metadata={"description": "Only for reviewers and HQ."})
    state = Word(AuditState)
    passed = fields.Boolean()
    valid = fields.Boolean(metadata={"description": "Whether enough was answered."})
    signal = Word(
        SignalKind,
        metadata={"description": "Audits with a signal of this kind; only for reviewers and HQ."},
    )
    held = fields.Boolean(
        metadata={"description": "Whether a signal holds it for review; only for reviewers and HQ."}
    )
    period = PeriodField()
    business_date_from = fields.Date()
    business_date_to = fields.Date()


class AuditFilter(LimitArguments, WantedAudits):
    cursor = fields.Text(
        load_default=lambda: None,
        validate=fields.Regexp(r"[0-9]{1,17}\.[0-9a-f]{32}\Z"),
        metadata={"description": "Where the page before ended (see `Link`)."},
    )
    sort = fields.Text(
        load_default=Order.ID,
        validate=fields.OneOf(tuple(Order)),
        metadata={
            "description": "`received_at` is the oldest first, `-received_at` the newest (neither "
            "for managers), `final_score` the lowest; audits without a score come last."
        },
    )


@blueprint.route("/audits", methods=["GET"])
@blueprint.arguments(AuditFilter, location="query")
@blueprint.response(200, AuditSchema(many=True), headers=PAGE_HEADERS)
def list_audits(arguments: dict[str, Any]) -> Any:
    """List the audits that you may see; who made them, when and the signals are for the office."""
    limit, order = arguments.pop("limit"), Order(arguments.pop("sort"))
    after = _place(arguments.pop("cursor"))
    lines = queue.listed(wanted(arguments), by=who(), order=order, after=after, limit=limit + 1)
    told = queue.view(lines[:limit], by=who())
    if len(lines) <= limit:
        return told, 200, {}
    last = queue.place(order, lines[limit - 1].audit)
    return told, 200, link_to_next(f"{last.value}.{last.id.hex}")


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    value, _, audit_id = cursor.partition(".")
    return Place(int(value), UUID(audit_id))


def wanted(arguments: dict[str, Any]) -> Filter:
    """Return what is asked for: of a period and of days, the days that both have."""
    period, signal = arguments.pop("period", None), arguments.pop("signal", None)
    found = Filter(**arguments, signal=SignalKind(signal) if signal else None)
    return found if period is None else found.within(period.starts, period.last_day)

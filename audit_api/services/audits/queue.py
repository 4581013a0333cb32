"""The queue: audits in a list, sorted and filtered, each with what tells it from the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Audit, AuditSignal, Region, RegionAncestor, Site, User
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AuditAction
from audit_api.rules.permissions import Permission
from audit_api.rules.signals.kinds import HOLDING, Signal, SignalKind
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.audits import orders, signals
from audit_api.services.audits.orders import Order, Place

_PLAIN = (
    "id",
    "site_id",
    "campaign_id",
    "checklist_version_id",
    "state",
    "revision",
    "version",
    "content_digest",
    "business_date",
    "raw_score",
    "final_score",
    "passed",
    "band",
    "findings_count",
    "valid",
)
_TRACES = ("assignment_id", "conducted_at", "visited_at", "received_at", "state_since")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which audits are listed; None asks for nothing.  `region_id` has all below it, `waiting` are
    those that a reviewer can approve, `held` those that a signal holds for review, the dates are
    business dates, both ends in."""

    site_id: UUID | None = None
    region_id: UUID | None = None
    campaign_id: UUID | None = None
    auditor_id: UUID | None = None
    state: str | None = None
    passed: bool | None = None
    valid: bool | None = None
    signal: SignalKind | None = None
    held: bool | None = None
    waiting: bool | None = None
    business_date_from: date | None = None
    business_date_to: date | None = None

    def within(self, first: date, last: date) -> Filter:
        """The same, between two days at most."""
        return replace(
            self,
            business_date_from=max(first, self.business_date_from or first),
            business_date_to=min(last, self.business_date_to or last),
        )


_WRITTEN: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("site_id", "region_id", "campaign_id", "auditor_id"), UUID),
    **dict.fromkeys(("business_date_from", "business_date_to"), date.fromisoformat),
    "signal": SignalKind,
}
"""How the members of a filter are read that are no plain values of JSON."""


def filter_of(told: Mapping[str, Any]) -> Filter:
    """Return the filter that was written down as JSON."""
    asked = {name: value for name, value in told.items() if value is not None}
    read = {name: _WRITTEN[name](value) for name, value in asked.items() if name in _WRITTEN}
    return Filter(**asked | read)


class Line(NamedTuple):
    """An audit with the names of what it is about."""

    audit: Audit
    site_code: str
    site_name: str
    region_id: UUID
    region_name: str
    auditor_name: str


def listed(
    wanted: Filter, *, by: Who, order: Order = Order.ID, after: Place | None = None, limit: int
) -> list[Line]:
    """Return at most `limit` audits that `by` may see, those after a place.

    Raises FORBIDDEN where filter or order would tell who made an audit, or when.
    """
    select = _lines(matching(wanted, by=by))
    if order.by_arrival:
        access.require_knowing(by)
    if after is not None:
        select = select.where(orders.is_after(order, after))
    rows = db.session.execute(select.order_by(*orders.sorting(order)).limit(limit))
    return [Line._make(row) for row in rows]


def matching(wanted: Filter, *, by: Who) -> sa.Select[Audit]:
    """Return the audits that `by` may see and a filter asks for; raise FORBIDDEN where it would
    tell who made one."""
    access.require(by, Permission.AUDIT_READ)
    if (wanted.auditor_id, wanted.signal, wanted.held) != (None, None, None):
        access.require(by, Permission.AUDIT_IDENTIFY)
    return access.visible_audits(by).where(*_conditions(wanted))


def count(wanted: Filter, *, by: Who) -> int:
    """Return how many audits that is."""
    found = matching(wanted, by=by).with_only_columns(sa.func.count())
    return db.session.scalars(found).one()


def counted(wanted: Filter, *, by: Who) -> dict[str, int]:
    """Return how many of those audits are in each state that one of them is in."""
    found = matching(wanted, by=by).with_only_columns(Audit.state, sa.func.count())
    rows = db.session.execute(found.group_by(Audit.state))
    return {row[0]: row[1] for row in rows}


def view_found(audits: Sequence[Audit], *, by: Who) -> dict[UUID, dict[str, Any]]:
    """Return what `view` does, by audit, of audits that were found."""
    select = _lines(sa.select(Audit).where(Audit.id.in_([audit.id for audit in audits])))
    lines = [Line._make(row) for row in db.session.execute(select)]
    return {members["id"]: members for members in view(lines, by=by)}


def view_ids(audit_ids: Sequence[UUID], *, by: Who) -> list[dict[str, Any]]:
    """Return what `view` does of those of some audits that `by` may see, by id."""
    access.require(by, Permission.AUDIT_READ)
    found = _lines(access.visible_audits(by).where(Audit.id.in_(audit_ids))).order_by(Audit.id)
    return view([Line._make(row) for row in db.session.execute(found)], by=by)


def view_one(audit: Audit, *, by: Who) -> dict[str, Any]:
    """Return what `view` does, of an audit that was found."""
    return view_found([audit], by=by)[audit.id]


def view(lines: Sequence[Line], *, by: Who) -> list[dict[str, Any]]:
    """Return what `by` may know of audits in a list: a manager nothing that leads to the
    auditor."""
    found: Mapping[UUID, list[Signal]] = {}
    if by.may(Permission.AUDIT_IDENTIFY):
        found = signals.of_audits([line.audit.id for line in lines])
    return [_view(line, found.get(line.audit.id, []), by) for line in lines]


def _view(line: Line, hints: Sequence[Signal], by: Who) -> dict[str, Any]:
    audit = line.audit
    members = {name: getattr(audit, name) for name in _PLAIN} | {
        "site_code": line.site_code,
        "site_name": line.site_name,
        "region_id": line.region_id,
        "region_name": line.region_name,
    }
    if access.knows_auditor(by, audit):
        members |= {name: getattr(audit, name) for name in _TRACES}
    if by.may(Permission.AUDIT_IDENTIFY):
        members |= {
            "auditor_id": audit.auditor_id,
            "auditor_name": line.auditor_name,
            "signals": [signals.view(signal) for signal in hints],
        }
    return members


def _lines(audits: sa.Select[Audit]) -> sa.Select[Any]:
    return (
        audits.join(Site, Site.id == Audit.site_id)
        .join(Region, Region.id == Site.region_id)
        .join(User, User.id == Audit.auditor_id)
        .add_columns(Site.code, Site.name, Region.id, Region.name, User.name)
    )


def _conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    equal = ("site_id", "campaign_id", "auditor_id", "state", "passed", "valid")
    conditions = [
        getattr(Audit, name) == value
        for name in equal
        if (value := getattr(wanted, name)) is not None
    ]
    if wanted.region_id is not None:
        conditions.append(Audit.site_id.in_(_sites_below(wanted.region_id)))
    if wanted.signal is not None:
        conditions.append(_has_signal(wanted.signal))
    if wanted.held is not None:
        held = _has_signal(*HOLDING)
        conditions.append(held if wanted.held else sa.not_(held))
    if wanted.waiting is not None:
        waits = Audit.state.in_(lifecycle.AUDIT.before(AuditAction.APPROVE))
        conditions.append(waits if wanted.waiting else sa.not_(waits))
    if wanted.business_date_from is not None:
        conditions.append(Audit.business_date >= wanted.business_date_from)
    if wanted.business_date_to is not None:
        conditions.append(Audit.business_date <= wanted.business_date_to)
    return conditions


def _sites_below(region_id: UUID) -> sa.Select[Any]:
    return (
        sa.select(Site.id)
        .join(RegionAncestor, RegionAncestor.region_id == Site.region_id)
        .where(RegionAncestor.ancestor_id == region_id)
    )


def _has_signal(*kinds: SignalKind) -> sa.ColumnElement[bool]:
    return sa.exists().where(AuditSignal.audit_id == Audit.id, AuditSignal.kind.in_(kinds))

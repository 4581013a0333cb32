"""What is to be planned, checked together: every fault of many visits, each at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, pointer_to
from audit_api.models import Assignment, Campaign, Site, User
from audit_api.rules.lifecycle import GIVEN_UP
from audit_api.rules.permissions import Role
from audit_api.rules.planning import Window
from audit_api.services import access
from audit_api.services.access import Who

_AT_ONCE = 1_000
_SLOT = Assignment.site_id, Assignment.auditor_id, Assignment.starts_on, Assignment.ends_on


@dataclass(frozen=True, slots=True)
class Plan:
    """One visit to be planned, in the campaign's period unless a day is named.

    `offer` lets the auditor accept or decline, `repeat` says that the same site, auditor and window
    are meant once more, `override` why the window may lie outside the campaign.
    """

    campaign_id: UUID
    site_id: UUID
    auditor_id: UUID
    starts_on: date | None = None
    ends_on: date | None = None
    offer: bool = False
    repeat: bool = False
    override: str | None = None


class PlanFault(NamedTuple):
    """What is wrong with one of the plans, by its place among them and its member."""

    place: int
    member: str
    code: str
    values: Mapping[str, Any] = {}

    def under(self, *names: object) -> Fault:
        """The fault at its member, under members of these names."""
        return Fault(pointer_to(*names, self.member), self.code, self.values)


class Slot(NamedTuple):
    """What no two visits share unless they are meant to."""

    site_id: UUID
    auditor_id: UUID
    window: Window


def checked(plans: Sequence[Plan], *, by: Who) -> tuple[list[Window], list[PlanFault]]:
    """Return the window of every plan, and every fault.

    Campaigns and auditors stay locked, so that neither a period nor a second plan for the same slot
    comes between the check and what is written after it.
    """
    campaigns = _campaigns({plan.campaign_id for plan in plans}, by)
    site_ids = _visible(access.visible_sites(by), Site.id, {plan.site_id for plan in plans})
    auditor_ids = lock_auditors({plan.auditor_id for plan in plans}, by=by)
    faults: list[PlanFault] = []
    windows: list[Window] = []
    for place, plan in enumerate(plans):
        period = campaigns.get(plan.campaign_id)
        faults += _unknown(place, plan, period, site_ids, auditor_ids)
        window = _window(plan, period)
        windows.append(window)
        if period is not None:
            faults += window_faults(place, window, period, overridden=plan.override is not None)
    wrong = {fault.place for fault in faults}
    faults += (fault for fault in _repeated(plans, windows, by) if fault.place not in wrong)
    return windows, sorted(faults, key=attrgetter("place"))


def lock_auditors(user_ids: Collection[UUID], *, by: Who) -> set[UUID]:
    """Return those of the users who are active auditors; nobody else plans for them until the
    transaction ends."""
    auditors = (
        access.visible_users(by)
        .where(User.role == Role.AUDITOR, User.active)
        # In one order, so that two who plan for the same auditors do not wait for each other.
        .order_by(User.id)
        .with_for_update(key_share=True)
    )
    return _visible(auditors, User.id, user_ids)


def period_of(campaign_id: UUID, *, by: Who) -> Window:
    """Return the period of a campaign that `by` may see; it stays as it is until the transaction
    ends."""
    return _campaigns({campaign_id}, by)[campaign_id]


def window_faults(
    place: int, window: Window, period: Window, *, overridden: bool
) -> Iterator[PlanFault]:
    """Yield what is wrong with a window in a campaign of that period."""
    starts_on, ends_on = window
    if starts_on > ends_on:
        yield PlanFault(place, "ends_on", "ends_before_start", {"min": starts_on.isoformat()})
    elif not overridden:
        days = {"min": period.starts_on.isoformat(), "max": period.ends_on.isoformat()}
        for member in window.outside(period):
            yield PlanFault(place, member, "outside_campaign", days)


def is_taken(slot: Slot, *, by: Who, but: UUID) -> bool:
    """Say whether another visit than `but` is planned for a slot."""
    return bool(_taken([slot], by, but=but)[slot])


def _window(plan: Plan, period: Window | None) -> Window:
    starts_on, ends_on = period or (date.min, date.max)
    return Window(plan.starts_on or starts_on, plan.ends_on or ends_on)


def _unknown(
    place: int,
    plan: Plan,
    period: Window | None,
    site_ids: Collection[UUID],
    auditor_ids: Collection[UUID],
) -> Iterator[PlanFault]:
    if period is None:
        yield PlanFault(place, "campaign_id", "unknown_reference", {"noun": "campaign"})
    if plan.site_id not in site_ids:
        yield PlanFault(place, "site_id", "unknown_reference", {"noun": "site"})
    if plan.auditor_id not in auditor_ids:
        yield PlanFault(place, "auditor_id", "unknown_reference", {"noun": "auditor"})


def _repeated(plans: Sequence[Plan], windows: Sequence[Window], by: Who) -> Iterator[PlanFault]:
    slots = [
        Slot(plan.site_id, plan.auditor_id, window)
        for plan, window in zip(plans, windows, strict=True)
    ]
    taken = _taken(slots, by)
    for place, (plan, slot) in enumerate(zip(plans, slots, strict=True)):
        if taken[slot] and not plan.repeat:
            yield PlanFault(place, "site_id", "visit_planned_already")
        taken[slot] += 1


def _campaigns(campaign_ids: Collection[UUID], by: Who) -> dict[UUID, Window]:
    campaigns = (
        access.visible_campaigns(by)
        .where(Campaign.id.in_(campaign_ids))
        .with_only_columns(Campaign.id, Campaign.starts_on, Campaign.ends_on)
        .order_by(Campaign.id)
        .with_for_update(read=True)
    )
    return {id_: Window(*days) for id_, *days in db.session.execute(campaigns)}


def _visible(select: sa.Select[Any], column: Any, ids: Collection[UUID]) -> set[UUID]:
    ordered = sorted(ids)
    return {
        id_
        for start in range(0, len(ordered), _AT_ONCE)
        for id_ in db.session.scalars(
            select.with_only_columns(column).where(column.in_(ordered[start : start + _AT_ONCE]))
        )
    }


def _taken(slots: Sequence[Slot], by: Who, *, but: UUID | None = None) -> Counter[Slot]:
    """Count the visits that are planned for each of the slots, but one."""
    wanted, taken = set(slots), Counter[Slot]()
    if not wanted:
        return taken
    auditor_ids = sorted({slot.auditor_id for slot in wanted})
    first_days = {slot.window.starts_on for slot in wanted}
    for start in range(0, len(auditor_ids), _AT_ONCE):
        planned = (
            access.visible_assignments(by)
            .with_only_columns(*_SLOT)
            .where(
                Assignment.auditor_id.in_(auditor_ids[start : start + _AT_ONCE]),
                Assignment.starts_on.between(min(first_days), max(first_days)),
                Assignment.state.not_in(GIVEN_UP),
            )
        )
        if but is not None:
            planned = planned.where(Assignment.id != but)
        for site_id, auditor_id, *days in db.session.execute(planned):
            taken[Slot(site_id, auditor_id, Window(*days))] += 1
    return taken

"""Visits from a file: planned all together, for campaigns, sites and auditors that there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.models import Campaign, Site, User
from audit_api.readers import imported
from audit_api.rules.permissions import Permission, Role
from audit_api.services import access
from audit_api.services.access import Who
from audit_api.services.visits import assignments, plans
from audit_api.services.visits.plans import Plan
from audit_api.sheets.lines import Counts, Faults, Outcome, Row, Upload

_COLUMN_OF = {"campaign_id": "campaign", "site_id": "site_code", "auditor_id": "auditor_email"}


class Known(NamedTuple):
    """The ids of an organisation's things by what a file calls them; a name may be of several."""

    campaigns: Mapping[str, Sequence[UUID]]
    sites: Mapping[str, UUID]
    auditors: Mapping[str, UUID]


def load(upload: Upload, *, by: Who, now: datetime, dry_run: bool = False) -> Outcome:
    """Plan a visit for every line, its days those of the campaign where the cells are empty.

    A campaign is told by its name, or by its id where two have the same.  Raises INVALID with every
    fault of the file and its line and column; then nothing is planned.
    """
    access.require(by, Permission.ASSIGNMENT_WRITE)
    faults = Faults()
    contents = imported.rows(upload, "visits", faults)
    known = _known(by)
    asked = [(row, plan) for row in contents.rows if (plan := _plan(row, known, faults))]
    whole = [plan for _, plan in asked]
    windows, found = plans.checked(whole, by=by)
    for fault in found:
        column = _COLUMN_OF.get(fault.member, fault.member)
        faults.add(asked[fault.place][0].line, column, fault.code, **fault.values)
    faults.refuse()
    if not dry_run:
        assignments.plan_all(whole, windows, by=by, now=now, imported=True)
    return Outcome(Counts(len(whole), 0, 0), contents.sample)


def _known(by: Who) -> Known:
    campaigns: dict[str, list[UUID]] = {}
    for name, id_ in _named(access.visible_campaigns(by), Campaign.name, Campaign.id):
        campaigns.setdefault(name, []).append(id_)
        campaigns[str(id_)] = [id_]
    auditors = access.visible_users(by).where(User.role == Role.AUDITOR, User.active)
    return Known(
        campaigns,
        dict(_named(access.visible_sites(by), Site.code, Site.id)),
        dict(_named(auditors, User.email, User.id)),
    )


def _named(select: sa.Select[Any], *columns: Any) -> Iterable[tuple[str, UUID]]:
    return (tuple(row) for row in db.session.execute(select.with_only_columns(*columns)))


def _plan(row: Row, known: Known, faults: Faults) -> Plan | None:
    """Return what a line asks for; None, and its faults, where it names what there is not."""
    values = dict(row.values)
    campaign, code, email = (values.pop(name, None) for name in _COLUMN_OF.values())
    campaign_ids = known.campaigns.get(campaign, ()) if campaign else ()
    site_id, auditor_id = known.sites.get(code), known.auditors.get(email)
    if len(campaign_ids) > 1:
        faults.add(row.line, "campaign", "campaign_ambiguous", name=campaign)
    elif campaign and not campaign_ids:
        faults.add(row.line, "campaign", "unknown_name", noun="campaign", name=campaign)
    if code is not None and site_id is None:
        faults.add(row.line, "site_code", "unknown_code", noun="site", code=code)
    if email is not None and auditor_id is None:
        faults.add(row.line, "auditor_email", "unknown_name", noun="auditor", name=email)
    if len(campaign_ids) != 1 or site_id is None or auditor_id is None:
        return None
    return Plan(campaign_ids[0], site_id, auditor_id, **values)

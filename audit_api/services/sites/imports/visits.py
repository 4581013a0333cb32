"""Visits from a file: planned all together, for campaigns, sites and auditors that there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from audit_api.services.sites.imports import known, writing
from audit_api.services.visits import assignments, plans
from audit_api.services.visits.plans import Plan
from audit_api.sheets.lines import Counts, Faults, Outcome, Row, Upload

_COLUMN_OF = {"campaign_id": "campaign", "site_id": "site_code", "auditor_id": "auditor_email"}


class Named(NamedTuple):
    """The ids of the things that a file names, by what it calls them; a name may be of several."""

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
    writing.require_few(contents.rows)
    named = _named(contents.rows, by)
    asked = [(row, plan) for row in contents.rows if (plan := _plan(row, named, faults))]
    whole = [plan for _, plan in asked]
    windows, found = plans.checked(whole, by=by)
    for fault in found:
        column = _COLUMN_OF.get(fault.member, fault.member)
        faults.add(asked[fault.place][0].line, column, fault.code, **fault.values)
    faults.refuse()
    if not dry_run:
        assignments.plan_all(whole, windows, by=by, now=now, imported=True)
    return Outcome(Counts(len(whole), 0, 0), contents.sample)


def _named(rows: Sequence[Row], by: Who) -> Named:
    campaigns: dict[str, list[UUID]] = {}
    every = access.visible_campaigns(by).with_only_columns(Campaign.name, Campaign.id)
    for name, id_ in db.session.execute(every):
        campaigns.setdefault(name, []).append(id_)
        campaigns[str(id_)] = [id_]
    auditors = access.visible_users(by).where(User.role == Role.AUDITOR, User.active)
    return Named(
        campaigns,
        _ids(access.visible_sites(by), Site.code, Site.id, rows, "site_code"),
        _ids(auditors, User.email, User.id, rows, "auditor_email"),
    )


def _ids(
    select: sa.Select[Any], name: Any, id_: Any, rows: Sequence[Row], column: str
) -> dict[str, UUID]:
    """Return the ids of those that a column of the file names."""
    names = [row.values.get(column) for row in rows]
    return {
        row[name]: row[id_] for row in known.rows(select.with_only_columns(name, id_), name, names)
    }


def _plan(row: Row, named: Named, faults: Faults) -> Plan | None:
    """Return what a line asks for; None, and its faults, where it names what there is not."""
    values = dict(row.values)
    campaign, code, email = (values.pop(name, None) for name in _COLUMN_OF.values())
    campaign_ids = named.campaigns.get(campaign, ()) if campaign else ()
    site_id, auditor_id = named.sites.get(code), named.auditors.get(email)
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

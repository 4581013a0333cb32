"""Assignments: planned visits, given, moved to another auditor, cancelled."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db
from audit_api.errors import Fault, invalid, not_found
from audit_api.models import Assignment, Audit, Campaign, Site, User
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AssignmentAction, AssignmentState
from audit_api.rules.permissions import Permission, Role
from audit_api.services import access, activity
from audit_api.services.access import Who
from audit_api.services.totals import of_visits
from audit_api.services.visits import feeds


def listed(*, by: Who, **filters: Any) -> sa.Select[Assignment]:
    """Return the assignments that `by` may see; `filters` are columns and their values."""
    access.require(by, Permission.ASSIGNMENT_READ)
    return access.visible_assignments(by).filter_by(**filters)


def find(assignment_id: UUID, *, by: Who) -> Assignment:
    """Return an assignment, if `by` may see it; raise NOT_FOUND otherwise."""
    access.require(by, Permission.ASSIGNMENT_READ)
    assignment = db.session.scalar(
        access.visible_assignments(by).where(Assignment.id == assignment_id)
    )
    if assignment is None:
        raise not_found("assignment")
    return assignment


def add(
    *,
    by: Who,
    now: datetime,
    campaign_id: UUID,
    site_id: UUID,
    auditor_id: UUID,
    starts_on: date | None = None,
    ends_on: date | None = None,
    offer: bool = False,
) -> Assignment:
    """Plan one visit, in the campaign's period unless another window is named; `offer` lets the
    auditor accept or decline.  Raises INVALID with every fault."""
    access.require(by, Permission.ASSIGNMENT_WRITE)
    campaign = db.session.scalar(access.visible_campaigns(by).where(Campaign.id == campaign_id))
    faults = [] if campaign else [Fault("/campaign_id", "unknown_reference", {"noun": "campaign"})]
    if db.session.scalar(access.visible_sites(by).where(Site.id == site_id)) is None:
        faults.append(Fault("/site_id", "unknown_reference", {"noun": "site"}))
    faults += _auditor_faults(auditor_id, by)
    if faults or campaign is None:
        raise invalid(*faults)
    starts, ends = starts_on or campaign.starts_on, ends_on or campaign.ends_on
    _check_window(starts, ends)
    assignment = Assignment(
        organisation_id=by.organisation_id,
        campaign_id=campaign_id,
        site_id=site_id,
        auditor_id=auditor_id,
        state=AssignmentState.OFFERED if offer else AssignmentState.ASSIGNED,
        starts_on=starts,
        ends_on=ends,
        created_at=now,
    )
    db.session.add(assignment)
    db.session.flush()
    feeds.announce(auditor_id, [assignment.id])
    activity.record(by, Permission.ASSIGNMENT_WRITE, assignment.id, now=now, added=assignment.state)
    of_visits.add(assignment)
    return assignment


def change(assignment: Assignment, *, by: Who, now: datetime, **fields: Any) -> None:
    """Move the window, or give the visit to another auditor: it leaves the one's feed as removed
    and enters the other's.  The caller has locked its row.  Raises INVALID, or MOVE_NOT_ALLOWED
    once an audit has come."""
    access.require(by, Permission.ASSIGNMENT_WRITE)
    before = assignment.auditor_id
    after = fields.get("auditor_id", before)
    if after != before:
        _require_reassignable(assignment)
        if faults := _auditor_faults(after, by):
            raise invalid(*faults)
    _check_window(
        fields.get("starts_on", assignment.starts_on), fields.get("ends_on", assignment.ends_on)
    )
    with of_visits.following(assignment):
        for name, value in fields.items():
            setattr(assignment, name, value)
        if after != before:
            assignment.state = lifecycle.REASSIGNMENT.after(AssignmentAction.REASSIGN)
        assignment.version += 1
        db.session.flush()
        for user_id in sorted({before, after}):
            feeds.announce(user_id, [assignment.id], removed=user_id != after)
        activity.record(
            by, Permission.ASSIGNMENT_WRITE, assignment.id, now=now, changed=sorted(fields)
        )


def move(assignment_id: UUID, action: AssignmentAction, *, by: Who, now: datetime) -> Assignment:
    """Accept, decline, start or cancel; raise FORBIDDEN, NOT_FOUND or MOVE_NOT_ALLOWED."""
    permission = lifecycle.ASSIGNMENT.permission(action)
    assignment = db.session.scalar(
        access.visible_assignments(by).where(Assignment.id == assignment_id).with_for_update()
    )
    access.require(by, permission)
    if assignment is None:
        raise not_found("assignment")
    to_state = lifecycle.ASSIGNMENT.move(assignment.state, action)
    with of_visits.following(assignment):
        assignment.state = to_state
        assignment.version += 1
        if action == AssignmentAction.CANCEL:
            assignment.cancelled_at = now
        db.session.flush()
        feeds.announce(assignment.auditor_id, [assignment.id])
        activity.record(by, permission, assignment.id, now=now, action=action)
    return assignment


def lock(*assignment_ids: UUID) -> None:
    """Hold assignments to the end of the transaction, in the order in which all do.

    Whoever will change an audit and its assignment calls this with the audit locked and not yet
    changed: an intake that holds the assignment may meet the audit, and would wait for a change.
    """
    db.session.execute(
        sa.select(Assignment.id)
        .where(Assignment.id.in_(assignment_ids))
        .order_by(Assignment.id)
        .with_for_update(key_share=True)
    )


def close(*assignment_ids: UUID) -> None:
    """End submitted visits whose audits are decided; the caller holds them, and tells the feeds."""
    _follow(AssignmentAction.CLOSE, assignment_ids)


def reopen(*assignment_ids: UUID) -> None:
    """Let ended visits, of which no audit is decided any more, be submitted ones again; the caller
    holds them, and tells the feeds."""
    decided = sa.select(Audit.assignment_id).where(
        Audit.assignment_id.in_(assignment_ids), Audit.state.in_(lifecycle.DECIDED)
    )
    _follow(AssignmentAction.REOPEN, assignment_ids, Assignment.id.not_in(decided))


def _follow(
    action: AssignmentAction, assignment_ids: Collection[UUID], *more: sa.ColumnElement[bool]
) -> None:
    """Move the visits that `action` can move.  A visit was made before and after: its totals
    stay."""
    db.session.execute(
        sa.update(Assignment)
        .where(
            Assignment.id.in_(assignment_ids),
            Assignment.state.in_(lifecycle.ASSIGNMENT.before(action)),
            *more,
        )
        .values(state=lifecycle.ASSIGNMENT.after(action), version=Assignment.version + 1)
    )


def _require_reassignable(assignment: Assignment) -> None:
    action = AssignmentAction.REASSIGN
    if assignment.state not in lifecycle.REASSIGNMENT.before(action):
        raise lifecycle.not_allowed(assignment.state, action, lifecycle.ASSIGNMENT)


def _auditor_faults(auditor_id: UUID, by: Who) -> list[Fault]:
    auditor = db.session.scalar(
        access.visible_users(by).where(
            User.id == auditor_id, User.role == Role.AUDITOR, User.active
        )
    )
    return [] if auditor else [Fault("/auditor_id", "unknown_reference", {"noun": "auditor"})]


def _check_window(starts_on: date, ends_on: date) -> None:
    if starts_on > ends_on:
        raise invalid(Fault("/ends_on", "ends_before_start", {"min": starts_on.isoformat()}))

"""Assignments: planned visits, given, moved to another auditor, cancelled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from audit_api.database import db, new_id
from audit_api.database.statements import Statement, parameter
from audit_api.errors import invalid, not_found
from audit_api.models import Assignment, Audit
from audit_api.rules import lifecycle
from audit_api.rules.lifecycle import AssignmentAction, AssignmentState
from audit_api.rules.permissions import Permission
from audit_api.rules.planning import Window
from audit_api.services import access, activity
from audit_api.services.access import Who
from audit_api.services.totals import of_visits
from audit_api.services.visits import feeds, plans
from audit_api.services.visits.plans import Plan, PlanFault, Slot


def listed(*, by: Who, **filters: Any) -> sa.Select[Assignment]:
    """Return the assignments that `by` may see; `filters` are columns and their values.

    Raises FORBIDDEN, for whoever may not know the auditors too: a plan tells who comes, and when.
    """
    access.require(by, Permission.ASSIGNMENT_READ)
    access.require_knowing(by)
    return access.visible_assignments(by).filter_by(**filters)


def find(assignment_id: UUID, *, by: Who) -> Assignment:
    """Return an assignment, if `by` may see it; raise NOT_FOUND otherwise, or FORBIDDEN as `listed`
    does."""
    access.require(by, Permission.ASSIGNMENT_READ)
    access.require_knowing(by)
    assignment = db.session.scalar(
        access.visible_assignments(by).where(Assignment.id == assignment_id)
    )
    if assignment is None:
        raise not_found("assignment")
    return assignment


def add(*, by: Who, now: datetime, **fields: Any) -> Assignment:
    """Plan one visit, by the fields of a `Plan`.  Raises INVALID with every fault."""
    access.require(by, Permission.ASSIGNMENT_WRITE)
    windows, faults = plans.checked([plan := Plan(**fields)], by=by)
    if faults:
        raise invalid(*(fault.under() for fault in faults))
    (assignment,) = plan_all([plan], windows, by=by, now=now)
    return assignment


def add_batch(sent: Sequence[Mapping[str, Any]], *, by: Who, now: datetime) -> Sequence[Assignment]:
    """Plan many visits, or none: raise INVALID with every fault of every one of them."""
    access.require(by, Permission.ASSIGNMENT_WRITE)
    asked = [Plan(**fields) for fields in sent]
    windows, faults = plans.checked(asked, by=by)
    if faults:
        raise invalid(*(fault.under("assignments", fault.place) for fault in faults))
    return plan_all(asked, windows, by=by, now=now)


def plan_all(
    asked: Sequence[Plan], windows: Sequence[Window], *, by: Who, now: datetime, **details: object
) -> list[Assignment]:
    """Write plans that are `checked`, with their windows; `details` are recorded of each."""
    access.require(by, Permission.ASSIGNMENT_WRITE)
    planned = [_planned(plan, window, by, now) for plan, window in zip(asked, windows, strict=True)]
    db.session.add_all(planned)
    db.session.flush()
    ids_by_auditor: dict[UUID, list[UUID]] = {}
    for plan, assignment in zip(asked, planned, strict=True):
        ids_by_auditor.setdefault(plan.auditor_id, []).append(assignment.id)
        named = {name: value for name in ("repeat", "override") if (value := getattr(plan, name))}
        added = {"added": assignment.state, **named, **details}
        activity.record(by, Permission.ASSIGNMENT_WRITE, assignment.id, now=now, **added)
    for auditor_id in sorted(ids_by_auditor):
        feeds.announce(auditor_id, ids_by_auditor[auditor_id])
    of_visits.add(planned)
    return planned


def change(
    assignment: Assignment,
    *,
    by: Who,
    now: datetime,
    repeat: bool = False,
    override: str | None = None,
    **fields: Any,
) -> None:
    """Move the window, or give the visit to another auditor: it leaves the one's feed as removed
    and enters the other's.  The caller has locked its row; `repeat` and `override` are those of a
    `Plan`.  Raises INVALID, or MOVE_NOT_ALLOWED once an audit has come."""
    access.require(by, Permission.ASSIGNMENT_WRITE)
    before = assignment.auditor_id
    after = fields.get("auditor_id", before)
    if after != before:
        _require_reassignable(assignment)
    _check_change(assignment, fields, by, repeat=repeat, overridden=override is not None)
    with of_visits.following(assignment):
        for name, value in fields.items():
            setattr(assignment, name, value)
        if after != before:
            assignment.state = lifecycle.REASSIGNMENT.after(AssignmentAction.REASSIGN)
        assignment.version += 1
        db.session.flush()
        for user_id in sorted({before, after}):
            feeds.announce(user_id, [assignment.id], removed=user_id != after)
        changed = {"changed": sorted(fields)} | ({"override": override} if override else {})
        activity.record(by, Permission.ASSIGNMENT_WRITE, assignment.id, now=now, **changed)


def move(assignment_id: UUID, action: AssignmentAction, *, by: Who, now: datetime) -> Assignment:
    """Accept, decline, start or cancel; raise FORBIDDEN, NOT_FOUND or MOVE_NOT_ALLOWED."""
    permission = lifecycle.ASSIGNMENT.permission(action)
    assignment = db.session.scalar(
        access.visible_assignments(by).where(Assignment.id == assignment_id).with_for_update()
    )
    access.require(by, permission)
    access.require_knowing(by)
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


_ONE = Assignment.id == parameter("assignment")
_LOCK_ONE = Statement(sa.select(Assignment.id).where(_ONE).with_for_update(key_share=True))
_CLOSE_ONE = Statement(
    sa.update(Assignment)
    .where(_ONE, Assignment.state.in_(lifecycle.ASSIGNMENT.before(AssignmentAction.CLOSE)))
    .values(
        state=lifecycle.ASSIGNMENT.after(AssignmentAction.CLOSE), version=Assignment.version + 1
    )
)


def lock(*assignment_ids: UUID) -> None:
    """Hold assignments to the end of the transaction, in the order in which all do.

    Whoever will change an audit and its assignment calls this with the audit locked and not yet
    changed: an intake that holds the assignment may meet the audit, and would wait for a change.
    """
    if len(assignment_ids) == 1:
        _LOCK_ONE.rows(assignment=assignment_ids[0])
        return
    db.session.execute(
        sa.select(Assignment.id)
        .where(Assignment.id.in_(assignment_ids))
        .order_by(Assignment.id)
        .with_for_update(key_share=True)
    )


def close(*assignment_ids: UUID) -> None:
    """End submitted visits whose audits are decided; the caller holds them, and tells the feeds."""
    if len(assignment_ids) == 1:
        _CLOSE_ONE.rows(assignment=assignment_ids[0])
        return
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


def _planned(plan: Plan, window: Window, by: Who, now: datetime) -> Assignment:
    return Assignment(
        id=new_id(),
        organisation_id=by.organisation_id,
        campaign_id=plan.campaign_id,
        site_id=plan.site_id,
        auditor_id=plan.auditor_id,
        state=AssignmentState.OFFERED if plan.offer else AssignmentState.ASSIGNED,
        starts_on=window.starts_on,
        ends_on=window.ends_on,
        created_at=now,
    )


def _check_change(
    assignment: Assignment, fields: Mapping[str, Any], by: Who, *, repeat: bool, overridden: bool
) -> None:
    before = Window(assignment.starts_on, assignment.ends_on)
    window = before._replace(**{name: fields[name] for name in Window._fields if name in fields})
    auditor_id = fields.get("auditor_id", assignment.auditor_id)
    faults: list[PlanFault] = []
    if window != before:
        period = plans.period_of(assignment.campaign_id, by=by)
        faults += plans.window_faults(0, window, period, overridden=overridden)
    auditor_ids = plans.lock_auditors({auditor_id, assignment.auditor_id}, by=by)
    if auditor_id != assignment.auditor_id and auditor_id not in auditor_ids:
        faults.append(PlanFault(0, "auditor_id", "unknown_reference", {"noun": "auditor"}))
    slot = Slot(assignment.site_id, auditor_id, window)
    is_moved = slot != Slot(assignment.site_id, assignment.auditor_id, before)
    if not faults and is_moved and not repeat and plans.is_taken(slot, by=by, but=assignment.id):
        member = "auditor_id" if auditor_id != assignment.auditor_id else "starts_on"
        faults.append(PlanFault(0, member, "visit_planned_already"))
    if faults:
        raise invalid(*(fault.under() for fault in faults))

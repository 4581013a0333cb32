"""Assignments: planned visits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from audit_api.api.http import preconditions
from audit_api.api.http.blueprint import Blueprint, Schema
from audit_api.api.http.paging import PAGE_HEADERS, PageArguments, page
from audit_api.api.http.shapes import Shown, Word
from audit_api.api.http.writes import commits
from audit_api.rules.lifecycle import AssignmentAction, AssignmentState
from audit_api.services.visits import assignments
from audit_api.web import fields
from audit_api.web.authentication import who
from audit_api.web.lanes import Lane, lane

blueprint = Blueprint("assignments", __name__, description="Planned visits.")

ACTIONS = (
    AssignmentAction.ACCEPT,
    AssignmentAction.DECLINE,
    AssignmentAction.START,
    AssignmentAction.CANCEL,
)


MAX_BATCH = 500


def repeat() -> fields.Boolean:
    """Return a field that says that a visit is meant once more."""
    description = "The same site, auditor and window are meant once more."
    return fields.Boolean(load_only=True, metadata={"description": description})


def override() -> fields.Reason:
    """Return a field for going beyond the campaign's period."""
    description = "Why the window may lie outside the campaign's period; kept in the activity."
    return fields.Reason(metadata={"description": description})


class AssignmentFields(Schema):
    """What is planned of a visit."""

    campaign_id = fields.UUID(required=True)
    site_id = fields.UUID(required=True)
    auditor_id = fields.UUID(required=True)
    starts_on = fields.Date(metadata={"description": "Default: the campaign's."})
    ends_on = fields.Date(metadata={"description": "Default: the campaign's."})


class NewAssignment(AssignmentFields):
    """A visit to be planned."""

    offer = fields.Boolean(
        load_only=True, metadata={"description": "Let the auditor accept or decline."}
    )
    repeat = repeat()
    override = override()


class AssignmentChange(Schema):
    """What may be changed of a planned visit; what is left out stays."""

    auditor_id = fields.UUID()
    starts_on = fields.Date()
    ends_on = fields.Date()
    repeat = repeat()
    override = override()


class AssignmentSchema(Shown, AssignmentFields):
    id = fields.UUID()
    state = Word(AssignmentState)
    version = fields.Integer()


class AssignmentBatch(Schema):
    assignments = fields.List(
        fields.Nested(NewAssignment), required=True, validate=fields.Length(1, MAX_BATCH)
    )


class PlannedSchema(Shown):
    assignments = fields.List(fields.Nested(AssignmentSchema))


class AssignmentMove(Schema):
    action = Word("AssignmentMoveAction", ACTIONS, required=True)


class AssignmentFilter(PageArguments):
    campaign_id = fields.UUID()
    site_id = fields.UUID()
    auditor_id = fields.UUID()
    state = Word(AssignmentState)


@blueprint.route("/assignments", methods=["GET"])
@blueprint.arguments(AssignmentFilter, location="query")
@blueprint.response(200, AssignmentSchema(many=True), headers=PAGE_HEADERS)
def list_assignments(filters: dict[str, Any]) -> Any:
    """List the planned visits that you may see; an auditor's are the own ones."""
    limit, cursor = filters.pop("limit"), filters.pop("cursor")
    select = assignments.listed(by=who(), **filters)
    rows, headers = page(select, limit=limit, cursor=cursor)
    return rows, 200, headers


@blueprint.route("/assignments", methods=["POST"])
@commits
@blueprint.arguments(NewAssignment)
@blueprint.response(201, AssignmentSchema, headers=preconditions.CREATED_HEADERS)
def add_assignment(sent: dict[str, Any]) -> Any:
    """Plan a visit, in its campaign's period."""
    assignment = assignments.add(by=who(), now=datetime.now(UTC), **sent)
    return (
        assignment,
        201,
        {
            "ETag": preconditions.etag(assignment.version),
            "Location": f"/api/v1/assignments/{assignment.id}",
        },
    )


@blueprint.route("/assignments/batch", methods=["POST"])
@commits
@blueprint.arguments(AssignmentBatch)
@blueprint.response(201, PlannedSchema)
@lane(Lane.WIDE)
def add_assignments(sent: dict[str, Any]) -> Any:
    """Plan up to 500 visits, in their order: all of them, or none and every fault."""
    planned = assignments.add_batch(sent["assignments"], by=who(), now=datetime.now(UTC))
    return {"assignments": planned}, 201


@blueprint.route("/assignments/<uuid:assignment_id>", methods=["GET"])
@blueprint.response(200, AssignmentSchema, headers=preconditions.ETAG_HEADER)
def get_assignment(assignment_id: UUID) -> Any:
    """Get one planned visit."""
    assignment = assignments.find(assignment_id, by=who())
    return assignment, 200, {"ETag": preconditions.etag(assignment.version)}


@blueprint.route(
    "/assignments/<uuid:assignment_id>", methods=["PATCH"], parameters=[preconditions.IF_MATCH]
)
@commits
@blueprint.arguments(AssignmentChange)
@blueprint.response(200, AssignmentSchema, headers=preconditions.ETAG_HEADER)
def change_assignment(sent: dict[str, Any], assignment_id: UUID) -> Any:
    """Move the window of a visit, or give it to another auditor."""
    assignment = assignments.find(assignment_id, by=who())
    preconditions.require_match(assignment)
    assignments.change(assignment, by=who(), now=datetime.now(UTC), **sent)
    return assignment, 200, {"ETag": preconditions.etag(assignment.version)}


@blueprint.route("/assignments/<uuid:assignment_id>/moves", methods=["POST"])
@commits
@blueprint.arguments(AssignmentMove)
@blueprint.response(200, AssignmentSchema, headers=preconditions.ETAG_HEADER)
def move_assignment(sent: dict[str, Any], assignment_id: UUID) -> Any:
    """Accept, decline or start (the auditor), or cancel (HQ)."""
    moved = assignments.move(
        assignment_id, AssignmentAction(sent["action"]), by=who(), now=datetime.now(UTC)
    )
    return moved, 200, {"ETag": preconditions.etag(moved.version)}

"""The shapes of checklists and their versions, in and out."""

from __future__ import annotations

from typing import Any

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.paging import PageArguments
from audit_api.api.http.problem_schema import FaultSchema
from audit_api.api.scores import EffectSchema, StepSchema
from audit_api.rules.authoring.differences import Act
from audit_api.rules.authoring.layout import Noun
from audit_api.rules.lifecycle import VersionState
from audit_api.services.audits.submission import MAX_PHOTOS


def free_object(description: str, **more: Any) -> fields.Dict:
    """An object of which nothing is checked here."""
    return fields.Dict(keys=fields.Text(), metadata={"description": description}, **more)


class ChecklistVersionSchema(Schema):
    id = fields.UUID(required=True)
    checklist_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    state = fields.Text(required=True, validate=fields.OneOf(tuple(VersionState)))
    title = fields.Dict(keys=fields.Text(), values=fields.Text(), required=True)
    error_count = fields.Integer(
        required=True, metadata={"description": "How much keeps a draft from being published."}
    )
    digest = fields.Text(allow_none=True)
    scoring_key = fields.Text(allow_none=True)
    published_at = fields.Moment(allow_none=True)
    version = fields.Integer(required=True)


class RemarkSchema(FaultSchema):
    """An error or a warning.  `pointer` leads into the document; in a workbook it is the sheet,
    the row and the column."""

    line = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Of the YAML as it was sent, from 1; null of JSON."},
    )
    column = fields.Integer(required=True, allow_none=True)


class ChecksSchema(Schema):
    """All that was found: errors keep a checklist from being published, warnings do not.

    A warning that an error may hide, or may have caused, is told once there is no error.
    """

    errors = fields.List(fields.Nested(RemarkSchema), required=True)
    warnings = fields.List(fields.Nested(RemarkSchema), required=True)


class ChecklistDocumentSchema(ChecklistVersionSchema):
    document = free_object("The checklist itself (docs/checklists.md).", required=True)
    errors = fields.List(fields.Nested(RemarkSchema), metadata={"description": "Of a draft."})
    warnings = fields.List(fields.Nested(RemarkSchema), metadata={"description": "Of a draft."})


class ChecklistDraftSchema(Schema):
    document = fields.Dict(required=True, metadata={"description": "The checklist."})


class ChecklistMoveSchema(Schema):
    action = fields.Text(required=True, validate=fields.OneOf(("publish", "retire")))


class VersionFilter(PageArguments):
    key = fields.Code()
    state = fields.Text(validate=fields.OneOf(tuple(VersionState)))


class TrialSchema(Schema):
    """A visit as far as it has come."""

    answers = free_object("By question key, as in an audit.", load_default=dict)
    photos = fields.Dict(
        keys=fields.Text(),
        values=fields.Integer(strict=True, validate=fields.Range(0, MAX_PHOTOS)),
        load_default=dict,
        metadata={"description": "How many photos there are of each question, by its key."},
    )
    site_attributes = free_object(
        "What conditions go by: the site's attributes, `kind` among them.", load_default=dict
    )


class PartSchema(Schema):
    """The score of a touchpoint, of a section in one, or of a dimension."""

    key = fields.Text(required=True)
    score = fields.percentage()
    earned = fields.points()
    possible = fields.points()
    passed = fields.Boolean(required=True, allow_none=True)


class TrialScoreSchema(Schema):
    raw_score = fields.percentage("Percent, before critical effects.", attribute="raw")
    final_score = fields.percentage(attribute="final")
    passed = fields.Boolean(required=True, allow_none=True)
    band = fields.Text(required=True, allow_none=True)
    earned = fields.points()
    possible = fields.points()
    touchpoints = fields.List(fields.Nested(PartSchema), required=True)
    sections = fields.List(fields.Nested(PartSchema), required=True)
    dimensions = fields.List(fields.Nested(PartSchema), required=True)
    findings = fields.List(fields.Text(), required=True, attribute="failed")
    effects = fields.List(fields.Nested(EffectSchema), required=True)
    answered = fields.Integer(required=True)
    visible = fields.Integer(
        required=True, metadata={"description": "The scored questions among those asked."}
    )
    valid = fields.Boolean(required=True)


class PreviewSchema(Schema):
    document = free_object("The checklist as phones get it.", required=True)
    visible = fields.List(
        fields.Text(), required=True, metadata={"description": "The questions asked, in order."}
    )
    score = fields.Nested(TrialScoreSchema, required=True)
    steps = fields.List(
        fields.Nested(StepSchema),
        required=True,
        metadata={"description": "From the answers to the score, as for an audit."},
    )
    faults = fields.List(
        fields.Nested(FaultSchema),
        required=True,
        metadata={
            "description": "What an audit of these answers would be refused for, and what of"
            " the site's attributes no condition can go by."
        },
    )


class DifferencesArguments(Schema):
    older_id = fields.UUID(
        data_key="from", required=True, metadata={"description": "The version before."}
    )


class ChangeSchema(Schema):
    act = fields.Text(required=True, validate=fields.OneOf(list(Act)))
    noun = fields.Text(required=True, validate=fields.OneOf(list(Noun)))
    key = fields.Text(required=True, metadata={"description": "Empty of the checklist itself."})
    holder = fields.Text(
        required=True, metadata={"description": "Key of the section or question around it."}
    )
    number = fields.Text(
        required=True, allow_none=True, metadata={"description": "A question's in reports."}
    )
    member = fields.Text(
        required=True, metadata={"description": "What was changed, as a path in it."}
    )
    pointer = fields.Text(
        required=True,
        metadata={"description": "Into the normalised newer document; the older of what is gone."},
    )
    breaking = fields.Boolean(
        required=True, metadata={"description": "Scores cannot be compared for this."}
    )
    detail = fields.Text(required=True, metadata={"description": "The change in words."})


class DifferencesSchema(Schema):
    older_id = fields.UUID(data_key="from", required=True)
    newer_id = fields.UUID(data_key="to", required=True)
    comparable = fields.Boolean(
        required=True, metadata={"description": "The scores of both can be compared over time."}
    )
    changes = fields.List(fields.Nested(ChangeSchema), required=True)

"""The shapes of checklists and their versions, in and out."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.paging import PageArguments
from audit_api.api.http.problem_schema import FaultSchema
from audit_api.api.scores import EffectSchema, StepSchema
from audit_api.rules.authoring.differences import Act
from audit_api.rules.authoring.layout import Noun
from audit_api.rules.lifecycle import VersionState
from audit_api.services.audits.submission import MAX_PHOTOS

Text = ma.fields.String


def free_object(description: str, **more: Any) -> ma.fields.Dict:
    """An object of which nothing is checked here."""
    return ma.fields.Dict(keys=Text(), metadata={"description": description}, **more)


class ChecklistVersionSchema(Schema):
    id = ma.fields.UUID(required=True)
    checklist_id = ma.fields.UUID(required=True)
    number = ma.fields.Integer(required=True)
    state = Text(required=True, validate=ma.validate.OneOf(tuple(VersionState)))
    title = ma.fields.Dict(keys=Text(), values=Text(), required=True)
    error_count = ma.fields.Integer(
        required=True, metadata={"description": "How much keeps a draft from being published."}
    )
    digest = Text(allow_none=True)
    scoring_key = Text(allow_none=True)
    published_at = ma.fields.AwareDateTime(allow_none=True)
    version = ma.fields.Integer(required=True)


class RemarkSchema(FaultSchema):
    """An error or a warning.  `pointer` leads into the document; in a workbook it is the sheet,
    the row and the column."""

    line = ma.fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Of the YAML as it was sent, from 1; null of JSON."},
    )
    column = ma.fields.Integer(required=True, allow_none=True)


class ChecksSchema(Schema):
    """All that was found: errors keep a checklist from being published, warnings do not.

    A warning that an error may hide, or may have caused, is told once there is no error.
    """

    errors = ma.fields.List(ma.fields.Nested(RemarkSchema), required=True)
    warnings = ma.fields.List(ma.fields.Nested(RemarkSchema), required=True)


class ChecklistDocumentSchema(ChecklistVersionSchema):
    document = free_object("The checklist itself (docs/checklists.md).", required=True)
    errors = ma.fields.List(ma.fields.Nested(RemarkSchema), metadata={"description": "Of a draft."})
    warnings = ma.fields.List(
        ma.fields.Nested(RemarkSchema), metadata={"description": "Of a draft."}
    )


class ChecklistDraftSchema(Schema):
    document = ma.fields.Dict(required=True, metadata={"description": "The checklist."})


class ChecklistMoveSchema(Schema):
    action = Text(required=True, validate=ma.validate.OneOf(("publish", "retire")))


class VersionFilter(PageArguments):
    key = Text(validate=ma.validate.Length(1, 64))
    state = Text(validate=ma.validate.OneOf(tuple(VersionState)))


class TrialSchema(Schema):
    """A visit as far as it has come."""

    answers = free_object("By question key, as in an audit.", load_default=dict)
    photos = ma.fields.Dict(
        keys=Text(),
        values=ma.fields.Integer(strict=True, validate=ma.validate.Range(0, MAX_PHOTOS)),
        load_default=dict,
        metadata={"description": "How many photos there are of each question, by its key."},
    )
    site_attributes = free_object(
        "What conditions go by: the site's attributes, `kind` among them.", load_default=dict
    )


class PartSchema(Schema):
    """The score of a touchpoint, of a section in one, or of a dimension."""

    key = Text(required=True)
    score = fields.percent()
    earned = fields.points()
    possible = fields.points()
    passed = ma.fields.Boolean(required=True, allow_none=True)


class TrialScoreSchema(Schema):
    raw_score = fields.percent("Percent, before critical effects.", attribute="raw")
    final_score = fields.percent(attribute="final")
    passed = ma.fields.Boolean(required=True, allow_none=True)
    band = Text(required=True, allow_none=True)
    earned = fields.points()
    possible = fields.points()
    touchpoints = ma.fields.List(ma.fields.Nested(PartSchema), required=True)
    sections = ma.fields.List(ma.fields.Nested(PartSchema), required=True)
    dimensions = ma.fields.List(ma.fields.Nested(PartSchema), required=True)
    findings = ma.fields.List(Text(), required=True, attribute="failed")
    effects = ma.fields.List(ma.fields.Nested(EffectSchema), required=True)
    answered = ma.fields.Integer(required=True)
    visible = ma.fields.Integer(
        required=True, metadata={"description": "The scored questions among those asked."}
    )
    valid = ma.fields.Boolean(required=True)


class PreviewSchema(Schema):
    document = free_object("The checklist as phones get it.", required=True)
    visible = ma.fields.List(
        Text(), required=True, metadata={"description": "The questions asked, in order."}
    )
    score = ma.fields.Nested(TrialScoreSchema, required=True)
    steps = ma.fields.List(
        ma.fields.Nested(StepSchema),
        required=True,
        metadata={"description": "From the answers to the score, as for an audit."},
    )
    faults = ma.fields.List(
        ma.fields.Nested(FaultSchema),
        required=True,
        metadata={
            "description": "What an audit of these answers would be refused for, and what of"
            " the site's attributes no condition can go by."
        },
    )


class DifferencesArguments(Schema):
    older_id = ma.fields.UUID(
        data_key="from", required=True, metadata={"description": "The version before."}
    )


class ChangeSchema(Schema):
    act = Text(required=True, validate=ma.validate.OneOf(list(Act)))
    noun = Text(required=True, validate=ma.validate.OneOf(list(Noun)))
    key = Text(required=True, metadata={"description": "Empty of the checklist itself."})
    holder = Text(
        required=True, metadata={"description": "Key of the section or question around it."}
    )
    number = Text(
        required=True, allow_none=True, metadata={"description": "A question's in reports."}
    )
    member = Text(required=True, metadata={"description": "What was changed, as a path in it."})
    pointer = Text(
        required=True,
        metadata={"description": "Into the normalised newer document; the older of what is gone."},
    )
    breaking = ma.fields.Boolean(
        required=True, metadata={"description": "Scores cannot be compared for this."}
    )
    detail = Text(required=True, metadata={"description": "The change in words."})


class DifferencesSchema(Schema):
    older_id = ma.fields.UUID(data_key="from", required=True)
    newer_id = ma.fields.UUID(data_key="to", required=True)
    comparable = ma.fields.Boolean(
        required=True, metadata={"description": "The scores of both can be compared over time."}
    )
    changes = ma.fields.List(ma.fields.Nested(ChangeSchema), required=True)

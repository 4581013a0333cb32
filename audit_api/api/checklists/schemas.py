"""The shapes of checklists and their versions, in and out."""

from __future__ import annotations

from typing import Any

from audit_api.api.checklists.answers import answers_by_question
from audit_api.api.checklists.document import ChecklistSchema
from audit_api.api.checklists.steps import explained
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.paging import PageArguments
from audit_api.api.http.problem_schema import FaultSchema
from audit_api.api.http.shapes import Literal, Shown, Word, as_it_is, attributes, texts
from audit_api.api.scores import EffectSchema
from audit_api.rules.authoring.differences import Act
from audit_api.rules.authoring.layout import Noun
from audit_api.rules.lifecycle import VersionState
from audit_api.services.audits.submission import MAX_PHOTOS
from audit_api.web import fields


def as_written(description: str, **more: Any) -> fields.Dict:
    """Return a field of a checklist as its author writes it."""
    told = (
        f"{description} As its author writes it (docs/checklists.md). Open: a draft may have "
        "whatever faults, and is answered with them."
    )
    return fields.Dict(keys=fields.Text(), metadata={"description": told}, **more)


class ChecklistVersionSchema(Shown):
    id = fields.UUID()
    checklist_id = fields.UUID()
    number = fields.Integer()
    state: fields.Text = Word(VersionState)
    title = texts()
    error_count = fields.Integer(
        metadata={"description": "How much keeps a draft from being published."}
    )
    digest = fields.Text(allow_none=True)
    scoring_key = fields.Text(allow_none=True)
    published_at = fields.Moment(allow_none=True)
    version = fields.Integer()


class RemarkSchema(FaultSchema):
    """An error or a warning.  `pointer` leads into the document; in a workbook it is the sheet,
    the row and the column."""

    line = fields.Integer(
        allow_none=True,
        metadata={"description": "Of the YAML as it was sent, from 1; null of JSON."},
    )
    column = fields.Integer(allow_none=True)


class ChecksSchema(Shown):
    """All that was found: errors keep a checklist from being published, warnings do not.

    A warning that an error may hide, or may have caused, is told once there is no error.
    """

    errors = fields.List(fields.Nested(RemarkSchema))
    warnings = fields.List(fields.Nested(RemarkSchema))


class DraftVersionSchema(ChecklistVersionSchema):
    """A draft, with all that was found in it."""

    state = Literal(VersionState.DRAFT)
    document = as_written("The checklist.")
    errors = fields.List(fields.Nested(RemarkSchema))
    warnings = fields.List(fields.Nested(RemarkSchema))


class PublishedVersionSchema(ChecklistVersionSchema):
    """A version that is published, or was, and never changes."""

    state = Literal(VersionState.PUBLISHED, VersionState.RETIRED)
    digest = fields.Text()
    scoring_key = fields.Text()
    published_at = fields.Moment()
    document = as_it_is(ChecklistSchema)


class ChecklistDraftSchema(Schema):
    document = as_written("The checklist.", required=True)


class ChecklistMoveSchema(Schema):
    action = Word("VersionAction", ("publish", "retire"), required=True)


class VersionFilter(PageArguments):
    key = fields.Code()
    state = Word(VersionState)


class TrialSchema(Schema):
    """A visit as far as it has come."""

    answers = fields.Dict(
        keys=fields.Text(), load_default=dict, metadata={"shape": answers_by_question()}
    )
    photos = fields.Dict(
        keys=fields.Text(),
        values=fields.Integer(strict=True, validate=fields.Range(0, MAX_PHOTOS)),
        load_default=dict,
        metadata={"description": "How many photos there are of each question, by its key."},
    )
    site_attributes = fields.Dict(
        keys=fields.Text(),
        load_default=dict,
        metadata={
            "shape": attributes(),
            "description": "What conditions go by: the site's attributes, `kind` among them.",
        },
    )


class PartSchema(Shown):
    """The score of a touchpoint, of a section in one, or of a dimension."""

    key = fields.Text()
    score = fields.percentage()
    earned = fields.points()
    possible = fields.points()
    passed = fields.Boolean(allow_none=True)


class TrialScoreSchema(Shown):
    raw_score = fields.percentage("Percent, before critical effects.", attribute="raw")
    final_score = fields.percentage(attribute="final")
    passed = fields.Boolean(allow_none=True)
    band = fields.Text(allow_none=True)
    earned = fields.points()
    possible = fields.points()
    touchpoints = fields.List(fields.Nested(PartSchema))
    sections = fields.List(fields.Nested(PartSchema))
    dimensions = fields.List(fields.Nested(PartSchema))
    findings = fields.List(fields.Text(), attribute="failed")
    effects = fields.List(fields.Nested(EffectSchema))
    answered = fields.Integer()
    visible = fields.Integer(metadata={"description": "The scored questions among those asked."})
    valid = fields.Boolean()


class PreviewSchema(Shown):
    document = as_it_is(
        ChecklistSchema, metadata={"description": "The checklist as phones get it."}
    )
    visible = fields.List(fields.Text(), metadata={"description": "The questions asked, in order."})
    score = fields.Nested(TrialScoreSchema)
    steps = explained(metadata={"description": "From the answers to the score, as for an audit."})
    faults = fields.List(
        fields.Nested(FaultSchema),
        metadata={
            "description": "What an audit of these answers would be refused for, and what of"
            " the site's attributes no condition can go by."
        },
    )


class DifferencesArguments(Schema):
    older_id = fields.UUID(
        data_key="from", required=True, metadata={"description": "The version before."}
    )


class ChangeSchema(Shown):
    act = Word("ChangeAct", Act)
    noun = Word("ChangedNoun", Noun)
    key = fields.Text(metadata={"description": "Empty of the checklist itself."})
    holder = fields.Text(metadata={"description": "Key of the section or question around it."})
    number = fields.Text(allow_none=True, metadata={"description": "A question's in reports."})
    member = fields.Text(metadata={"description": "What was changed, as a path in it."})
    pointer = fields.Text(
        metadata={"description": "Into the normalised newer document; the older of what is gone."},
    )
    breaking = fields.Boolean(metadata={"description": "Scores cannot be compared for this."})
    detail = fields.Text(metadata={"description": "The change in words."})


class DifferencesSchema(Shown):
    older_id = fields.UUID(data_key="from")
    newer_id = fields.UUID(data_key="to")
    comparable = fields.Boolean(
        metadata={"description": "The scores of both can be compared over time."}
    )
    changes = fields.List(fields.Nested(ChangeSchema))

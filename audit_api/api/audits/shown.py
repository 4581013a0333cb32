"""The shapes of audits as people read them."""

from __future__ import annotations

from audit_api.api.audits.signals import SignalSchema
from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.api.scores import EffectSchema
from audit_api.rules.kinds import STANDINGS
from audit_api.rules.lifecycle import AuditState


class AuditSchema(Schema):
    """An audit in a list; what leads to the auditor, a manager's answer leaves out."""

    id = fields.UUID(required=True)
    site_id = fields.UUID(required=True)
    site_code = fields.Text(required=True)
    site_name = fields.Text(required=True)
    region_id = fields.UUID(required=True)
    region_name = fields.Text(required=True)
    campaign_id = fields.UUID(required=True)
    checklist_version_id = fields.UUID(required=True)
    state = fields.Text(required=True, validate=fields.OneOf(tuple(AuditState)))
    revision = fields.Integer(required=True)
    version = fields.Integer(required=True)
    content_digest = fields.Text(required=True)
    business_date = fields.Date(required=True)
    raw_score = fields.percentage("Percent, before critical effects.")
    final_score = fields.percentage()
    passed = fields.Boolean(allow_none=True)
    band = fields.Text(allow_none=True)
    findings_count = fields.Integer(required=True)
    valid = fields.Boolean(
        required=True,
        metadata={"description": "Whether enough was answered, by the checklist's `validity`."},
    )
    assignment_id = fields.UUID(metadata={"description": "Not for managers."})
    conducted_at = fields.Moment(
        metadata={"description": "By the phone's clock.  Not for managers."}
    )
    visited_at = fields.Moment(
        metadata={
            "description": "The same moment by the server's clock, as far as the difference is "
            "known.  Not for managers."
        }
    )
    received_at = fields.Moment(metadata={"description": "Not for managers."})
    state_since = fields.Moment(metadata={"description": "Not for managers."})
    auditor_id = fields.UUID(metadata={"description": "Only for reviewers and HQ."})
    auditor_name = fields.Text(metadata={"description": "Only for reviewers and HQ."})
    signals = fields.List(
        fields.Nested(SignalSchema), metadata={"description": "Only for reviewers and HQ."}
    )


class TouchpointScoreSchema(Schema):
    key = fields.Text(required=True)
    score = fields.percentage()
    earned = fields.points()
    possible = fields.points()
    passed = fields.Boolean(allow_none=True)


class ReviewSchema(Schema):
    """One decision of the office, and why; who made it is told to the office alone."""

    reviewer_id = fields.UUID(
        allow_none=True,
        metadata={"description": "Only for reviewers and HQ; null for an integration."},
    )
    reviewer_name = fields.Text(
        allow_none=True, metadata={"description": "Only for reviewers and HQ."}
    )
    revision = fields.Integer(required=True)
    action = fields.Text(required=True)
    note = fields.Text(allow_none=True)
    notes = fields.Dict(keys=fields.Text(), values=fields.Text())
    at = fields.Moment(required=True)


class AuditDetailSchema(AuditSchema):
    answers = fields.Dict(required=True)
    hidden_answers = fields.Dict(
        metadata={"description": "Kept, never scored: to questions that were not asked."}
    )
    touchpoints = fields.List(fields.Nested(TouchpointScoreSchema), required=True)
    findings = fields.List(fields.Text(), required=True)
    effects = fields.List(fields.Nested(EffectSchema), required=True)
    reviews = fields.List(fields.Nested(ReviewSchema))


class RevisionSchema(Schema):
    number = fields.Integer(required=True)
    standing = fields.Text(required=True, validate=fields.OneOf(STANDINGS))
    content_digest = fields.Text(required=True)
    answers = fields.Dict(required=True)
    hidden_answers = fields.Dict()
    final_score = fields.percentage()

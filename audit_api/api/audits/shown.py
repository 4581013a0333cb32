"""The shapes of audits as people read them."""

from __future__ import annotations

from audit_api.api.audits.signals import SIGNAL
from audit_api.api.checklists.answers import answers_by_question
from audit_api.api.http.shapes import Shown, Word, as_it_is
from audit_api.api.scores import EffectSchema
from audit_api.rules.kinds import STANDINGS
from audit_api.rules.lifecycle import AuditAction, AuditState
from audit_api.web import fields


class AuditSchema(Shown):
    """An audit in a list; what leads to the auditor, a manager's answer leaves out."""

    sometimes = frozenset(
        {
            "assignment_id",
            "conducted_at",
            "visited_at",
            "received_at",
            "state_since",
            "auditor_id",
            "auditor_name",
            "signals",
        }
    )

    id = fields.UUID()
    site_id = fields.UUID()
    site_code = fields.Text()
    site_name = fields.Text()
    region_id = fields.UUID()
    region_name = fields.Text()
    campaign_id = fields.UUID()
    checklist_version_id = fields.UUID()
    state = Word(AuditState)
    revision = fields.Integer()
    version = fields.Integer()
    content_digest = fields.Text()
    business_date = fields.Date()
    raw_score = fields.percentage("Percent, before critical effects.")
    final_score = fields.percentage()
    passed = fields.Boolean(allow_none=True)
    band = fields.Text(allow_none=True)
    findings_count = fields.Integer()
    valid = fields.Boolean(
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
    signals = fields.List(SIGNAL, metadata={"description": "Only for reviewers and HQ."})


class TouchpointScoreSchema(Shown):
    key = fields.Text()
    score = fields.percentage()
    earned = fields.points()
    possible = fields.points()
    passed = fields.Boolean(allow_none=True)


class ReviewSchema(Shown):
    """One decision of the office, and why; who made it is told to the office alone."""

    sometimes = frozenset({"reviewer_id", "reviewer_name"})

    reviewer_id = fields.UUID(
        allow_none=True,
        metadata={"description": "Only for reviewers and HQ; null for an integration."},
    )
    reviewer_name = fields.Text(
        allow_none=True, metadata={"description": "Only for reviewers and HQ."}
    )
    revision = fields.Integer()
    action = Word(AuditAction)
    note = fields.Text(allow_none=True)
    notes = fields.Dict(
        keys=fields.Text(), values=fields.Text(), metadata={"description": "By question key."}
    )
    at = fields.Moment()


class AuditDetailSchema(AuditSchema):
    sometimes = AuditSchema.sometimes | {"hidden_answers", "reviews"}

    answers = as_it_is(answers_by_question())
    hidden_answers = as_it_is(
        answers_by_question(),
        metadata={"description": "Kept, never scored: to questions that were not asked."},
    )
    touchpoints = fields.List(fields.Nested(TouchpointScoreSchema))
    findings = fields.List(fields.Text())
    effects = fields.List(fields.Nested(EffectSchema))
    reviews = fields.List(fields.Nested(ReviewSchema))


class RevisionSchema(Shown):
    sometimes = frozenset({"hidden_answers"})

    number = fields.Integer()
    standing = Word("Standing", STANDINGS)
    content_digest = fields.Text()
    answers = as_it_is(answers_by_question())
    hidden_answers = as_it_is(answers_by_question())
    final_score = fields.percentage()

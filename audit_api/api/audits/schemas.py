"""The shapes of audits, in and out."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.fields import DIGEST
from audit_api.api.http.paging import PageArguments
from audit_api.api.http.problem_schema import ProblemSchema
from audit_api.api.scores import EffectSchema
from audit_api.rules.kinds import STANDINGS
from audit_api.rules.lifecycle import REVIEW_ACTIONS, AuditState, PhotoState
from audit_api.services.audits.photos import ACCEPTED_TYPES, MAX_FILE_BYTES
from audit_api.services.audits.submission import MAX_PHOTOS

Text = ma.fields.String

MAX_BATCH = 100

IF_MATCH_REVISION = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "With revision 2 and later: the ETag of the return.",
}
SENT_AT = {
    "in": "header",
    "name": "Audit-Sent-At",
    "required": False,
    "schema": {"type": "string", "examples": ["2026-03-02T14:31:00+08:00"]},
    "description": "The phone's clock as it sends (RFC 3339): a skewed clock is seen, and harms "
    "nothing.",
}


def json_body(schema: type[Schema]) -> dict[str, Any]:
    """Return the description of a JSON body that a view reads by itself."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}


class PlaceSchema(Schema):
    latitude = ma.fields.Float(required=True, validate=ma.validate.Range(-90, 90))
    longitude = ma.fields.Float(required=True, validate=ma.validate.Range(-180, 180))
    accuracy = ma.fields.Float(
        load_default=None,
        allow_none=True,
        validate=ma.validate.Range(0, 1_000_000),
        metadata={"description": "Metres."},
    )


class ManifestSchema(Schema):
    """A photo that belongs to the audit, whether or not it has arrived."""

    id = ma.fields.UUID(required=True)
    question = Text(required=True, validate=ma.validate.Length(1, 64))
    sha256 = Text(required=True, validate=DIGEST)
    size = ma.fields.Integer(
        required=True,
        strict=True,
        validate=ma.validate.Range(1, MAX_FILE_BYTES),
        metadata={"description": "Bytes."},
    )
    media_type = Text(required=True, validate=ma.validate.OneOf(ACCEPTED_TYPES))
    taken_at = ma.fields.AwareDateTime(
        load_default=None, allow_none=True, validate=fields.check_moment
    )
    place = ma.fields.Nested(PlaceSchema, load_default=None, allow_none=True)


class DeviceSchema(Schema):
    id = Text(validate=ma.validate.Length(max=100))
    model = Text(validate=ma.validate.Length(max=100))
    app_version = Text(validate=ma.validate.Length(max=50))
    mock_location = ma.fields.Boolean()


class SentAuditSchema(Schema):
    """One audit as the phone holds it; its content never changes under one id and revision."""

    revision = ma.fields.Integer(
        load_default=1,
        strict=True,
        validate=ma.validate.Range(1, 1000),
        metadata={"description": "1, then one more after each return."},
    )
    assignment_id = ma.fields.UUID(required=True)
    site_id = ma.fields.UUID(required=True)
    checklist = Text(
        required=True, validate=DIGEST, metadata={"description": "Digest of the version used."}
    )
    started_at = ma.fields.AwareDateTime(
        load_default=None, allow_none=True, validate=fields.check_moment
    )
    conducted_at = ma.fields.AwareDateTime(
        required=True,
        validate=fields.check_moment,
        metadata={"description": "The phone's time, with its offset."},
    )
    place = ma.fields.Nested(PlaceSchema, load_default=None, allow_none=True)
    device = ma.fields.Nested(DeviceSchema, load_default=None, allow_none=True)
    site_attributes = ma.fields.Dict(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "What the phone took the site's attributes to be, `kind` among them: "
            "conditions are evaluated by it. Left out, by what the server knows."
        },
    )
    answers = ma.fields.Dict(
        required=True,
        metadata={
            "description": "By question key: {value, comment}, {not_applicable: true} or "
            "{not_observed: true}.",
            "additionalProperties": {"type": "object"},
        },
    )
    photos = ma.fields.List(
        ma.fields.Nested(ManifestSchema),
        load_default=list,
        validate=ma.validate.Length(max=MAX_PHOTOS),
    )


class Unread(ma.fields.Nested):
    """An object that is told as the schema's, and taken as it came: its reader comes later."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("type", input=value, type=type(value).__name__)
        return value


class BatchItemSchema(Schema):
    id = ma.fields.UUID(required=True)
    if_match = Text(load_default=None, allow_none=True, validate=ma.validate.Length(max=20))
    audit = Unread(SentAuditSchema, required=True)


class BatchSchema(Schema):
    audits = ma.fields.List(
        ma.fields.Nested(BatchItemSchema),
        required=True,
        validate=ma.validate.Length(1, MAX_BATCH),
    )


class ReceiptPhotoSchema(Schema):
    id = ma.fields.UUID(required=True)
    sha256 = Text(required=True)
    stored = ma.fields.Boolean(required=True)


class ReceiptSchema(Schema):
    """What the server holds; a phone may let go of its copy when `complete` is true."""

    audit_id = ma.fields.UUID(required=True)
    revision = ma.fields.Integer(required=True)
    content_digest = Text(required=True)
    standing = Text(required=True, validate=ma.validate.OneOf(STANDINGS))
    state = Text(required=True, validate=ma.validate.OneOf(tuple(AuditState)))
    received_at = ma.fields.AwareDateTime(required=True)
    complete = ma.fields.Boolean(required=True)
    photos = ma.fields.List(ma.fields.Nested(ReceiptPhotoSchema), required=True)


class UploadSchema(Schema):
    """Leave to put one photo straight into the store, with exactly these headers."""

    photo_id = ma.fields.UUID(required=True)
    method = Text(required=True)
    url = Text(required=True)
    headers = ma.fields.Dict(keys=Text(), values=Text(), required=True)
    expires_at = ma.fields.AwareDateTime(required=True)


class ArrivalSchema(Schema):
    receipt = ma.fields.Nested(ReceiptSchema, required=True)
    signature = Text(
        required=True,
        metadata={"description": "Compact JWS (EdDSA) whose payload is the receipt."},
    )
    etag = Text(required=True)
    uploads = ma.fields.List(ma.fields.Nested(UploadSchema), required=True)


class BatchResultSchema(Schema):
    id = ma.fields.UUID(required=True)
    status = ma.fields.Integer(required=True)
    answer = ma.fields.Nested(ArrivalSchema)
    problem = ma.fields.Nested(ProblemSchema)


class BatchAnswerSchema(Schema):
    results = ma.fields.List(ma.fields.Nested(BatchResultSchema), required=True)


class AuditSchema(Schema):
    """An audit as anybody may see it who may see it: nothing in it leads to the auditor."""

    id = ma.fields.UUID(required=True)
    site_id = ma.fields.UUID(required=True)
    campaign_id = ma.fields.UUID(required=True)
    checklist_version_id = ma.fields.UUID(required=True)
    state = Text(required=True, validate=ma.validate.OneOf(tuple(AuditState)))
    revision = ma.fields.Integer(required=True)
    version = ma.fields.Integer(required=True)
    content_digest = Text(required=True)
    business_date = ma.fields.Date(required=True)
    raw_score = fields.percent("Percent, before critical effects.")
    final_score = fields.percent()
    passed = ma.fields.Boolean(allow_none=True)
    band = Text(allow_none=True)


class TouchpointScoreSchema(Schema):
    key = Text(required=True)
    score = fields.percent()
    earned = fields.points()
    possible = fields.points()
    passed = ma.fields.Boolean(allow_none=True)


class ReviewSchema(Schema):
    revision = ma.fields.Integer(required=True)
    action = Text(required=True)
    note = Text(allow_none=True)
    notes = ma.fields.Dict(keys=Text(), values=Text())
    at = ma.fields.AwareDateTime(required=True)


class SignalSchema(Schema):
    kind = Text(required=True)
    values = ma.fields.Dict()


class AuditDetailSchema(AuditSchema):
    answers = ma.fields.Dict(required=True)
    hidden_answers = ma.fields.Dict(
        metadata={"description": "Kept, never scored: to questions that were not asked."}
    )
    touchpoints = ma.fields.List(ma.fields.Nested(TouchpointScoreSchema), required=True)
    findings = ma.fields.List(Text(), required=True)
    effects = ma.fields.List(ma.fields.Nested(EffectSchema), required=True)
    reviews = ma.fields.List(ma.fields.Nested(ReviewSchema))
    auditor_id = ma.fields.UUID(metadata={"description": "Only for reviewers and HQ."})
    assignment_id = ma.fields.UUID(metadata={"description": "Not for managers."})
    conducted_at = ma.fields.AwareDateTime(metadata={"description": "Not for managers."})
    received_at = ma.fields.AwareDateTime(metadata={"description": "Not for managers."})
    signals = ma.fields.List(
        ma.fields.Nested(SignalSchema), metadata={"description": "Only for reviewers and HQ."}
    )


class RevisionSchema(Schema):
    number = ma.fields.Integer(required=True)
    standing = Text(required=True, validate=ma.validate.OneOf(STANDINGS))
    content_digest = Text(required=True)
    answers = ma.fields.Dict(required=True)
    hidden_answers = ma.fields.Dict()
    final_score = fields.percent()


class AuditFilter(PageArguments):
    site_id = ma.fields.UUID()
    campaign_id = ma.fields.UUID()
    state = Text(validate=ma.validate.OneOf(tuple(AuditState)))
    business_date_from = ma.fields.Date()
    business_date_to = ma.fields.Date()


class AuditMoveSchema(Schema):
    action = Text(required=True, validate=ma.validate.OneOf(REVIEW_ACTIONS))
    note = Text(load_default=None, allow_none=True, validate=ma.validate.Length(max=4000))
    notes = ma.fields.Dict(
        keys=Text(),
        values=Text(validate=ma.validate.Length(1, 4000)),
        load_default=dict,
        metadata={"description": "By question key."},
    )


class PhotoSchema(Schema):
    id = ma.fields.UUID(required=True)
    question = Text(required=True)
    state = Text(required=True, validate=ma.validate.OneOf(tuple(PhotoState)))
    width = ma.fields.Integer(allow_none=True)
    height = ma.fields.Integer(allow_none=True)
    taken_at = ma.fields.AwareDateTime(allow_none=True)
    display_url = Text(allow_none=True)
    thumbnail_url = Text(allow_none=True)

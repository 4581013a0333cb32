"""The shapes of audits as phones send them, of receipts and of photos."""

from __future__ import annotations

from typing import Any

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.problem_schema import ProblemSchema
from audit_api.api.http.tickets import TicketSchema
from audit_api.rules.kinds import STANDINGS
from audit_api.rules.lifecycle import AuditState, PhotoState
from audit_api.services.audits.photos import ACCEPTED_TYPES, MAX_FILE_BYTES
from audit_api.services.audits.submission import MAX_PHOTOS

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
    latitude = fields.Float(required=True, validate=fields.Range(-90, 90))
    longitude = fields.Float(required=True, validate=fields.Range(-180, 180))
    accuracy = fields.Float(
        load_default=None,
        allow_none=True,
        validate=fields.Range(0, 1_000_000),
        metadata={"description": "Metres."},
    )


class ManifestSchema(Schema):
    """A photo that belongs to the audit, whether or not it has arrived."""

    id = fields.UUID(required=True)
    question = fields.Text(required=True, validate=fields.Length(1, 64))
    sha256 = fields.Text(required=True, validate=fields.DIGEST)
    size = fields.Integer(
        required=True,
        strict=True,
        validate=fields.Range(1, MAX_FILE_BYTES),
        metadata={"description": "Bytes."},
    )
    media_type = fields.Text(required=True, validate=fields.OneOf(ACCEPTED_TYPES))
    taken_at = fields.Moment(load_default=None, allow_none=True)
    place = fields.Nested(PlaceSchema, load_default=None, allow_none=True)


class DeviceSchema(Schema):
    id = fields.Text(validate=fields.Length(max=100))
    model = fields.Text(validate=fields.Length(max=100))
    app_version = fields.Text(validate=fields.Length(max=50))
    mock_location = fields.Boolean()


class SentAuditSchema(Schema):
    """One audit as the phone holds it; its content never changes under one id and revision."""

    revision = fields.Integer(
        load_default=1,
        strict=True,
        validate=fields.Range(1, 1000),
        metadata={"description": "1, then one more after each return."},
    )
    assignment_id = fields.UUID(required=True)
    site_id = fields.UUID(required=True)
    checklist = fields.Text(
        required=True,
        validate=fields.DIGEST,
        metadata={"description": "Digest of the version used."},
    )
    started_at = fields.Moment(load_default=None, allow_none=True)
    conducted_at = fields.Moment(
        required=True,
        metadata={"description": "The phone's time, with its offset."},
    )
    place = fields.Nested(PlaceSchema, load_default=None, allow_none=True)
    device = fields.Nested(DeviceSchema, load_default=None, allow_none=True)
    site_attributes = fields.Dict(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "What the phone took the site's attributes to be, `kind` among them: "
            "conditions are evaluated by it. Left out, by what the server knows."
        },
    )
    answers = fields.Dict(
        required=True,
        metadata={
            "description": "By question key: {value, comment}, {not_applicable: true} or "
            "{not_observed: true}.",
            "additionalProperties": {"type": "object"},
        },
    )
    photos = fields.List(
        fields.Nested(ManifestSchema),
        load_default=list,
        validate=fields.Length(max=MAX_PHOTOS),
    )


class Unread(fields.Nested):
    """An object that is told as the schema's, and taken as it came: its reader comes later."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise fields.refused("other", message="Invalid type.")
        return value


class BatchItemSchema(Schema):
    id = fields.UUID(required=True)
    if_match = fields.Text(load_default=None, allow_none=True, validate=fields.Length(max=20))
    audit = Unread(SentAuditSchema, required=True)


class BatchSchema(Schema):
    audits = fields.List(
        fields.Nested(BatchItemSchema),
        required=True,
        validate=fields.Length(1, MAX_BATCH),
    )


class ReceiptPhotoSchema(Schema):
    id = fields.UUID(required=True)
    sha256 = fields.Text(required=True)
    stored = fields.Boolean(required=True)
    waived = fields.Boolean(
        required=True,
        metadata={"description": "The office does without it: it may still come, none waits."},
    )


class ReceiptSchema(Schema):
    """What the server holds; a phone may let go of its copy when `complete` is true."""

    audit_id = fields.UUID(required=True)
    revision = fields.Integer(required=True)
    content_digest = fields.Text(required=True)
    standing = fields.Text(required=True, validate=fields.OneOf(STANDINGS))
    state = fields.Text(required=True, validate=fields.OneOf(tuple(AuditState)))
    received_at = fields.Moment(required=True)
    complete = fields.Boolean(required=True)
    photos = fields.List(fields.Nested(ReceiptPhotoSchema), required=True)


class UploadSchema(TicketSchema):
    """Leave to put one photo straight into the store, with exactly these headers."""

    photo_id = fields.UUID(required=True)


class ArrivalSchema(Schema):
    receipt = fields.Nested(ReceiptSchema, required=True)
    signature = fields.Text(
        required=True,
        metadata={"description": "Compact JWS (EdDSA) whose payload is the receipt."},
    )
    etag = fields.Text(required=True)
    uploads = fields.List(fields.Nested(UploadSchema), required=True)


class BatchResultSchema(Schema):
    id = fields.UUID(required=True)
    status = fields.Integer(required=True)
    answer = fields.Nested(ArrivalSchema)
    problem = fields.Nested(ProblemSchema)


class BatchAnswerSchema(Schema):
    results = fields.List(fields.Nested(BatchResultSchema), required=True)


class PhotoSchema(Schema):
    id = fields.UUID(required=True)
    question = fields.Text(required=True)
    state = fields.Text(required=True, validate=fields.OneOf(tuple(PhotoState)))
    sha256 = fields.Text(allow_none=True, metadata={"description": "Null for managers."})
    size = fields.Integer(allow_none=True, metadata={"description": "Bytes; null for managers."})
    media_type = fields.Text(allow_none=True, metadata={"description": "Null for managers."})
    width = fields.Integer(allow_none=True)
    height = fields.Integer(allow_none=True)
    taken_at = fields.Moment(allow_none=True)
    display_url = fields.Text(allow_none=True)
    thumbnail_url = fields.Text(allow_none=True)

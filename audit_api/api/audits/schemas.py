"""The shapes of audits as phones send them, of receipts and of photos."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from audit_api.api.audits.photo_schemas import (
    ManifestSchema,
    PlaceSchema,
    ReceiptPhotoSchema,
    UploadSchema,
)
from audit_api.api.checklists.answers import answers_by_question
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.problem_schema import ProblemSchema
from audit_api.api.http.shapes import Shown, Word, attributes
from audit_api.rules.kinds import STANDINGS
from audit_api.rules.lifecycle import AuditState
from audit_api.services.audits.submission import MAX_PHOTOS
from audit_api.web import fields

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
    started_at = fields.Moment(
        load_default=None,
        allow_none=True,
        metadata={"description": "When the visit began, by the same clock as `conducted_at`."},
    )
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
            "shape": attributes(),
            "description": "What the phone took the site's attributes to be, `kind` among them: "
            "conditions are evaluated by it. Left out, by what the server knows.",
        },
    )
    answers = fields.Dict(
        required=True,
        metadata={"shape": answers_by_question()},
    )
    photos = fields.List(
        fields.Nested(ManifestSchema),
        load_default=list,
        validate=fields.Length(max=MAX_PHOTOS),
    )


class Unread(fields.Nested):
    """An object that is told as the schema's, and taken as it came: its reader comes later."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return super().deserialize(value, *args, **kwargs) if value is ma.missing else value


class BatchItemSchema(Schema):
    id = fields.RandomUUID(required=True)
    if_match = fields.Text(load_default=None, allow_none=True)
    audit = Unread(SentAuditSchema, required=True)


class BatchSchema(Schema):
    audits = fields.List(
        Unread(BatchItemSchema),
        required=True,
        validate=fields.Length(1, MAX_BATCH),
    )


class ReceiptSchema(Shown):
    """What the server holds; a phone may let go of its copy when `complete` is true."""

    audit_id = fields.UUID()
    revision = fields.Integer()
    content_digest = fields.Text()
    standing = Word("Standing", STANDINGS)
    state = Word(AuditState)
    received_at = fields.Moment()
    complete = fields.Boolean()
    photos = fields.List(fields.Nested(ReceiptPhotoSchema))


class ArrivalSchema(Shown):
    receipt = fields.Nested(ReceiptSchema)
    signature = fields.Text(
        metadata={"description": "Compact JWS (EdDSA) whose payload is the receipt."},
    )
    etag = fields.Text()
    uploads = fields.List(fields.Nested(UploadSchema))


class BatchResultSchema(Shown):
    """An audit of a batch, as its own PUT would have been answered: with an `answer`, or with a
    `problem`."""

    sometimes = frozenset({"answer", "problem"})

    id = fields.UUID(
        allow_none=True,
        metadata={"description": "As it was sent; null where that was no UUID."},
    )
    status = fields.Integer()
    answer = fields.Nested(ArrivalSchema)
    problem = fields.Nested(ProblemSchema)


class BatchAnswerSchema(Shown):
    results = fields.List(fields.Nested(BatchResultSchema))

"""The shapes of photos: declared, held, to be uploaded, shown."""

from __future__ import annotations

from audit_api.api.http import fields
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.tickets import TicketSchema
from audit_api.rules.lifecycle import PhotoState, UnreadableReason
from audit_api.services.audits.parts import PART_BYTES, count
from audit_api.services.audits.photos import ACCEPTED_TYPES, MAX_FILE_BYTES


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

    id = fields.RandomUUID(required=True)
    question = fields.Text(required=True, validate=fields.Length(1, 64))
    sha256 = fields.Text(required=True, validate=fields.DIGEST)
    size = fields.Integer(
        required=True,
        strict=True,
        validate=fields.Range(1, MAX_FILE_BYTES),
        metadata={"description": "Bytes."},
    )
    media_type = fields.Text(required=True, validate=fields.OneOf(ACCEPTED_TYPES))
    parts = fields.List(
        fields.Text(validate=fields.DIGEST),
        load_default=list,
        validate=fields.Length(max=count(MAX_FILE_BYTES)),
        metadata={
            "description": f"The SHA-256 of every {PART_BYTES} bytes and of the rest, so that the "
            "photo may be put in parts."
        },
    )
    taken_at = fields.Moment(load_default=None, allow_none=True)
    place = fields.Nested(PlaceSchema, load_default=None, allow_none=True)


class ReceiptPhotoSchema(Schema):
    id = fields.UUID(required=True)
    sha256 = fields.Text(required=True)
    stored = fields.Boolean(required=True)
    waived = fields.Boolean(
        required=True,
        metadata={"description": "The office does without it: it may still come, none waits."},
    )
    readable = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={
            "description": "Whether a picture could be made of it; null while nobody has looked."
        },
    )
    reason = fields.Text(
        required=True,
        allow_none=True,
        validate=fields.OneOf(tuple(UnreadableReason)),
        metadata={"description": "Why it is not readable."},
    )


class PartUploadSchema(TicketSchema):
    """Leave to put the `size` bytes of a photo from `offset` on."""

    offset = fields.Integer(required=True)
    size = fields.Integer(required=True)


class UploadSchema(TicketSchema):
    """Leave to put one photo straight into the store, with exactly these headers."""

    photo_id = fields.UUID(required=True)
    parts = fields.List(
        fields.Nested(PartUploadSchema),
        required=True,
        metadata={
            "description": "The parts that are missing, where the manifest has parts: put them "
            "instead of the whole."
        },
    )


class PhotoSchema(Schema):
    id = fields.UUID(required=True)
    question = fields.Text(required=True)
    state = fields.Text(required=True, validate=fields.OneOf(tuple(PhotoState)))
    reason = fields.Text(
        required=True,
        allow_none=True,
        validate=fields.OneOf(tuple(UnreadableReason)),
        metadata={"description": "Why it is unreadable."},
    )
    detail = fields.Text(
        required=True, allow_none=True, metadata={"description": "The reason in words."}
    )
    damaged = fields.Boolean(
        allow_none=True,
        metadata={"description": "The file was broken: this is what could be had of it."},
    )
    sha256 = fields.Text(allow_none=True, metadata={"description": "Null for managers."})
    size = fields.Integer(allow_none=True, metadata={"description": "Bytes; null for managers."})
    media_type = fields.Text(allow_none=True, metadata={"description": "Null for managers."})
    width = fields.Integer(allow_none=True)
    height = fields.Integer(allow_none=True)
    taken_at = fields.Moment(allow_none=True)
    display_url = fields.Text(allow_none=True)
    thumbnail_url = fields.Text(allow_none=True)

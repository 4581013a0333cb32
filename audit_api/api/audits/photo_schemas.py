"""The shapes of photos: declared, held, to be uploaded, shown."""

from __future__ import annotations

from audit_api.api.http.blueprint import Schema
from audit_api.api.http.shapes import Shown, Word
from audit_api.api.http.tickets import TicketSchema
from audit_api.rules.lifecycle import PhotoState, UnreadableReason
from audit_api.services.audits.parts import PART_BYTES, count
from audit_api.services.audits.photos import ACCEPTED_TYPES, MAX_FILE_BYTES
from audit_api.web import fields


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
    media_type = Word("PhotoMediaType", ACCEPTED_TYPES, required=True)
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


class ReceiptPhotoSchema(Shown):
    id = fields.UUID()
    sha256 = fields.Text()
    stored = fields.Boolean()
    waived = fields.Boolean(
        metadata={"description": "The office does without it: it may still come, none waits."},
    )
    readable = fields.Boolean(
        allow_none=True,
        metadata={
            "description": "Whether a picture could be made of it; null while nobody has looked."
        },
    )
    reason = Word(
        UnreadableReason,
        allow_none=True,
        metadata={"description": "Why it is not readable."},
    )


class PartUploadSchema(TicketSchema):
    """Leave to put the `size` bytes of a photo from `offset` on."""

    offset = fields.Integer()
    size = fields.Integer()


class UploadSchema(TicketSchema):
    """Leave to put one photo straight into the store, with exactly these headers."""

    photo_id = fields.UUID()
    parts = fields.List(
        fields.Nested(PartUploadSchema),
        metadata={
            "description": "The parts that are missing, where the manifest has parts: put them "
            "instead of the whole."
        },
    )


class PhotoSchema(Shown):
    id = fields.UUID()
    question = fields.Text()
    state = Word(PhotoState)
    reason = Word(
        UnreadableReason,
        allow_none=True,
        metadata={"description": "Why it is unreadable."},
    )
    detail = fields.Text(allow_none=True, metadata={"description": "The reason in words."})
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
    display_url = fields.Text(allow_none=True, metadata={"format": "uri"})
    thumbnail_url = fields.Text(allow_none=True, metadata={"format": "uri"})

"""The ids that phones make: random ones, which tell no time and meet no other."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

import flask_smorest
import marshmallow as ma
from flask import Flask
from werkzeug.routing import UnicodeConverter

from audit_api.errors import invalid, not_found
from audit_api.web import faults, fields

SENT = "id"
"""The part of an address that is read by the call, so that a wrong id is told as a fault."""

IN_PATH = "?path/audit_id"
_RANDOM, _ANY = fields.RandomUUID(required=True), fields.UUID()


class SentId(UnicodeConverter):
    """A part of an address that should be an id."""


def init_app(app: Flask) -> None:
    app.url_map.converters[SENT] = SentId


def describe(api: flask_smorest.Api) -> None:
    """Tell the specification how such a part looks."""
    api.register_converter(SentId, lambda converter: {"type": "string", "format": "uuid"})


def read(sent: Any) -> UUID:
    """Return the id that a phone gave to an audit; raise INVALID unless it is a random one."""
    try:
        return cast(UUID, _RANDOM.deserialize(sent))
    except ma.ValidationError as error:
        raise invalid(*faults.from_messages(error.messages, IN_PATH)) from None


def told(sent: Any) -> UUID | None:
    """Return the id of an object, of whatever version; None where it has none."""
    try:
        return cast(UUID, _ANY.deserialize(sent["id"]))
    except (TypeError, LookupError, ma.ValidationError):
        return None


def known(sent: str, noun: str) -> UUID:
    """Return the id that an address names; raise NOT_FOUND for what is none."""
    try:
        return cast(UUID, _ANY.deserialize(sent))
    except ma.ValidationError:
        raise not_found(noun) from None

"""Writes objects as marshmallow's schemas say, each schema compiled once.

Marshmallow asks every object anew how each attribute is to be found; of a scorecard, or a league
of 200 sites, that would be most of the answer's time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

import marshmallow as ma

from audit_api.web import fields

Write = Callable[[Any], Any]

_AS_THEY_ARE = (fields.UUID, fields.Boolean, fields.Field)
"""What the JSON writer takes without help."""


def compiled(schema: ma.Schema) -> Write:
    """Return what writes one object, not a dictionary, by a schema without hooks.

    It raises AttributeError for an object without one of the attributes.
    """
    fields = schema.dump_fields
    read = _reader([field.attribute or name for name, field in fields.items()])
    keys = [field.data_key or name for name, field in fields.items()]
    writes = [_write(field) for field in fields.values()]

    def write(value: Any) -> dict[str, Any]:
        return {
            key: each if each is None or write is None else write(each)
            for key, write, each in zip(keys, writes, read(value), strict=True)
        }

    return write


def _reader(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _write(field: ma.fields.Field[Any]) -> Write | None:
    """Return what writes a field's values other than None; None where they stay as they are."""
    if isinstance(field, ma.fields.Nested):
        return lambda value: field.schema.dump(value, many=field.many)
    if isinstance(field, ma.fields.List):
        inner = _write(field.inner)
        return list if inner is None else partial(_every, inner)
    if type(field) in _AS_THEY_ARE:
        return None
    if type(field)._serialize is ma.fields.String._serialize:
        return str
    if isinstance(field, ma.fields.Integer):
        return int
    return partial(_serialized, field)


def _serialized(field: ma.fields.Field[Any], value: Any) -> Any:
    return field._serialize(value, None, None)


def _every(write: Write, values: Any) -> list[Any]:
    return [value if value is None else write(value) for value in values]

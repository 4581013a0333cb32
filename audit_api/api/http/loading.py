"""Reads objects as marshmallow's schemas say, each schema compiled once.

Marshmallow keeps, for every member of every object, the books of errors that nearly none has: of
an audit that would be most of the reading.  What is compiled takes objects in which all is right,
and makes of them what marshmallow would; any other marshmallow reads, and tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import marshmallow as ma

Read = Callable[[Any], dict[str, Any] | None]


def compiled(schema: ma.Schema) -> Read:
    """Return what reads one object by a schema: None where something is wrong, or may be."""
    if not _is_plain(schema):
        return _nothing
    fields = {field.data_key or name: (name, field) for name, field in schema.load_fields.items()}
    known = fields.keys()
    required = {key for key, (_, field) in fields.items() if field.required}
    members = [
        (key, field.attribute or name, field.load_default, field.deserialize)
        for key, (name, field) in fields.items()
    ]

    def read(sent: Any) -> dict[str, Any] | None:
        if type(sent) is not dict or not required <= sent.keys() <= known:
            return None
        found = {}
        try:
            for key, attribute, default, deserialize in members:
                if key in sent:
                    found[attribute] = deserialize(sent[key])
                elif default is not ma.missing:
                    found[attribute] = default() if callable(default) else default
        except ma.ValidationError:
            return None
        return found

    return read


def _is_plain(schema: ma.Schema) -> bool:
    """Whether a schema reads one object, member by member, and does nothing else."""
    places = (field.attribute or name for name, field in schema.load_fields.items())
    return (
        not any(schema._hooks.values())
        and not schema.many
        and not schema.partial
        and schema.unknown == ma.RAISE
        and not any("." in place for place in places)
    )


def _nothing(sent: Any) -> None:
    return None

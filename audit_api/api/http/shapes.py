"""What the specification tells under a name of its own, and shapes that are told but not checked.

A client that is made from the specification has one type for each name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

import marshmallow as ma

from audit_api.api.http.blueprint import Schema
from audit_api.web import fields


@dataclass(frozen=True, slots=True)
class Component:
    """The name under which the specification tells a shape, and what it tells beside it."""

    name: str
    more: Mapping[str, Any] = field(default_factory=dict)


class Word(fields.Text):
    """A word of a closed vocabulary: of an enum, or of `words` under a name."""

    def __init__(
        self,
        vocabulary: type[StrEnum] | str,
        words: Iterable[str] = (),
        *,
        more: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        name = vocabulary if isinstance(vocabulary, str) else vocabulary.__name__
        accepted = tuple(words if isinstance(vocabulary, str) else vocabulary)
        metadata = {**kwargs.pop("metadata", {}), "component": Component(name, more or {})}
        super().__init__(validate=fields.OneOf(accepted), metadata=metadata, **kwargs)


class Literal(fields.Text):
    """One of a few words, most often of one, by which the shapes of a union are told apart."""

    def __init__(self, *words: str, **kwargs: Any) -> None:
        told = {"const": words[0]} if len(words) == 1 else {"enum": [*words]}
        super().__init__(metadata={**kwargs.pop("metadata", {}), **told}, **kwargs)


class Shown(Schema):
    """What the server shows: every member is always there, but for those `sometimes`.

    Nothing in it is read, so it has no defaults.
    """

    sometimes: ClassVar[frozenset[str]] = frozenset()

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field) -> None:
        field_obj.required = field_name not in self.sometimes
        field_obj.load_default = ma.missing


Shape = fields.Field | type[Schema]

FILE = {"type": "string", "format": "binary"}
"""The bytes of a file; the media type says of what kind."""
NAMED = {
    "Content-Disposition": {"description": "The file's name.", "schema": {"type": "string"}},
}
IN_A_LANGUAGE = {
    "Content-Language": {"description": "In which language.", "schema": {"type": "string"}},
}


class Union(fields.Field):
    """One of several shapes; `tag` is the member that tells them apart.

    It is told alone: whoever takes or writes the value knows it by itself.
    """

    refusal = "not_object"

    def __init__(
        self, name: str, *shapes: Shape, tag: str = "", about: str = "", **kwargs: Any
    ) -> None:
        more = {"description": about} if about else {}
        metadata = {**kwargs.pop("metadata", {}), "component": Component(name, more)}
        super().__init__(metadata=metadata, **kwargs)
        self.shapes = tuple(map(_field, shapes))
        self.tag = tag


def as_it_is(shape: Shape, **kwargs: Any) -> fields.Field:
    """Return a field that is told as `shape`, and written as it comes."""
    metadata = {**kwargs.pop("metadata", {}), "shape": _field(shape)}
    return fields.Field(metadata=metadata, **kwargs)


def texts(**kwargs: Any) -> fields.Dict:
    """Return a field of a text in the languages of a checklist."""
    about = {
        "description": "Words by language tag, in all or some of the checklist's languages.",
        "examples": [{"en": "Arrival", "zh": "进店体验"}],
    }
    metadata = {**kwargs.pop("metadata", {}), "component": Component("Texts", about)}
    return fields.Dict(keys=fields.Text(), values=fields.Text(), metadata=metadata, **kwargs)


def attributes() -> fields.Dict:
    """Return the shape of what is known of a site beside its own members."""
    about = {
        "description": "What is known of the site, by code. Open: whatever JSON value an "
        "organisation keeps of its sites; conditions go by words, numbers, true and false.",
        "examples": [{"format": "flagship", "floors": 2, "parking": True}],
    }
    return fields.Dict(
        keys=fields.Text(), metadata={"component": Component("SiteAttributes", about)}
    )


def _field(shape: Shape) -> fields.Field:
    return shape if isinstance(shape, fields.Field) else fields.Nested(shape)

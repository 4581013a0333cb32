"""How the specification tells a field: by its pattern, its name, the shape that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import flask_smorest
import marshmallow as ma

from audit_api.api.http.shapes import Union

Told = dict[str, Any]

BESIDE = ("description", "default", "example", "examples", "readOnly", "writeOnly")
"""What is told where a shape stands, and not of the shape itself."""


def describe(api: flask_smorest.Api) -> None:
    """Let the specification tell every field in these ways, each upon what those before said."""
    tell: tuple[Callable[..., Told], ...] = (_pattern, _const, _shape, _union, _component)
    for each in tell:
        api.ma_plugin.converter.add_attribute_function(each)


def _pattern(converter: Any, field: ma.fields.Field, ret: Told, **kwargs: Any) -> Told:
    # JSON Schema searches, and knows `$` where Python says `\Z`.
    pattern = ret.get("pattern")
    return {"pattern": "^" + pattern.removesuffix(r"\Z") + "$"} if pattern else {}


def _const(converter: Any, field: ma.fields.Field, ret: Told, **kwargs: Any) -> Told:
    return {"const": field.metadata["const"]} if "const" in field.metadata else {}


def _shape(converter: Any, field: ma.fields.Field, ret: Told, **kwargs: Any) -> Told:
    shape = field.metadata.get("shape")
    if shape is None:
        return {}
    beside = _taken(ret, BESIDE)
    ret.clear()
    return _nullable(converter.field2property(shape) | beside, field)


def _union(converter: Any, field: ma.fields.Field, ret: Told, **kwargs: Any) -> Told:
    if not isinstance(field, Union):
        return {}
    shapes = [converter.field2property(shape) for shape in field.shapes]
    if not field.tag:
        return {"anyOf": shapes}
    mapping = {word: ref for ref, word in _tagged(converter, field.tag, shapes)}
    return {"oneOf": shapes, "discriminator": {"propertyName": field.tag, "mapping": mapping}}


def _tagged(converter: Any, tag: str, shapes: list[Told]) -> Iterator[tuple[str, str]]:
    """Each word by which shapes are told apart, beside the reference to its shape."""
    for shape in shapes:
        told = converter.spec.components.schemas[shape["$ref"].rpartition("/")[2]]
        own = told["properties"][tag]
        for word in own.get("enum", [own.get("const")]):
            yield shape["$ref"], str(word)


def _component(converter: Any, field: ma.fields.Field, ret: Told, **kwargs: Any) -> Told:
    """Tell a shape that has a name under it, once, and refer to it."""
    component = field.metadata.get("component")
    if component is None:
        return {}
    beside = _taken(ret, BESIDE)
    shape = _not_null(ret) | component.more
    known = converter.spec.components.schemas
    if component.name not in known:
        converter.spec.components.schema(component.name, dict(shape))
    assert known[component.name] == shape, f"{component.name} names two shapes"
    ret.clear()
    return _nullable({"$ref": f"#/components/schemas/{component.name}"} | beside, field)


def _taken(ret: Told, names: tuple[str, ...]) -> Told:
    return {name: ret.pop(name) for name in names if name in ret}


def _not_null(ret: Told) -> Told:
    """Return a shape without the null that a field accepts beside it."""
    shape = dict(ret)
    if isinstance(shape.get("type"), list):
        (shape["type"],) = (each for each in shape["type"] if each != "null")
    if "enum" in shape:
        shape["enum"] = [each for each in shape["enum"] if each is not None]
    return shape


def _nullable(told: Told, field: ma.fields.Field) -> Told:
    if not field.allow_none:
        return told
    beside = _taken(told, BESIDE)
    return {"anyOf": [told, {"type": "null"}]} | beside

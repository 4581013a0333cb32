"""What a field refuses has a code and a place; no field says it in a library's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import marshmallow as ma
import pytest

from audit_api.api.http.blueprint import Schema
from audit_api.web import faults, fields


class InnerSchema(Schema):
    name = fields.Text(required=True)


class EverySchema(Schema):
    text = fields.Text(validate=fields.Length(2, 3))
    longest = fields.Text(validate=fields.Length(max=3))
    colour = fields.Text(validate=fields.OneOf(["red", "blue"]))
    digest = fields.Text(validate=fields.DIGEST)
    count = fields.Integer(strict=True, validate=fields.Range(1, 5))
    share = fields.Float()
    sure = fields.Boolean()
    id = fields.UUID()
    day = fields.Date()
    moment = fields.Moment()
    entries = fields.List(fields.Integer(), validate=fields.Length(max=2))
    by_key = fields.Dict(keys=fields.Text(validate=fields.Length(1, 2)), values=fields.Integer())
    inner = fields.Nested(InnerSchema)
    inners = fields.List(fields.Nested(InnerSchema))


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ([], {"": "not_object"}),
        ({"a/b": 1}, {"/a~1b": "unknown_field"}),
        ({"text": None}, {"/text": "not_null"}),
        ({"text": 5}, {"/text": "not_text"}),
        ({"text": "x"}, {"/text": ("length", {"min": 2, "max": 3})}),
        ({"longest": "long"}, {"/longest": ("too_long", {"max": 3})}),
        ({"colour": "green"}, {"/colour": ("not_one_of", {"accepted": ["red", "blue"]})}),
        ({"digest": "F" * 64}, {"/digest": "pattern"}),
        ({"count": 1.5}, {"/count": "not_integer"}),
        ({"count": 6}, {"/count": ("range", {"min": 1, "max": 5})}),
        ({"share": "much"}, {"/share": "not_number"}),
        ({"share": "nan"}, {"/share": "not_number"}),
        ({"sure": "perhaps"}, {"/sure": "not_boolean"}),
        ({"id": "x"}, {"/id": "not_uuid"}),
        ({"day": "2026-13-01"}, {"/day": "not_date"}),
        ({"moment": "2026-03-01"}, {"/moment": "not_moment"}),
        ({"moment": "2026-03-01T10:00:00"}, {"/moment": "not_moment"}),
        ({"entries": {}}, {"/entries": "not_list"}),
        ({"entries": [1, "x", None]}, {"/entries/1": "not_integer", "/entries/2": "not_null"}),
        ({"entries": [1, 2, 3]}, {"/entries": ("too_long", {"max": 2})}),
        ({"by_key": []}, {"/by_key": "not_object"}),
        ({"by_key": {"a": "x"}}, {"/by_key/a/value": "not_integer"}),
        ({"by_key": {"abc": 1}}, {"/by_key/abc/key": ("length", {"min": 1, "max": 2})}),
        ({"inner": 5}, {"/inner": "not_object"}),
        ({"inner": {}}, {"/inner/name": "required"}),
        ({"inners": [{"name": "x"}, {"name": 5}]}, {"/inners/1/name": "not_text"}),
    ],
)
def test_a_refusal_has_its_code_and_its_place(sent: Any, found: dict[str, Any]) -> None:
    with pytest.raises(ma.ValidationError) as caught:
        EverySchema().load(sent)
    told = faults.from_messages(caught.value.messages)
    assert found == {
        fault.pointer: (fault.code, fault.values) if fault.values else fault.code for fault in told
    }


def test_a_moment_that_no_database_holds_is_out_of_range() -> None:
    with pytest.raises(ma.ValidationError) as caught:
        EverySchema().load({"moment": "0001-01-01T00:00:00Z"})
    (fault,) = faults.from_messages(caught.value.messages)
    assert (fault.pointer, fault.code) == ("/moment", "range")
    assert {name: str(value) for name, value in fault.values.items()} == {
        "min": "1900-01-01",
        "max": "9998-12-31",
    }


def test_every_field_and_check_of_the_api_refuses_by_codes() -> None:
    found = {field for schema in schemas(Schema) for field in parts(schema().fields.values())}
    assert len(found) > 300
    for field in found:
        # Nobody sends what is always the same.
        assert isinstance(field, fields.Field | ma.fields.Constant), field
        for check in field.validators:
            assert type(check).__module__ == fields.__name__, (field, check)


def schemas(base: type[Schema]) -> Iterator[type[Schema]]:
    for schema in base.__subclasses__():
        yield schema
        yield from schemas(schema)


def parts(held: Any) -> Iterator[ma.fields.Field[Any]]:
    """Return fields, with those of the entries, keys and values inside them."""
    for field in held:
        yield field
        inside = (getattr(field, name, None) for name in ("inner", "key_field", "value_field"))
        yield from parts(part for part in inside if part is not None)

"""A schema of ours writes what marshmallow would, only sooner."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import marshmallow as ma
import orjson
import pytest

from audit_api.api.http.blueprint import Schema
from audit_api.web import fields


class Colour(StrEnum):
    RED = "red"


class InnerSchema(Schema):
    name = fields.Text()
    score = fields.percentage()


class EverySchema(Schema):
    id = fields.UUID()
    text = fields.Text()
    colour = fields.Text()
    count = fields.Integer()
    share = fields.Float()
    sure = fields.Boolean()
    day = fields.Date()
    moment = fields.Moment()
    score = fields.percentage()
    renamed = fields.Integer(data_key="from", attribute="older")
    hidden = fields.Text(load_only=True)
    inner = fields.Nested(InnerSchema)
    inners = fields.Nested(InnerSchema, many=True)
    list_of_inner = fields.List(fields.Nested(InnerSchema))
    ids = fields.List(fields.UUID())
    free = fields.Dict()
    optional = fields.Integer(dump_default=7)


INNER = SimpleNamespace(name="x", score=8640)
FULL = {
    "id": UUID(int=5),
    "text": "é",
    "colour": Colour.RED,
    "count": True,
    "share": 1,
    "sure": False,
    "day": date(2026, 3, 1),
    "moment": datetime(2026, 3, 1, 12, tzinfo=UTC),
    "score": 1,
    "older": 3,
    "hidden": "never",
    "inner": INNER,
    "inners": (INNER, {"name": "keys", "score": None}),
    "list_of_inner": [INNER, None],
    "ids": (UUID(int=1), None),
    "free": {"keys": 1},
    "optional": 8,
}
CASES = [
    FULL,
    dict.fromkeys(FULL),
    {name: value for name, value in FULL.items() if name != "optional"},
    {"count": 1},
]


@pytest.mark.parametrize("held", CASES)
@pytest.mark.parametrize("many", [False, True])
def test_it_writes_what_marshmallow_writes(held: dict[str, Any], many: bool) -> None:
    schema = EverySchema(many=many)
    for value in (SimpleNamespace(**held), held):
        values: Any = [value, value] if many else value
        written = json.loads(orjson.dumps(schema.dump(values)))
        assert written == json.loads(orjson.dumps(ma.Schema.dump(schema, values)))


def test_a_schema_of_one_field_writes_that_field() -> None:
    one = InnerSchema(only=["name"])
    assert one.dump(INNER) == {"name": "x"}

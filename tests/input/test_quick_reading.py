"""What is read quickly is read as it would be slowly: JSON bodies, and objects by their schemas."""

from __future__ import annotations

import json
from datetime import UTC
from typing import Any
from uuid import UUID, uuid1, uuid4

import hypothesis.strategies as st
import marshmallow as ma
import pytest
from hypothesis import example, given, settings

from audit_api.api.audits.schemas import SentAuditSchema
from audit_api.api.http import body
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.shapes import Shown
from audit_api.errors import Problem
from tests.chance import times
from tests.world import World

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ['":', '" :', "a\\", "\\u0041", "é", "\U0001f600", "1.0", "2026-03-02T14:30:00+08:00"]
)
NUMBERS = (
    st.integers(-(2**65), 2**65)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 4.0, -0.0, 1e22, 5e-324])
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def outcome(read: Any, sent: bytes) -> tuple[Any, ...]:
    """Return what comes of a body, with the class of every number and the order of names."""
    try:
        return ("read", repr(read(sent)))
    except Problem as problem:
        return ("refused", problem.kind, problem.values)


def agree(sent: bytes) -> bool:
    """Check that a body that is read quickly is read alike; return whether it is."""
    value = body._quickly(sent)
    if value is not None:
        assert ("read", repr(value)) == outcome(body._strictly, sent)
    return value is not None


@given(
    VALUES, st.sampled_from([None, 1]), st.booleans(), st.sampled_from([(",", ":"), (" , ", " : ")])
)
def test_a_body_is_read_quickly_as_it_would_be_strictly(
    value: Any, indent: int | None, ascii_alone: bool, separators: tuple[str, str]
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_alone, separators=separators)
    agree(text.encode())


@given(VALUES, st.data())
def test_a_broken_body_is_read_alike_or_strictly(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=False).encode()
    at = data.draw(st.integers(0, len(text)))
    piece = data.draw(
        st.sampled_from([b"", b'"', b":", b"\\", b"0", b".", b"e", b"-", b",", b"\xff"])
    )
    agree(text[:at] + piece + text[at + data.draw(st.integers(0, 2)) :])


@given(st.lists(st.tuples(TEXTS, VALUES), max_size=5))
@example([("a", 1), ("b", {}), ("a", 1)])
@example([('":', 1), ('":', 1)])
def test_a_name_that_comes_twice_is_seen(members: list[tuple[str, Any]]) -> None:
    text = ",".join(f"{json.dumps(name)}\n:{json.dumps(value)}" for name, value in members)
    twice = len(dict(members)) < len(members)
    assert not (agree(f"{{{text}}}".encode()) and twice)


@pytest.mark.parametrize(
    "sent",
    [
        '{"a": [1, -2, 0.5, "x", null, true], "b": {"c": "12:30", "d": []}}',
        '{"comment": "讲解清楚", "place": {"latitude": 31.2304, "longitude": 121.4737}}',
    ],
)
def test_what_phones_send_is_read_quickly(sent: str) -> None:
    assert agree(sent.encode())


MOMENTS = st.datetimes(timezones=st.just(UTC)).map(str) | st.just("2026-03-02T14:30:00+08:00")


def of_field(field: ma.fields.Field[Any], levels: int) -> st.SearchStrategy[Any]:
    """Return what is often right for a field; schemas in schemas are followed so many levels."""
    if isinstance(field, ma.fields.UUID):
        return st.uuids(version=4).map(str) | st.uuids().map(str)
    if isinstance(field, ma.fields.DateTime):
        return MOMENTS
    if isinstance(field, ma.fields.String):
        return TEXTS | st.just("0" * 64)
    if isinstance(field, ma.fields.Number):
        return st.integers(0, 90) | NUMBERS
    if isinstance(field, ma.fields.Boolean):
        return st.booleans()
    if isinstance(field, ma.fields.List):
        return st.lists(of_field(field.inner, levels), max_size=2)
    if isinstance(field, ma.fields.Nested) and levels:
        return of_schema(field.schema, levels - 1)
    return st.dictionaries(TEXTS, VALUES, max_size=2)


def of_schema(schema: ma.Schema, levels: int) -> st.SearchStrategy[Any]:
    """Return objects of which some are what the schema wants, and most nearly."""
    fields = schema.load_fields
    each = {
        name: st.one_of(*[of_field(field, levels)] * 3, VALUES) for name, field in fields.items()
    }
    required = {name: each.pop(name) for name, field in fields.items() if field.required}
    return st.fixed_dictionaries(required, optional=each | {"unheard_of": VALUES}) | VALUES


def schemas() -> list[type[Schema]]:
    """Return every schema that reads something."""
    found, left = [], [Schema]
    while left:
        below = left.pop().__subclasses__()
        left += below
        found += [each for each in below if each.__module__.startswith("audit_api")]
    return [each for each in found if not issubclass(each, Shown)]


@pytest.mark.parametrize("kind", schemas())
@settings(max_examples=times(10))
@given(data=st.data())
def test_an_object_is_read_quickly_as_marshmallow_would(
    kind: type[Schema], data: st.DataObject
) -> None:
    schema = kind()
    sent = data.draw(of_schema(schema, 1))
    quickly = schema._read(sent)
    if quickly is not None:
        assert repr(quickly) == repr(ma.Schema.load(schema, sent))


def test_the_envelope_of_an_audit_is_read_quickly() -> None:
    sent = {
        "assignment_id": str(uuid4()),
        "site_id": str(uuid4()),
        "checklist": "0" * 64,
        "conducted_at": "2026-03-02T14:30:00+08:00",
        "place": {"latitude": 31.2304, "longitude": 121.4737},
        "answers": {},
    }
    schema = SentAuditSchema()
    assert schema._read(sent) == ma.Schema.load(schema, sent)
    assert schema._read(sent | {"more": 1}) is None
    assert schema._read(sent | {"site_id": "x"}) is None
    assert schema._read({name: sent[name] for name in sent if name != "answers"}) is None


def test_a_batch_is_answered_alike_however_it_is_read(
    shared_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, audit = str(uuid4()), shared_world.another()
    assert shared_world.put(audit, UUID(stored)).status_code == 201
    items = [
        5,
        None,
        {},
        {"id": "x", "audit": {}},
        {"id": str(uuid1()), "audit": audit},
        {"id": stored},
        {"id": stored, "audit": None},
        {"id": stored, "audit": {}, "more": 1},
        {"id": stored, "audit": audit, "if_match": "x"},
        {"id": stored, "audit": audit},
    ]

    def answered(sent: Any) -> Any:
        response = shared_world.call("auditor", "POST", "/audits/batch", sent)
        told = response.json.get("results", [response.json])
        for each in told:
            each.get("problem", each).pop("request_id", None)
        return response.status_code, told

    batches = [{"audits": items}, {"audits": [], "more": 1}, {"audits": {}}, [], {}]
    quickly = [answered(each) for each in batches]
    assert [each["status"] for each in quickly[0][1]] == [422] * 8 + [412, 200]
    monkeypatch.setattr(body, "parse_plain", lambda sent: None)
    assert [answered(each) for each in batches] == quickly

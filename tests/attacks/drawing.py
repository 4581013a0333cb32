"""Draws requests of the specification: most of them nearly right, some at an edge."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.test import TestResponse

from tests.access import requests as fitting
from tests.access.places import Place, lay_out, missing
from tests.attacks import edges
from tests.attacks.operations import JSON, Operation, operations
from tests.world import make_world

ROLES = ("auditor", "other_auditor", "manager", "reviewer", "hq", "integration", None)
CELLS = {
    "parent_code": "cn",
    "region_code": "east",
    "time_zone": "Asia/Shanghai",
    "email": "a@import.example",
    "role": "manager",
    "region_codes": "east",
    "locale": "en",
    "campaign": "Spring",
    "site_code": "SH-001",
    "starts_on": "2026-03-05",
    "ends_on": "2026-03-06",
    "active": "true",
}
COLUMNS = {
    "import_regions": ["code", "name", "parent_code"],
    "import_sites": ["code", "name", "region_code", "time_zone", "latitude", "geofence_metres"],
    "import_users": ["email", "name", "role", "locale", "region_codes", "active"],
    "import_visits": ["campaign", "site_code", "auditor_email", "starts_on", "ends_on"],
}
"""The columns of each import, and a value for a cell that is accepted."""


@dataclass(frozen=True)
class Sent:
    """One request, so that it can be made again."""

    operation: str
    person: str | None
    method: str
    path: str
    headers: Mapping[str, str]
    content_type: str | None
    body: bytes


class Attack:
    """Draws requests of a world that is its own, and sends them."""

    def __init__(self, app: Flask, chance: random.Random) -> None:
        self._chance = chance
        self._world = make_world(app)
        self._places = {**lay_out(self._world), "missing": missing()}
        self._operations = tuple(operations(self._world))

    def draw(self) -> Sent:
        operation = self._chance.choice(self._operations)
        own = fitting.text(self._place())
        path = self._path(operation, own)
        person = self._person(operation)
        content_type, body = self._body(operation, own)
        headers = self._headers(operation, person, path)
        if query := self._query(operation, own):
            path = f"{path}?{query}"
        return Sent(operation.name, person, operation.method, path, headers, content_type, body)

    def send(self, sent: Sent) -> TestResponse:
        headers = dict(sent.headers)
        if sent.person is not None:
            headers["Authorization"] = f"Bearer {self._world.tokens[sent.person]}"
        if sent.operation == "log_out":
            headers["Authorization"] = "Bearer nobody"  # the others are needed again
        return self._world.client.open(
            sent.path,
            method=sent.method,
            headers=headers,
            data=sent.body,
            content_type=sent.content_type,
        )

    def _place(self) -> Place:
        names = ("own", "spare", "region", "organisation", "missing")
        return self._places[self._chance.choices(names, (8, 4, 2, 1, 1))[0]]

    def _person(self, operation: Operation) -> str | None:
        usual = "auditor" if operation.name in ("put_audit", "push_batch", "pull") else "hq"
        return usual if self._often() else self._chance.choice(ROLES)

    def _often(self) -> bool:
        return self._chance.random() < 0.75

    def _seldom(self) -> bool:
        return self._chance.random() < 0.1

    def _path(self, operation: Operation, own: dict[str, str]) -> str:
        def part(found: re.Match[str]) -> str:
            if self._seldom():
                return quote(self._text(self._chance.choice(edges.IDS + edges.TEXTS)), safe="")
            return own.get(found[1], "invalid")

        return re.sub(r"{(\w+)}", part, operation.path)

    def _query(self, operation: Operation, own: dict[str, str]) -> str:
        told = {}
        for parameter in operation.parameters:
            if parameter["in"] == "query" and (parameter.get("required") or not self._often()):
                value = self._value(parameter["schema"], parameter["name"], own)
                told[parameter["name"]] = self._text(value)
        return urlencode(told)

    def _text(self, value: Any) -> str:
        text = value if isinstance(value, str) else json.dumps(value)
        return text.encode("utf-8", "replace").decode()[:2_000]

    def _headers(self, operation: Operation, person: str | None, path: str) -> dict[str, str]:
        headers = {}
        for parameter in operation.parameters:
            if parameter["in"] == "header" and (parameter.get("required") or self._seldom()):
                headers[parameter["name"]] = self._header(parameter["name"], person, path)
        return headers

    def _header(self, name: str, person: str | None, path: str) -> str:
        if name == "If-Match" and self._often():
            thing = path.removesuffix("/moves").removesuffix("/drafts")
            bearer = {"Authorization": f"Bearer {self._world.tokens[person or 'hq']}"}
            return self._world.client.get(thing, headers=bearer).headers.get("ETag", '"1"')
        values = edges.MOMENTS if name == "Audit-Sent-At" else [*edges.TEXTS, '"0"', '"2147483648"']
        text = self._chance.choice(values)
        return re.sub(r"[\r\n]", "", text).encode("latin-1", "replace").decode("latin-1")

    def _body(self, operation: Operation, own: dict[str, str]) -> tuple[str | None, bytes]:
        if not operation.bodies:
            return None, b""
        content_type = self._chance.choice(sorted(operation.bodies))
        if content_type == JSON:
            return JSON, json.dumps(self._json(operation, own)).encode()
        if content_type == "text/csv":
            return content_type, self._table(operation)
        return content_type, self._chance.choice(
            [fitting.WHITE, b"", b"\0", b"key: small", b"\xff"]
        )

    def _json(self, operation: Operation, own: dict[str, str]) -> Any:
        schema = operation.bodies[JSON]
        made = fitting.BODIES.get(operation.row)
        # A copy: what is spoilt may be shared.
        body = deepcopy(made(own)) if made and self._often() else self._object(schema, own)
        for _ in range(self._chance.randrange(4)):
            self._spoil(body, schema, own)
        return body

    def _spoil(self, body: Any, schema: Mapping[str, Any], own: dict[str, str]) -> None:
        """Put a value of an edge into some member of an object, or somewhere below it."""
        members = schema.get("properties", {})
        if not isinstance(body, dict) or not members:
            return
        name = self._chance.choice(sorted(members))
        inner, value = members[name], body.get(name)
        if isinstance(value, dict) and value and inner.get("properties") and self._often():
            self._spoil(value, inner, own)
        elif isinstance(value, list) and value and "items" in inner and self._often():
            self._spoil(value[0], inner["items"], own)
        elif isinstance(value, dict) and value and self._often():
            key = self._chance.choice(sorted(value))
            value[key] = self._chance.choice([*edges.ANY, *edges.objects()])
        else:
            body[name] = self._value(inner, name, own)

    def _value(self, schema: Mapping[str, Any], name: str, own: dict[str, str]) -> Any:
        if self._chance.random() < 0.5:
            return self._chance.choice(list(edges.of(schema)))
        return self._fitting(schema, name, own)

    def _fitting(self, schema: Mapping[str, Any], name: str, own: dict[str, str]) -> Any:
        """Return a value that a schema accepts, or nearly so."""
        if "anyOf" in schema:
            return self._fitting(schema["anyOf"][0], name, own)
        if "enum" in schema:
            return self._chance.choice(schema["enum"])
        kind = schema.get("type")
        match kind[0] if isinstance(kind, list) else kind:
            case "object":
                return self._object(schema, own)
            case "array":
                return [self._fitting(schema["items"], name.removesuffix("s"), own)]
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return self._chance.random() < 0.5
        formats = {"uuid": own["audit_id"], "date": "2026-03-05", "date-time": "2026-03-05T10:00Z"}
        texts = own | {"time_zone": "Asia/Shanghai", "locale": "en", "period": "2026-03"}
        return texts.get(name) or formats.get(schema.get("format", ""), f"a{name}"[:16])

    def _object(self, schema: Mapping[str, Any], own: dict[str, str]) -> dict[str, Any]:
        needed = schema.get("required", ())
        return {
            name: self._fitting(inner, name, own)
            for name, inner in schema.get("properties", {}).items()
            if name in needed or self._chance.random() < 0.3
        }

    def _table(self, operation: Operation) -> bytes:
        """Return a file of the columns that an import takes, with edges for cells."""
        columns = COLUMNS[operation.name]
        rows = [[self._cell(column) for column in columns] for _ in range(3)]
        lines = [columns, *rows]
        text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
        return text.encode("utf-8", "surrogatepass")

    def _cell(self, column: str) -> str:
        if not self._often():
            values = [*edges.TEXTS[:-1], *edges.DATES, *map(str, edges.NUMBERS)]
            return self._chance.choice(values).replace('"', '""')
        return CELLS.get(column) or f"{column}{self._chance.randrange(1000)}"

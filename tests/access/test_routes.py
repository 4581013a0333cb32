"""No request of one organisation, region or role reaches another's: the table, walked."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from audit_api.database import db
from tests.access.places import Place, lay_out, missing
from tests.access.requests import ask, expected_answers, outcome
from tests.access.table import PEOPLE, PLACES, rows
from tests.world import World

ROWS = rows()


@pytest.fixture(scope="module")
def places(shared_world: World) -> dict[str, Place]:
    return lay_out(shared_world)


@pytest.fixture(autouse=True)
def nothing_stays(places: dict[str, Place], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no call change what the next one may see: each ends in the rollback of its request."""
    monkeypatch.setattr(db.session, "commit", db.session.flush)


def told(response: TestResponse) -> Any:
    """Return all that an answer tells, save what names this one request."""
    if not response.is_json and response.mimetype != "application/problem+json":
        return response.data
    body = json.loads(response.data)
    return {k: v for k, v in body.items() if k != "request_id"} if isinstance(body, dict) else body


@pytest.mark.parametrize("row", ROWS)
def test_everybody_gets_what_the_table_says(
    shared_world: World, places: dict[str, Place], row: str
) -> None:
    assert expected_answers(shared_world, row) == {
        who: tuple(
            outcome(ask(shared_world, who, row, places[place], places), row) for place in PLACES
        )
        for who in PEOPLE
    }


# Phones make the ids of audits: a missing one is a new one.
MADE_BY_PHONES = "PUT /api/v1/audits/<audit_id>"


@pytest.mark.parametrize(
    "row",
    [
        row
        for row in ROWS
        if row != MADE_BY_PHONES and any(len(set(cell)) > 1 for cell in ROWS[row].values())
    ],
)
def test_a_foreign_thing_answers_exactly_like_a_missing_one(
    shared_world: World, places: dict[str, Place], row: str
) -> None:
    nothing = missing()
    for who in PEOPLE:
        absent = ask(shared_world, who, row, nothing, places)
        for place, answer in zip(PLACES, ROWS[row][who], strict=True):
            if answer in {"404", "422", "none"}:
                found = ask(shared_world, who, row, places[place], places)
                assert (who, place, told(found)) == (who, place, told(absent))


@pytest.mark.parametrize("row", [row for row in ROWS if "{" in row or "[" in row])
def test_a_foreign_id_in_a_body_is_pointed_at(
    shared_world: World, places: dict[str, Place], row: str
) -> None:
    name = row.split()[-1].strip("{}[]")
    for who in PEOPLE:
        if "422" in ROWS[row][who]:
            refused = ask(shared_world, who, row, places["organisation"], places)
            errors = [error["pointer"] for error in json.loads(refused.data)["errors"]]
            assert errors == [f"/{name}/0" if "[" in row else f"/{name}"]


def test_every_route_stands_in_the_table(shared_app: Flask) -> None:
    routes = {
        f"{method} {re.sub(r'<(?:[a-z]+:)?', '<', rule.rule)}"
        for rule in shared_app.url_map.iter_rules()
        if not rule.endpoint.startswith("console")  # tests/console/access has a table of its own
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {" ".join(row.split()[:2]) for row in ROWS}


def test_every_id_that_a_query_or_a_body_takes_stands_in_the_table(shared_world: World) -> None:
    spec = shared_world.client.get("/api/v1/openapi.json").json
    wanted = set()
    for path, operations in spec["paths"].items():
        rule = re.sub(r"{(\w+)}", r"<\1>", path)
        for method in operations.keys() - {"parameters"}:
            operation = operations[method]
            wanted |= {
                f"{method.upper()} {rule} {mark}"
                for mark in (*_ids_of_query(operation), *_ids_of_body(operation, spec))
            }
    assert wanted
    assert wanted <= set(ROWS)


def _ids_of_query(operation: dict[str, Any]) -> list[str]:
    return [
        f"?{parameter['name']}"
        for parameter in operation.get("parameters", ())
        if parameter["schema"].get("format") == "uuid" and parameter["name"] != "cursor"
    ]


def _ids_of_body(operation: dict[str, Any], spec: dict[str, Any]) -> list[str]:
    content = operation.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "/")
    schema = spec["components"]["schemas"].get(reference.rpartition("/")[2], {})
    properties = schema.get("properties", {}).items()
    return [
        *(f"{{{name}}}" for name, shape in properties if shape.get("format") == "uuid"),
        *(
            f"[{name}]"
            for name, shape in properties
            if shape.get("items", {}).get("format") == "uuid"
        ),
    ]

"""Values at the edges of every member of every body: each is stored, or refused as itself, and both
databases answer alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from copy import deepcopy
from random import Random
from typing import Any
from uuid import UUID

import pytest

from tests.access import requests as fitting
from tests.access.places import lay_out
from tests.attacks import edges
from tests.attacks.operations import JSON, Operation, operations
from tests.chance import seed, times
from tests.pairs import PAIRS, fresh_app
from tests.world import World, declared, jpeg, make_world

pytestmark = pytest.mark.slow
Json = dict[str, Any]
Path = tuple[str | int, ...]
Answer = tuple[str, Path, str, int, tuple[str, ...]]
"""The operation, the member, its value, and the answer's status with the codes of its faults."""

VALUES = 6
"""Drawn for each member, of all that its schema has at its edges."""
BY_AUDITORS = ("put_audit", "push_batch")
BRIEF = ("log_in", "refresh")
"""Few attempts are allowed."""


@pytest.fixture(scope="module")
def worlds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[World]]:
    """The same world on both databases."""
    with ExitStack() as stack:
        folders = [(pair, tmp_path_factory.mktemp("edges")) for pair in PAIRS]
        yield [
            make_world(stack.enter_context(fresh_app(request, folder, pair)))
            for pair, folder in folders
        ]


@pytest.mark.chance
def test_a_value_at_an_edge_is_stored_or_refused_alike_by_both_databases(
    worlds: list[World],
) -> None:
    drawn = [list(answers(world, Random(seed(20_261_130)))) for world in worlds]
    assert [answer for answer in drawn[0] if answer[3] >= 500] == []
    assert [pair for pair in zip(*drawn, strict=True) if pair[0] != pair[1]] == []
    stored = {name for name, _, _, status, _ in drawn[0] if status < 300}
    assert len(stored) > 15, sorted(stored)


def answers(world: World, chance: Random) -> Iterator[Answer]:
    places = lay_out(world)
    own = fitting.text(places["own"])
    # What is changed is another thing than what the bodies name.
    in_path = fitting.text(places["spare"]) | {
        "version_id": fitting.text(places["region"])["version_id"],
        "audit_id": own["audit_id"],
    }
    count = 0
    for operation in operations(world):
        if JSON not in operation.bodies or operation.name in BRIEF:
            continue
        for member, schema in members(operation.bodies[JSON], whole(operation, own)):
            for value in some(edges.of(schema), chance):
                count += 1
                new = {"audit_id": str(UUID(int=count, version=4))}
                path = operation.path.format_map(
                    in_path | (new if operation.name == "put_audit" else {})
                )
                body = whole(operation, own)
                put(body, member, value)
                yield (operation.name, member, repr(value), *told(world, operation, path, body))


def whole(operation: Operation, own: dict[str, str]) -> Json:
    """Return a body that is taken, with every member that an audit can have."""
    body = deepcopy(fitting.BODIES.get(operation.row, lambda _: {})(own))
    if operation.name == "put_audit":
        body |= audit_members()
    if operation.name == "push_batch":
        body["audits"][0]["audit"] |= audit_members()
    return body


def audit_members() -> Json:
    place = {"latitude": 31.2, "longitude": 121.4, "accuracy": 5}
    taken = "2026-03-02T14:10:00+08:00"
    return {
        "revision": 1,
        "started_at": "2026-03-02T14:00:00+08:00",
        "place": place,
        "device": {"id": "d", "model": "m", "app_version": "1", "mock_location": False},
        "site_attributes": {"format": "mall"},
        "photos": [declared(jpeg(), "clean", taken_at=taken, place=place, parts=["a" * 64])],
    }


def members(schema: Mapping[str, Any], body: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every member of a schema, however deep the body has it, by its path."""
    for name, told in schema.get("properties", {}).items():
        inner = told["anyOf"][0] if "anyOf" in told else told
        value = body.get(name)
        yield (*path, name), inner
        if isinstance(value, dict):
            yield from members(inner, value, (*path, name))
        if isinstance(value, list) and value and "items" in inner:
            yield (*path, name, 0), inner["items"]
            if isinstance(value[0], dict):
                yield from members(inner["items"], value[0], (*path, name, 0))


def some(values: Iterator[Any], chance: Random) -> list[Any]:
    every = list({repr(value): value for value in values}.values())
    return chance.sample(every, min(len(every), times(VALUES)))


def put(body: Any, path: Path, value: Any) -> None:
    for name in path[:-1]:
        body = body[name]
    body[path[-1]] = value


def told(world: World, operation: Operation, path: str, body: Json) -> tuple[int, tuple[str, ...]]:
    person = "auditor" if operation.name in BY_AUDITORS else "hq"
    headers = {"Authorization": f"Bearer {world.tokens[person]}"}
    if any(each["name"] == "If-Match" and each.get("required") for each in operation.parameters):
        found = world.client.get(path.removesuffix("/moves"), headers=headers)
        headers["If-Match"] = found.headers.get("ETag", '"1"')
    answer = world.client.open(
        path, method=operation.method, headers=headers, data=json.dumps(body), content_type=JSON
    )
    document = answer.json
    if operation.name == "push_batch" and answer.status_code == 200:
        document = document["results"][0]
        return document["status"], codes(document.get("problem", {}))
    return answer.status_code, codes(document if answer.status_code >= 400 else {})


def codes(problem: Json) -> tuple[str, ...]:
    return tuple(error["code"] for error in problem.get("errors", ()))

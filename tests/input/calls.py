"""Every call of the specification, ready to be made with whatever a test wants to send."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from tests.world import World

PROBLEM = "application/problem+json"
ANSWERED_BY_AUDITORS = {"put_audit", "push_batch", "pull"}


@dataclass(frozen=True)
class Call:
    """One operation of the specification, at an address that exists in the world."""

    name: str
    method: str
    path: str
    person: str | None
    headers: dict[str, str]
    takes: frozenset[str]
    query: dict[str, dict[str, Any]]
    documented: frozenset[int]

    def make(self, world: World, **request: Any) -> TestResponse:
        headers = self.headers | request.pop("headers", {})
        if self.person is not None:
            headers = {"Authorization": f"Bearer {world.tokens[self.person]}"} | headers
        path = request.pop("path", self.path)
        return world.client.open(path, method=self.method, headers=headers, **request)


def calls(world: World) -> Iterator[Call]:
    """Return every operation, with ids of things that the person may see."""
    spec = world.client.get("/api/v1/openapi.json").json
    ids = {
        "region_id": world.region_id,
        "site_id": world.site_id,
        "user_id": world.users["auditor"],
        "version_id": world.version_id,
        "campaign_id": world.campaign_id,
        "assignment_id": world.assignment_id,
        "audit_id": UUID(int=5, version=4),
        "token_id": UUID(int=6),
        "digest": world.digest,
        "export_id": UUID(int=7),
        "ending": "xlsx",
        "slug": "invalid",
    }
    for path, operations in spec["paths"].items():
        for method in operations.keys() - {"parameters"}:
            yield _call(path.format_map(ids), method.upper(), operations[method])


def _call(path: str, method: str, operation: dict[str, Any]) -> Call:
    name = operation["operationId"]
    parameters = operation.get("parameters", ())
    needed = {p["name"]: '"1"' for p in parameters if p["in"] == "header" and p.get("required")}
    person = "auditor" if name in ANSWERED_BY_AUDITORS else "hq"
    return Call(
        name,
        method,
        path,
        person if operation["security"] else None,
        needed,
        frozenset(operation.get("requestBody", {}).get("content", ())),
        {p["name"]: p["schema"] for p in parameters if p["in"] == "query"},
        frozenset(int(status) for status in operation["responses"] if status.isdigit()),
    )


def problem_of(response: TestResponse) -> dict[str, Any]:
    """Return a refusal's document, once it has the form that every refusal has."""
    assert response.content_type == PROBLEM, (response.status, response.data[:300])
    told = json.loads(response.data)
    assert told["status"] == response.status_code
    assert re.fullmatch(r"/api/v1/problems/[a-z-]+", told["type"])
    assert told["title"]
    assert told["detail"]
    assert told["request_id"] == response.headers["X-Request-Id"]
    return told


def slug_of(response: TestResponse) -> str:
    return str(problem_of(response)["type"]).removeprefix("/api/v1/problems/")

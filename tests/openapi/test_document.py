"""The specification itself: valid, complete, and free of what the libraries would put into it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from audit_api.api import PUBLIC
from audit_api.errors import Kind

PROBLEM = "application/problem+json"
ALONE = ("add_token", "add_assignments", "add_export_link")
"""What adds something that is never changed, or several things: its answer leads to none."""


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in spec["paths"].items():
        for method in item.keys() - {"parameters"}:
            yield path, method, item[method]


def test_the_specification_is_valid_openapi_3_1(spec: dict[str, Any]) -> None:
    assert spec["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(spec).iter_errors()) == []


def test_every_route_of_the_api_is_an_operation_under_its_functions_name(
    specified: Flask, spec: dict[str, Any]
) -> None:
    told = {(path, method.upper()): op["operationId"] for path, method, op in operations(spec)}
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method): rule.endpoint.rpartition(".")[2]
        for rule in specified.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1") and not rule.endpoint.startswith("api-docs")
    }
    assert told == routes
    assert len(set(told.values())) == len(told)


def test_every_operation_says_whether_it_takes_a_token(
    specified: Flask, spec: dict[str, Any]
) -> None:
    for _, _, operation in operations(spec):
        (tag,) = operation["tags"]
        assert operation["security"] == ([] if tag in PUBLIC else [{"bearer": []}])
    assert spec["components"]["securitySchemes"] == {"bearer": {"type": "http", "scheme": "bearer"}}


def test_every_operation_is_described_and_succeeds_with_a_schema(spec: dict[str, Any]) -> None:
    for path, _, operation in operations(spec):
        assert operation["summary"].endswith((".", ":", "import")) or operation["description"], path
        good = {s: told for s, told in operation["responses"].items() if s in ("200", "201", "202")}
        assert good or "204" in operation["responses"], path
        for told in good.values():
            assert told["content"], path
            assert all(content["schema"] for content in told["content"].values()), path


def test_every_refusal_is_a_problem_told_by_its_status(spec: dict[str, Any]) -> None:
    for path, _, operation in operations(spec):
        refusals = {s for s in operation["responses"] if s[0] in "45"}
        assert {"400", "500", "503"} <= refusals, path
        assert ("401" in refusals) == bool(operation["security"] or "/login" in path), path
        for status in refusals:
            reference = operation["responses"][status]["$ref"]
            assert reference == f"#/components/responses/Problem{status}"
    for kind in Kind:
        told = spec["components"]["responses"][f"Problem{kind.status}"]
        assert told["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_conditions_and_repetitions_are_told_where_they_hold(spec: dict[str, Any]) -> None:
    def headers(operation: dict[str, Any]) -> dict[str, bool]:
        return {
            p["name"]: p["required"] for p in operation.get("parameters", ()) if p["in"] == "header"
        }

    for _, method, operation in operations(spec):
        name, took = operation["operationId"], headers(operation)
        if took.get("If-Match"):
            assert {"412", "428"} <= operation["responses"].keys(), name
        if "Idempotency-Key" in took:
            assert {"409", "422"} <= operation["responses"].keys(), name
        if "requestBody" in operation:
            assert {"413", "415", "422"} <= operation["responses"].keys(), name
        if method == "patch":
            assert took["If-Match"], name
            assert "ETag" in operation["responses"]["200"]["headers"], name
        repeatable = name in ("push_batch", "ask_for_uploads")  # by the ids of audits
        if method in ("post", "patch", "delete") and operation["security"] and not repeatable:
            assert took["Idempotency-Key"] is False, name
        if method == "get":
            assert not took.keys() - {"If-None-Match"}, name
        if "201" in operation["responses"] and method == "post" and name not in ALONE:
            assert {"ETag", "Location"} <= operation["responses"]["201"]["headers"].keys(), name
        queried = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"}
        if "limit" in queried:
            assert "Link" in operation["responses"]["200"]["headers"], name
    put = spec["paths"]["/api/v1/audits/{audit_id}"]["put"]
    assert headers(put) == {"If-Match": False, "Audit-Sent-At": False}
    for status in ("429", "503"):
        assert "Retry-After" in spec["components"]["responses"][f"Problem{status}"]["headers"]


def test_nothing_of_the_libraries_own_is_left(spec: dict[str, Any]) -> None:
    text = json.dumps(spec)
    for mistake in (
        "X-Pagination",
        "PaginationMetadata",
        "DEFAULT_ERROR",
        "UNPROCESSABLE_ENTITY",
        "schemas/Error",
        r"\\Z",
        '"pattern": "^^',
    ):
        assert mistake not in text
    for name, schema in spec["components"]["schemas"].items():
        assert re.fullmatch(r"([A-Z][a-z]+)+", name), name
        for member, shape in schema.get("properties", {}).items():
            assert shape.keys() & {"type", "$ref", "anyOf", "oneOf"}, (name, member)


def test_every_schema_is_used_and_refuses_what_it_does_not_know(spec: dict[str, Any]) -> None:
    text = json.dumps(spec)
    for name, schema in spec["components"]["schemas"].items():
        assert f'"#/components/schemas/{name}"' in text
        assert "properties" not in schema or schema["additionalProperties"] is False, name

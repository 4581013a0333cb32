"""Checks every answer that the application gives against what the specification says of it.

Members that need not be there are counted, too: whatever is always there should be required.
"""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Flask, Response, request
from jsonschema import Draft202012Validator, FormatChecker

HTTP_HEADERS = (
    "Content-Disposition",
    "Content-Language",
    "ETag",
    "Link",
    "Location",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-Id",
)
OF_THE_PAGE = "/api/v1/openapi.json"


Member = tuple[str, str]
"""The name of a schema, and one of its members."""


class Recording:
    """What was answered: which operation with which status, and all that was not as told."""

    def __init__(self, app: Flask) -> None:
        self.spec: dict[str, Any] = app.test_client().get(OF_THE_PAGE).json
        self.seen: set[tuple[str, int]] = set()
        self.untold: list[str] = []
        self.lacked: set[Member] = set()
        self.had: set[Member] = set()
        app.after_request_funcs.setdefault(None, []).append(self.record)

    def record(self, response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else ""
        if rule.startswith("/api/v1") and rule != OF_THE_PAGE and request.method != "OPTIONS":
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)
            operation = self.spec["paths"][path].get(request.method.lower())
            if operation is not None:
                self.check(operation, response)
        return response

    def check(self, operation: dict[str, Any], response: Response) -> None:
        name, status = operation["operationId"], response.status_code
        self.seen.add((name, status))
        told = self.resolved(operation["responses"].get(str(status)))
        if told is None:
            self.untold.append(f"{name} answers {status}")
            return
        for header in HTTP_HEADERS:
            if header in response.headers and header not in told.get("headers", {}):
                self.untold.append(f"{name} {status} sends {header}")
        body = b"" if status == 204 else response.get_data()  # werkzeug sends none with 204
        if not told.get("content"):
            if body:
                self.untold.append(f"{name} {status} has a body")
            return
        media_type = response.mimetype
        if media_type not in told["content"]:
            self.untold.append(f"{name} {status} is {media_type}")
        elif media_type.endswith("json"):
            self.check_body(f"{name} {status}", told["content"][media_type]["schema"], body)

    def check_body(self, where: str, schema: dict[str, Any], body: bytes) -> None:
        whole = schema | {"components": self.spec["components"]}
        validator = Draft202012Validator(whole, format_checker=FormatChecker())
        value = json.loads(body)
        for error in validator.iter_errors(value):
            self.untold.append(f"{where} {error.json_path}: {error.message[:300]}")
        self.count(schema, value)

    def count(self, schema: dict[str, Any], value: Any) -> None:
        """Note which members that need not be there are there, and which are not."""
        name = schema.get("$ref", "").rpartition("/")[2]
        shape = self.spec["components"]["schemas"][name] if name else schema
        if isinstance(value, list):
            for each in value:
                self.count(shape.get("items", {}), each)
        elif isinstance(value, dict) and (chosen := self.chosen(shape, value)) is not None:
            self.count(chosen, value)
        elif isinstance(value, dict):
            members = shape.get("properties", {})
            for member in members.keys() - set(shape.get("required", ())):
                (self.had if member in value else self.lacked).add((name, member))
            for member, inner in value.items():
                self.count(members.get(member, shape.get("additionalProperties") or {}), inner)

    def chosen(self, shape: dict[str, Any], value: dict[str, Any]) -> dict[str, Any] | None:
        """Return the one of several shapes that an object has, where that is told."""
        tag = shape.get("discriminator", {})
        if tag:
            return {"$ref": tag["mapping"][value[tag["propertyName"]]]}
        either = [each for each in shape.get("anyOf", ()) if each != {"type": "null"}]
        return either[0] if len(either) == 1 else None

    def resolved(self, told: dict[str, Any] | None) -> dict[str, Any] | None:
        if told is None or "$ref" not in told:
            return told
        name = told["$ref"].rpartition("/")[2]
        return dict(self.spec["components"]["responses"][name])

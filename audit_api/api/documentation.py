"""The specification of the API (OpenAPI 3.1), and a page that shows it without an outside host."""

from __future__ import annotations

from typing import Any

import flask_smorest
import marshmallow as ma
from flask import Blueprint, Response, render_template, send_from_directory
from swagger_ui_bundle import swagger_ui_path

from audit_api.api.blueprint import Schema
from audit_api.errors import Kind

VERSION = "1.0.0"

SETTINGS: dict[str, Any] = {
    "API_TITLE": "Audit API",
    "API_VERSION": VERSION,
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'"
)

blueprint = Blueprint("documentation", __name__, template_folder="templates", static_folder="static",
                      static_url_path="/docs/own")


class FaultSchema(Schema):
    pointer = ma.fields.String(required=True, metadata={"description": "RFC 6901."})
    code = ma.fields.String(required=True)
    detail = ma.fields.String(required=True)


class ProblemSchema(Schema):
    """RFC 9457.  `type` is stable; `errors` lists every fault."""

    type = ma.fields.String(
        required=True, metadata={"examples": [f"/api/v1/problems/{kind.slug}" for kind in Kind]}
    )
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    request_id = ma.fields.String(required=True, allow_none=True)
    errors = ma.fields.List(ma.fields.Nested(FaultSchema))


def describe(api: flask_smorest.Api) -> None:
    """Put into the specification what every call shares: how to log in, how refusals look."""
    spec = api.spec
    spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    spec.options["info"] = {
        "description": "Checklists, audits, reviews and scorecards of mystery shopping."
    }
    spec.components.schema("Problem", schema=ProblemSchema)
    spec.components.responses.pop("DEFAULT_ERROR", None)
    spec.components.response(
        "Problem",
        {
            "description": "A refusal, in the asker's language.",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        },
    )
    api.DEFAULT_ERROR_RESPONSE_NAME = "Problem"


def finish(api: flask_smorest.Api) -> None:
    """Say of each call whether it needs a token, under an id that a generated client can use."""
    public = {"logins", "public"}
    for path, operations in api.spec._paths.items():
        for method, operation in operations.items():
            if not isinstance(operation, dict):
                continue
            operation["security"] = [] if set(operation.get("tags", ())) & public else [
                {"bearer": []}
            ]
            operation["operationId"] = _operation_id(method, path)
            _use_problems(operation["responses"])


def _operation_id(method: str, path: str) -> str:
    words = path.removeprefix("/api/v1/").replace(".", "_").replace("-", "_").split("/")
    return "_".join([method, *(word.strip("{}") for word in words)])


def _use_problems(responses: dict[str, Any]) -> None:
    # The arguments decorator documents its refusal by a bare name of its own.
    for status in [status for status, told in responses.items() if isinstance(told, str)]:
        responses[status] = {"$ref": "#/components/responses/Problem"}


@blueprint.get("/docs")
def page() -> Response:
    """Show the API's documentation."""
    response = Response(render_template("documentation.html"))
    response.headers["Content-Security-Policy"] = _PAGE_POLICY
    return response


@blueprint.get("/docs/assets/<path:name>")
def asset(name: str) -> Response:
    """Send a file of Swagger UI."""
    response = send_from_directory(swagger_ui_path, name, max_age=86400)
    response.headers["Content-Security-Policy"] = _PAGE_POLICY
    return response

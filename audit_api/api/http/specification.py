"""The specification of the API (OpenAPI 3.1): what all calls share, told of each from its shape."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import flask_smorest
from flask import Flask

from audit_api.api.http import endings, ids, properties, translation
from audit_api.api.http.blueprint import Schema
from audit_api.api.http.problem_schema import ProblemSchema
from audit_api.api.http.shapes import IN_A_LANGUAGE
from audit_api.errors import Kind
from audit_api.words import DEFAULT_LOCALE

SETTINGS: dict[str, Any] = {
    "API_TITLE": "Audit API",
    "API_VERSION": "1.0.0",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}

_PUBLIC = frozenset({"logins", "public"})
_WAIT = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_LOG_IN = {"WWW-Authenticate": {"description": "`Bearer`.", "schema": {"type": "string"}}}
_HEADERS_OF_REFUSALS = {401: _LOG_IN, 429: _WAIT, 503: _WAIT}
_REQUEST_ID = {
    "X-Request-Id": {
        "description": "Names the request in the server's log: yours, where you sent one.",
        "schema": {"type": "string"},
    }
}
_NOT_OURS = {
    "schemas": ("Error", "PaginationMetadata"),
    "responses": ("DEFAULT_ERROR", "UNPROCESSABLE_ENTITY"),
}


class Api(flask_smorest.Api):
    """Serves blueprints, and describes them only when somebody asks: to describe all of them takes
    a third of a start, and most processes are never asked."""

    def __init__(self, app: Flask) -> None:
        self._served: list[flask_smorest.Blueprint] = []
        super().__init__(app)

    def serve(self, blueprint: flask_smorest.Blueprint, url_prefix: str) -> None:
        """Register the calls of a blueprint."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
        self._app.register_blueprint(blueprint, url_prefix=url_prefix)
        self._served.append(blueprint)

    def specification(self) -> dict[str, Any]:
        """Return the specification of all that is served; it can be written once."""
        _describe(self, self._app.config["AUDIT_BASE_URL"])
        for blueprint in self._served:
            name = blueprint.name
            blueprint.register_views_in_doc(self, self._app, self.spec, name=name, parameters=None)
            self.spec.tag({"name": name, "description": blueprint.description})
        _finish_all(self)
        told: dict[str, Any] = self.spec.to_dict()
        return told


def _describe(api: Api, base_url: str) -> None:
    """Put into the specification what calls refer to: where the server is, how to log in, how
    refusals look."""
    spec = api.spec
    properties.describe(api)
    ids.describe(api)
    endings.describe(api)
    spec.options["servers"] = [{"url": base_url, "description": "This server."}]
    spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    spec.options["info"] = {
        "description": "Checklists, audits, reviews and scorecards of mystery shopping. "
        "`Accept-Language` chooses the language of titles and problems, the nearer of en and "
        "zh; every answer names its `X-Request-Id`."
    }
    spec.components.schema("Problem", schema=ProblemSchema)
    spec.components.response("Problem", _refusal("A refusal.", {}))
    for status in sorted({kind.status for kind in Kind}):
        titles = translation.titles(status, DEFAULT_LOCALE)
        told = _refusal(titles, _HEADERS_OF_REFUSALS.get(status, {}))
        spec.components.response(f"Problem{status}", told)
    api.DEFAULT_ERROR_RESPONSE_NAME = "Problem"


def _finish_all(api: Api) -> None:
    """Say of each call whether it needs a token, which headers it takes, how it may refuse."""
    components = api.spec.components
    for section, names in _NOT_OURS.items():
        for name in names:
            getattr(components, section).pop(name, None)
    for key, name in api.ma_plugin.converter.refs.items():
        if name in components.schemas:
            _finish_schema(components.schemas[name], key[0])
    for path, operations in api.spec._paths.items():
        for method in operations.keys() - {"parameters"}:
            _finish(operations[method], path)


def _finish_schema(told: dict[str, Any], schema: type[Schema]) -> None:
    """Describe a schema by its own docstring; what is written has schemas of its own, so that no
    member of one is marked as only written."""
    if schema.__doc__:
        told["description"] = " ".join(cleandoc(schema.__doc__).split())
    for shape in told["properties"].values():
        shape.pop("writeOnly", None)
        _say_default(shape)


def _say_default(shape: dict[str, Any]) -> None:
    """Tell what a member is where it is left out in words: of what has a `default`, some generators
    make a member that everybody has to send."""
    default = shape.pop("default", None)
    if default not in (None, []):
        said = (shape.get("description"), f"Default: `{str(default).lower()}`.")
        shape["description"] = " ".join(filter(None, said))


def _finish(operation: dict[str, Any], path: str) -> None:
    public = bool(set(operation["tags"]) & _PUBLIC)
    operation["security"] = [] if public else [{"bearer": []}]
    headers = operation.pop("headers", {})
    if headers:
        operation["parameters"] = [*operation.get("parameters", ()), *headers.values()]
    for response in operation["responses"].values():
        if "$ref" not in response:
            response["headers"] = response.get("headers", {}) | _REQUEST_ID
    for status in sorted(_refusals(operation, path, headers)):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}


def _refusals(operation: dict[str, Any], path: str, headers: dict[str, Any]) -> set[int]:
    """Return the statuses that a call may refuse with: they follow from what it takes.

    What does not follow, the call names itself: `doc(refuses=(…))`.
    """
    statuses = {400, 500, 503, *operation.pop("refuses", ())}
    if operation["security"]:
        statuses |= {401, 403}
    if "{" in path:
        statuses |= {404}
    if operation.get("parameters"):
        statuses |= {422}
    if "requestBody" in operation:
        statuses |= {413, 415, 422}
    if "Idempotency-Key" in headers:
        statuses |= {409, 422}
    if headers.get("If-Match", {}).get("required"):
        statuses |= {412, 428}
    return statuses


def _refusal(description: str, headers: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": description,
        "headers": headers | _REQUEST_ID | IN_A_LANGUAGE,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }

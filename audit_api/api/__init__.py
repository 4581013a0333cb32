"""The JSON API: a file per resource, under /api/v1."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Flask, Response, current_app, request
from flask.json.provider import JSONProvider

from audit_api.api import checklists, documents, exports, insights, scorecards
from audit_api.api.audits import (
    audits,
    batches,
    explanations,
    photos,
    queue,
    reviews,
    storage,
)
from audit_api.api.datasets import sheets
from audit_api.api.http import (
    body,
    documentation,
    endings,
    health,
    ids,
    problems,
    public,
    specification,
)
from audit_api.api.people import logins, tokens, users
from audit_api.api.sites import colours, imports, logos, regions, sites, targets
from audit_api.api.visits import assignments, campaigns, sync
from audit_api.web import attempts, authentication

PREFIX = "/api/v1"

RESOURCES = (
    logins.blueprint,
    public.blueprint,
    colours.blueprint,
    targets.blueprint,
    logos.blueprint,
    regions.blueprint,
    sites.blueprint,
    users.blueprint,
    tokens.blueprint,
    imports.blueprint,
    checklists.blueprint,
    campaigns.blueprint,
    assignments.blueprint,
    sync.blueprint,
    audits.blueprint,
    batches.blueprint,
    queue.blueprint,
    reviews.blueprint,
    explanations.blueprint,
    photos.blueprint,
    scorecards.blueprint,
    insights.blueprint,
    documents.blueprint,
    sheets.blueprint,
    exports.blueprint,
)
PUBLIC = frozenset(
    {
        *("logins", "public", "health", "storage", "export-links"),
        *("documentation", "api-docs", "phone", "console"),
    }
)
"""The blueprints that ask for no token; whatever is not named here does.  The console asks for a
session of its own."""


class Json(JSONProvider):
    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        body = orjson.dumps(self._prepare_response_obj(args, kwargs))
        return current_app.response_class(body, mimetype="application/json")


def init_app(app: Flask) -> None:
    """Put the API's resources, manners and documents into `app`."""
    app.json = Json(app)
    app.url_map.merge_slashes = False  # one address for each thing, and no redirects
    app.config.update(specification.SETTINGS)
    # Readers of larger bodies say so themselves.  One more is read than is taken: a body in chunks
    # ends silently where reading ends, and must not pass for a whole one.
    app.config["MAX_CONTENT_LENGTH"] = body.LIMIT + 1
    authentication.init_app(app)
    attempts.init_app(app)
    ids.init_app(app)
    endings.init_app(app)
    api = specification.Api(app)
    problems.init_app(app)  # after the Api, which brings error handlers of its own
    for blueprint in RESOURCES:
        api.serve(blueprint, PREFIX)
    for plain in (health.blueprint, storage.blueprint, exports.links):
        app.register_blueprint(plain)
    endings.offer_by_accept(app)
    documentation.init_app(app, api.specification)
    audits.init_app(app)
    app.before_request(_authenticate)


def _authenticate() -> None:
    """Ask who is asking, but for what is public and what asks in its own way."""
    if request.endpoint is not None and PUBLIC.isdisjoint(request.blueprints):
        authentication.authenticate()

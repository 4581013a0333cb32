"""The JSON API: a file per resource, under /api/v1."""

from __future__ import annotations

import re
import time
from typing import Any

import orjson
from flask import Flask, Response, current_app, g, request
from flask.json.provider import JSONProvider
from uuid_utils.compat import uuid7

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
    attempts,
    authentication,
    body,
    documentation,
    endings,
    health,
    ids,
    problems,
    public,
    specification,
)
from audit_api.api.http.log import log_request
from audit_api.api.people import logins, tokens, users
from audit_api.api.sites import colours, imports, logos, regions, sites, targets
from audit_api.api.visits import assignments, campaigns, sync
from audit_api.database import db, reading
from audit_api.errors import Kind, Problem

PREFIX = "/api/v1"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

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
        *("documentation", "api-docs", "phone"),
    }
)
"""The blueprints that ask for no token; whatever is not named here does."""


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
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_end)


def _begin() -> None:
    _start()
    if (refusal := request.environ.get(problems.REFUSAL)) is not None:
        raise refusal
    if b"%00" in request.query_string or "\0" in request.path:
        raise Problem(Kind.MALFORMED, reason="address_nul")
    # No field of HTTP may hold it (RFC 9110, 5.5), and not every server in front looks.
    if "\0" in "".join(request.headers.values()):
        raise Problem(Kind.MALFORMED, reason="header_nul")
    if request.endpoint is not None and request.blueprint not in PUBLIC:
        authentication.authenticate()


def _start() -> None:
    g.started = time.perf_counter()
    asked = request.headers.get("X-Request-Id", "")
    g.request_id = asked if _REQUEST_ID.fullmatch(asked) else uuid7().hex
    if request.method in ("GET", "HEAD", "OPTIONS"):
        g.reading = reading()
        g.reading.__enter__()


def _finish(response: Response) -> Response:
    headers = response.headers
    headers["X-Request-Id"] = g.request_id
    if response.status_code == 204:
        headers.remove("Content-Type")  # there is no content
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("Referrer-Policy", "no-referrer")
    log_request(response)
    return response


def _end(error: BaseException | None) -> None:
    db.session.rollback()
    if "reading" in g:
        g.reading.__exit__(None, None, None)

"""Commits what a call did, together with its answer under the caller's Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, cast

import orjson
from flask import Response, current_app, request

from audit_api.api.http.blueprint import Blueprint
from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.services import idempotency
from audit_api.services.idempotency import Answer, AnsweredMeanwhile
from audit_api.services.keys import Keys
from audit_api.web.authentication import who

_MAX_KEY_LENGTH = 200
_KEPT_HEADERS = ("Content-Type", "ETag", "Location")

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": _MAX_KEY_LENGTH},
    "description": "The same key with the same request gets the same answer, and is done once.",
}


View = Callable[..., Any]


def commits(view: View) -> View:
    """Commit after `view`; the outermost decorator of a call that writes.

    With an `Idempotency-Key` the answer is stored in the same transaction: the same key with
    the same request gets the same answer and does nothing, with another request KEY_REUSED.
    """
    return _committing(view)


def commits_after(read: Callable[..., Any]) -> Callable[[View], View]:
    """As `commits`, for a view of what `read` makes of the request, its first argument: what may
    take long is read before the transaction begins, which would hold up every other writer."""
    return lambda view: _committing(view, read=read)


def commits_without(member: str) -> Callable[[View], View]:
    """As `commits`, for an answer with a secret: what is kept of it says null at `member`."""
    return lambda view: _committing(view, unkept=member)


def _committing(
    view: View, *, read: Callable[..., Any] | None = None, unkept: str | None = None
) -> View:
    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Response:
        key = _key()
        if read is not None:
            args = (read(**kwargs), *args)
        if key is None:
            return _done(view(*args, **kwargs))
        if (earlier := _earlier(key)) is not None:
            return earlier
        try:
            response = cast(Response, view(*args, **kwargs))
            _keep(key, response, unkept)
            return _done(response)
        except (Problem, AnsweredMeanwhile):
            # What the same request has done meanwhile may be in the way of doing it again.
            db.session.rollback()
            if (earlier := _earlier(key)) is None:
                raise
            return earlier

    return Blueprint.doc(headers={"Idempotency-Key": IDEMPOTENCY_KEY})(wrapper)


def _done(response: Any) -> Response:
    db.session.commit()
    return cast(Response, response)


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 1 <= len(key) <= _MAX_KEY_LENGTH:
        raise invalid(
            Fault("?headers/Idempotency-Key", "length", {"min": 1, "max": _MAX_KEY_LENGTH})
        )
    return key


def _digest() -> str:
    sent = f"{request.method} {request.full_path}\n".encode() + request.get_data(cache=True)
    keys: Keys = current_app.extensions["audit_keys"]
    return keys.digest(sent)


def _earlier(key: str) -> Response | None:
    found = idempotency.find(key, by=who())
    if found is None:
        return None
    if found.request_digest != _digest():
        raise Problem(Kind.KEY_REUSED)
    return Response(found.body, status=found.status, headers=dict(found.headers))


def _keep(key: str, response: Response, unkept: str | None) -> None:
    body = response.get_data(as_text=True)
    if unkept is not None and response.is_json:
        body = orjson.dumps(orjson.loads(body) | {unkept: None}).decode()
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    answer = Answer(_digest(), response.status_code, headers, body)
    idempotency.keep(key, answer, by=who(), now=datetime.now(UTC))

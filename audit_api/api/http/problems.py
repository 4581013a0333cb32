"""Turns every refusal and every accident into RFC 9457 problem+json, in the asker's language."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import orjson
from flask import Flask, Response, g, has_request_context, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header

from audit_api.api.http.places import LINKS, PLACES
from audit_api.api.http.problem_schema import type_uri
from audit_api.database import db, failures
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.words import DEFAULT_LOCALE, read_locale, say, sentence, spoken

log = logging.getLogger(__name__)

REFUSAL = "audit_api.refusal"
"""Where a server leaves, in the WSGI environment, the problem for which it refuses a request: it
speaks with the voice of the API."""

_BY_STATUS = {
    400: Kind.MALFORMED,
    404: Kind.NOT_FOUND,
    405: Kind.METHOD_NOT_ALLOWED,
    413: Kind.TOO_LARGE,
    415: Kind.MEDIA_TYPE,
}


def init_app(app: Flask) -> None:
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _accident)


def locale() -> str:
    """Return the language to answer in: the first of the request's that the product speaks, else
    the person's own, else English."""
    who = g.get("who")
    asked = _asked(request.headers.get("Accept-Language", ""))
    return asked or (who.locale if who else DEFAULT_LOCALE)


# Asked for by every text of an answer, and the header is long to weigh.
@lru_cache(maxsize=256)
def _asked(accepted: str) -> str | None:
    # Werkzeug's best match would rather take English exactly than zh-CN as Chinese.
    ranges = parse_accept_header(accepted, LanguageAccept)
    return next((found for tag, weight in ranges if weight and (found := read_locale(tag))), None)


def document(problem: Problem, language: str) -> dict[str, Any]:
    """Return the members of `problem` as RFC 9457 names them."""
    slug = problem.kind.slug
    body: dict[str, Any] = {
        "type": type_uri(problem.kind),
        "title": say(f"problem.{slug}.title", language),
        "status": problem.kind.status,
        "detail": sentence(f"problem.{slug}", problem.values, language),
        "request_id": g.get("request_id") if has_request_context() else None,
    }
    if problem.faults:
        body["errors"] = [told(fault, language) for fault in problem.faults]
    return body


def answer(problem: Problem) -> Response:
    """Roll back and return `problem` as the response."""
    db.session.rollback()
    language = locale()
    response = Response(
        orjson.dumps(document(problem, language)),
        status=problem.kind.status,
        content_type="application/problem+json",
    )
    response.headers["Content-Language"] = spoken(language) or DEFAULT_LOCALE
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.kind in (Kind.UNAUTHENTICATED, Kind.WRONG_CREDENTIALS):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def told(fault: Fault, language: str) -> dict[str, Any]:
    """Return what is wrong, or may be, at one place, in words."""
    detail = sentence(fault.sentence, fault.values, language)
    return {"pointer": fault.pointer, "code": fault.code, "detail": detail}


def _http(error: HTTPException) -> Response:
    kind = _BY_STATUS.get(error.code or 500) or _other(error)
    methods: list[str] = list(getattr(error, "valid_methods", None) or ())
    values: dict[str, object] = {
        "noun": "page",
        "reason": "http_unreadable",
        "limit": (request.max_content_length or 1) - 1,
        "accepted": methods or "application/json",
    }
    unknown = kind is Kind.NOT_FOUND
    faults = [Fault("?path", "unknown_address", PLACES)] if unknown else []
    response = answer(Problem(kind, faults, None, **values))
    if methods:
        response.headers["Allow"] = ", ".join(methods)
    if unknown:
        response.headers["Link"] = LINKS
    return response


def _other(error: HTTPException) -> Kind:
    # Whatever else the framework blames on the request: a Range that lies outside, for one.
    return Kind.MALFORMED if 400 <= (error.code or 500) < 500 else Kind.INTERNAL


def _accident(error: Exception) -> Response:
    return answer(of_accident(error))


def of_accident(error: Exception) -> Problem:
    """Return what is told of an error that nobody raised on purpose, and log it: UNAVAILABLE where
    the same call may succeed later, INVALID where the database refuses a value, for it will do so
    for ever, INTERNAL for any other."""
    reason = failures.reason(error)
    if failures.is_away(error):
        log.warning("database unavailable: %s", reason)
        return Problem(Kind.UNAVAILABLE, retry_after=5, what="database")
    if failures.is_unstorable(error):
        log.error("a value cannot be stored: %s", reason)
        return invalid(Fault("", "not_storable"))
    log.exception("unhandled: %s", reason, exc_info=error)
    return Problem(Kind.INTERNAL)

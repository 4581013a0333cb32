"""Turns every refusal and every accident into RFC 9457 problem+json, in the asker's language."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Flask, Response, g, has_request_context
from werkzeug.exceptions import HTTPException

from audit_api.api.http.places import LINKS, PLACES
from audit_api.api.http.problem_schema import type_uri
from audit_api.database import db
from audit_api.errors import Fault, Kind, Problem
from audit_api.web import problems
from audit_api.web.languages import locale
from audit_api.words import DEFAULT_LOCALE, say, sentence, spoken


def init_app(app: Flask) -> None:
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _accident)


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
    detail = problems.detail(fault, language)
    return {"pointer": fault.pointer, "code": fault.code, "detail": detail}


def _http(error: HTTPException) -> Response:
    problem, methods = problems.of_framework(error), problems.methods(error)
    if problem.kind is not Kind.NOT_FOUND:
        response = answer(problem)
    else:
        unknown = Fault("?path", "unknown_address", PLACES)
        response = answer(Problem(problem.kind, (unknown,), None, **problem.values))
        response.headers["Link"] = LINKS
    if methods:
        response.headers["Allow"] = ", ".join(methods)
    return response


def _accident(error: Exception) -> Response:
    return answer(problems.of_accident(error))

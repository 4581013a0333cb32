"""How each request begins and ends, whatever answers it: its number, its snapshot, its headers."""

from __future__ import annotations

import re
import time

from flask import Flask, Response, g, request
from uuid_utils.compat import uuid7

from audit_api.database import db, reading
from audit_api.errors import Kind, Problem
from audit_api.web.log import log_request
from audit_api.web.problems import REFUSAL

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_end)


def _begin() -> None:
    _start()
    if (refusal := request.environ.get(REFUSAL)) is not None:
        raise refusal
    if b"%00" in request.query_string or "\0" in request.path:
        raise Problem(Kind.MALFORMED, reason="address_nul")
    # No field of HTTP may hold it (RFC 9110, 5.5), and not every server in front looks.
    if "\0" in "".join(request.headers.values()):
        raise Problem(Kind.MALFORMED, reason="header_nul")


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

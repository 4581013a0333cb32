"""One line of JSON about each request: an allow-list of facts, never bodies, tokens, queries."""

from __future__ import annotations

import logging
import time

import orjson
from flask import Response, g, request

log = logging.getLogger("audit_api.requests")


def log_request(response: Response) -> None:
    """Log what was asked (the route, not the address), by whom, and how it ended."""
    if not log.isEnabledFor(logging.INFO):
        return
    who = g.get("who")
    rule = request.url_rule
    line = orjson.dumps(
        {
            "method": request.method,
            "route": rule.rule if rule else None,
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.started) * 1000, 2),
            "request_id": g.request_id,
            "who": who.id if who else None,
        }
    ).decode()
    # `log.info` would look through the stack for the place that says this: it is always here.
    log.handle(log.makeRecord(log.name, logging.INFO, __file__, 0, line, (), None))

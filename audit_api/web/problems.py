"""What is told of whatever went wrong, before anybody says it in JSON or on a page."""

from __future__ import annotations

import logging

from flask import request
from werkzeug.exceptions import HTTPException

from audit_api.database import failures
from audit_api.errors import Fault, Kind, Problem, invalid
from audit_api.words import sentence

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


def detail(fault: Fault, locale: str) -> str:
    """Return what is wrong, or may be, at one place, in words."""
    return sentence(fault.sentence, fault.values, locale)


def of_framework(error: HTTPException) -> Problem:
    """Return what the framework refuses as a problem."""
    values: dict[str, object] = {
        "noun": "page",
        "reason": "http_unreadable",
        "limit": (request.max_content_length or 1) - 1,
        "accepted": methods(error) or "application/json",
    }
    return Problem(_BY_STATUS.get(error.code or 500) or _other(error), (), None, **values)


def methods(error: HTTPException) -> list[str]:
    """Return the methods that an address has, where it has not the one that was asked for."""
    return list(getattr(error, "valid_methods", None) or ())


def _other(error: HTTPException) -> Kind:
    # Whatever else the framework blames on the request: a Range that lies outside, for one.
    return Kind.MALFORMED if 400 <= (error.code or 500) < 500 else Kind.INTERNAL


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

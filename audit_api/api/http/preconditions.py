"""ETag and If-Match: an update says which state of the thing it was made for."""

from __future__ import annotations

from typing import Any

from flask import request

from audit_api.errors import Kind, Problem
from audit_api.web.versions import require_version

IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag that the thing had when it was read.",
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of what you hold: 304 where it is still the same.",
}
ETAG_HEADER = {
    "ETag": {"description": "The thing's state, for `If-Match`.", "schema": {"type": "string"}}
}
CREATED_HEADERS = ETAG_HEADER | {
    "Location": {"description": "Where the new thing is.", "schema": {"type": "string"}}
}
HELD_HEADERS = {
    "ETag": {"description": "What you hold now, for `If-None-Match`.", "schema": {"type": "string"}}
}


def etag(version: int) -> str:
    """Return the strong tag of a thing's `version`."""
    return f'"{version}"'


def required_version() -> int:
    """Return the version that If-Match names; raise PRECONDITION_REQUIRED without one."""
    text = request.headers.get("If-Match", "")
    if not text:
        raise Problem(Kind.PRECONDITION_REQUIRED)
    return version_of(text)


def optional_version(tag: str | None) -> int | None:
    """Return the version that an If-Match names, None without one; raise STALE."""
    return version_of(tag) if tag else None


def version_of(tag: str) -> int:
    """Return the version that an ETag names; raise STALE for one that was never given out."""
    inner = tag.removeprefix('"').removesuffix('"')
    if not inner.isascii() or not inner.isdigit() or len(inner) > 9:
        raise Problem(Kind.STALE)
    return int(inner)


def require_match(thing: Any) -> None:
    """Raise STALE unless If-Match names the `version` that `thing` has now."""
    require_version(thing, required_version())

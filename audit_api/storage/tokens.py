"""Signed statements inside the local store's URLs: what a ticket or a link allows, until when."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from audit_api.errors import Kind, Problem

# Keeps these signatures apart from whatever else the same secret signs.
_CONTEXT = b"photo store token 1\0"


def sign(statement: Mapping[str, object], secret: bytes) -> str:
    """Return `statement` and its HMAC-SHA256 as one URL-safe word."""
    text = _encode(json.dumps(statement, separators=(",", ":")).encode())
    return f"{text}.{_seal(text, secret)}"


def verify(token: str, secret: bytes, *, purpose: str, now: datetime) -> dict[str, Any]:
    """Return the statement that `token` carries.

    Raises `Problem(Kind.LINK_INVALID)` for a token that is forged, made for another `purpose`, or
    past its `until` (seconds since 1970).
    """
    text, _, seal = token.partition(".")
    if not token.isascii() or not hmac.compare_digest(_seal(text, secret), seal):
        raise Problem(Kind.LINK_INVALID)
    statement: dict[str, Any] = json.loads(_decode(text))
    if statement["purpose"] != purpose or now.timestamp() >= statement["until"]:
        raise Problem(Kind.LINK_INVALID)
    return statement


def _seal(text: str, secret: bytes) -> str:
    return _encode(hmac.digest(secret, _CONTEXT + text.encode(), "sha256"))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(word: str) -> bytes:
    return base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))

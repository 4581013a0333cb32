"""Who is asking: a bearer token on every call, unless the call is named as public."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Generic, TypeVar

from flask import Flask, current_app, g, request

from audit_api.database import db, reading
from audit_api.errors import Kind, Problem
from audit_api.services.access import Who
from audit_api.services.people import logins
from audit_api.services.people.sessions import Session

REMEMBER_SECONDS = 10
"""How long a process trusts what it knows of a token, and a revoked one still works at most."""

_MAX_REMEMBERED = 50_000

Known = TypeVar("Known")


class Memory(Generic[Known]):
    """Whose the tokens are that were seen in the last seconds, so that a busy phone costs no
    look-up a call."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Known]] = {}

    def get(self, token: str) -> Known | None:
        found = self._known.get(token)
        return found[1] if found and found[0] > time.monotonic() else None

    def put(self, token: str, known: Known) -> None:
        if len(self._known) >= _MAX_REMEMBERED:
            self._known.clear()
        self._known[token] = (time.monotonic() + REMEMBER_SECONDS, known)

    def forget(self) -> None:
        self._known.clear()


def init_app(app: Flask) -> None:
    app.extensions["audit_tokens"] = Memory[Who]()
    app.extensions["audit_sessions"] = Memory[Session]()


def forget() -> None:
    """Look at every token and every session anew: one has ended, or its owner may do other things.
    Other processes do so within `REMEMBER_SECONDS`."""
    for memory in ("audit_tokens", "audit_sessions"):
        current_app.extensions[memory].forget()


def authenticate() -> None:
    """Set who is asking, or raise UNAUTHENTICATED."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Problem(Kind.UNAUTHENTICATED)
    memory: Memory[Who] = current_app.extensions["audit_tokens"]
    known = memory.get(token)
    if known is None:
        with reading():
            known = logins.identify(token, now=datetime.now(UTC))
            db.session.rollback()
        if known is None:
            raise Problem(Kind.UNAUTHENTICATED)
        memory.put(token, known)
    g.who = known


def who() -> Who:
    """Return who is asking."""
    found: Who = g.who
    return found

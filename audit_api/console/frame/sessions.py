"""Who looks at a page: a session, whose token is a cookie."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import cast

from flask import Response, current_app, g, request

from audit_api.database import db, reading, writing
from audit_api.services.access import Who
from audit_api.services.people import sessions
from audit_api.services.people.sessions import SESSION_LIFE, Session
from audit_api.web import authentication
from audit_api.web.authentication import Memory

_SESSION, _VISIT = "console", "console-visit"
"""The cookies of somebody who is signed in, and of anybody else."""


def begin_visit() -> None:
    """Find out who asks, and note that their session is in use."""
    g.visit = request.cookies.get(_name(_VISIT)) or secrets.token_urlsafe(16)
    token = request.cookies.get(_name(_SESSION))
    found = _find(token) if token else None
    if found is not None:
        g.session, g.session_token, g.who = found, token, found.who


def session() -> Session | None:
    """Return the session of whoever asks; None where they are not signed in."""
    return cast("Session | None", g.get("session"))


def signed_in() -> Session:
    """Return the session of somebody who is signed in."""
    found = session()
    assert found is not None
    return found


def who() -> Who:
    """Return who is signed in."""
    return signed_in().who


def secret() -> str:
    """Return what only this browser has: forms are keyed by it."""
    return cast(str, g.get("session_token") or g.visit)


def keep(response: Response, token: str) -> None:
    """Give the browser a session."""
    _set(response, _SESSION, token, int(SESSION_LIFE.total_seconds()))


def begin_here(token: str) -> None:
    """Have a session that has just begun stand behind this request, and give it to the browser with
    the answer."""
    found = sessions.find(token, now=datetime.now(UTC))
    assert found is not None
    g.session, g.session_token, g.who = found, token, found.who
    g.session_begun = True


def forget(response: Response) -> None:
    """Take the session from the browser, and have this process look at every session anew."""
    _set(response, _SESSION, "", 0)
    authentication.forget()


def end_visit(response: Response) -> Response:
    """Give a browser that has no session what its forms are keyed by."""
    if g.get("session_begun"):
        keep(response, g.session_token)
    if session() is None and request.cookies.get(_name(_VISIT)) != g.visit:
        _set(response, _VISIT, g.visit, None)
    return response


def _memory() -> Memory[Session]:
    return cast(Memory[Session], current_app.extensions["audit_sessions"])


def _find(token: str) -> Session | None:
    known, now = _memory().get(token), datetime.now(UTC)
    if known is not None and now < known.due:
        return known
    with reading():
        found = sessions.find(token, now=now)
        db.session.rollback()
    if found is None:
        return None
    if now >= found.due:
        with writing():
            sessions.use(token, now=now)
            db.session.commit()
        return found
    _memory().put(token, found)
    return found


def _set(response: Response, cookie: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        _name(cookie),
        value,
        max_age=seconds,
        path="/",
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _name(cookie: str) -> str:
    """Where TLS is, a name that no other host and no plain connection can set (RFC 6265bis)."""
    return f"__Host-{cookie}" if _is_secure() else cookie


def _is_secure() -> bool:
    base_url: str = current_app.config["AUDIT_BASE_URL"]
    return request.is_secure or base_url.startswith("https://")
